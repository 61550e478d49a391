using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace IocDashboard.Web.Platform.Mail;

/// <summary>The way to the mail server, the same for every letter.</summary>
public static class MailConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static SmtpClient NewClient() => new() { Timeout = (int)Patience.TotalMilliseconds };

    /// <param name="settings">With a host.</param>
    public static async Task OpenAsync(SmtpClient client, MailSettings settings, CancellationToken cancellation)
    {
        await client.ConnectAsync(settings.Host ?? "", settings.Port, settings.Security, cancellation);
        if (settings.User is { Length: > 0 } user) await client.AuthenticateAsync(user, settings.Password ?? "", cancellation);
    }

    /// <summary>The server could not be reached, or did not let us in: nothing is said of any letter.</summary>
    public static bool IsAway(Exception failure) =>
        failure is IOException or SocketException or ProtocolException or AuthenticationException or TimeoutException or OperationCanceledException or SslHandshakeException
            // Of a command before any letter, e.g. a refused HELO.
            or SmtpCommandException or NotSupportedException;

    /// <summary>5xx for the address or the letter is for good. Any other, of the sender as of the server, is a fault of ours or theirs that passes.</summary>
    public static bool IsForGood(SmtpCommandException refused) =>
        (int)refused.StatusCode >= 500 && refused.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);

    public static string TextOf(SmtpCommandException refused) => $"{(int)refused.StatusCode} {refused.Message}";
}
