using MailKit.Security;
using MimeKit;

namespace IocDashboard.Web.Platform.Mail;

/// <summary>Settings <c>Ioc:Mail</c>. Without a host no letters are written; notices stand in the inboxes alone.</summary>
public sealed class MailSettings
{
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Whom letters come from, e.g. <c>Trung tâm IOC &lt;ioc@example.vn&gt;</c>.</summary>
    public string From { get; set; } = "ioc@localhost";

    public string? User { get; set; }

    /// <summary>By a secret file or an environment variable, never in a file of settings.</summary>
    public string? Password { get; set; }

    /// <summary>The default takes what the server offers.</summary>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.Auto;

    /// <summary>Where letters come back to that could not be delivered.</summary>
    public BounceSettings Bounces { get; set; } = new();

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);

    /// <summary>What cannot be used; null when all can.</summary>
    public string? Problem() => this switch
    {
        { Port: < 1 or > 65_535 } => $"Ioc__Mail__Port is {Port}; a port is a number from 1 to 65535.",
        { Bounces.Port: < 1 or > 65_535 } => $"Ioc__Mail__Bounces__Port is {Bounces.Port}; a port is a number from 1 to 65535.",
        _ when !MailboxAddress.TryParse(From, out _) => $"Ioc__Mail__From is \"{From}\", which is no address.",
        _ => null,
    };
}

/// <summary>
/// Settings <c>Ioc:Mail:Bounces</c>: the mailbox of <see cref="MailSettings.From"/> over IMAP. Without a host nobody looks there, and only what a
/// server refuses at once is known to have failed.
/// </summary>
public sealed class BounceSettings
{
    public string? Host { get; set; }

    public int Port { get; set; } = 993;

    public string? User { get; set; }

    /// <summary>By a secret file or an environment variable, never in a file of settings.</summary>
    public string? Password { get; set; }

    /// <inheritdoc cref="MailSettings.Security"/>
    public SecureSocketOptions Security { get; set; } = SecureSocketOptions.Auto;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(Host);
}
