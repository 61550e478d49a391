using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace IocDashboard.Web.Platform.Mail;

/// <summary>Why the mail server took no letter into its hands.</summary>
public enum MailFailure { UnknownName, Unreachable, NotTrusted, NotAdmitted, Silent, Broken }

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

    /// <summary>Of a failure that <see cref="IsAway"/>.</summary>
    public static MailFailure FailureOf(Exception away) => away switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => MailFailure.UnknownName,
        SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException or OperationCanceledException => MailFailure.Silent,
        SocketException => MailFailure.Unreachable,
        SslHandshakeException or NotSupportedException => MailFailure.NotTrusted,
        AuthenticationException => MailFailure.NotAdmitted,
        IOException { InnerException: SocketException inner } => FailureOf(inner),
        _ => MailFailure.Broken,
    };

    /// <summary>What the server itself said before it broke off; null where the words are the library's.</summary>
    public static string? AnswerOf(Exception away) => away is SmtpCommandException refused ? TextOf(refused) : null;

    public static string TextOf(SmtpCommandException refused) => $"{(int)refused.StatusCode} {refused.Message}";
}
