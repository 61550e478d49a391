using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Mail;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>
/// Sends the letters of table <c>notice</c> over SMTP, one after another. A letter is claimed before it is sent, so that no two nodes
/// send it, and marked once the server has taken it. What fails waits longer each time and is never lost; what the server refuses for
/// good is marked so and not tried again. A node that dies between the server's answer and the mark leaves a letter that is sent again
/// after its claim, under the same Message-ID.
/// </summary>
public sealed class SendLetters(NpgsqlDataSource database, CatalogueCache catalogue, MailSettings settings, ProvinceTime time, TimeProvider clock, ILogger<SendLetters> logger)
{
    private const int LettersInConnection = 200;
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(5), Patience = TimeSpan.FromSeconds(30);

    /// <summary>Between attempts; the last repeats for ever.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <returns>How many letters the server took.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        if (settings.Host is not { Length: > 0 } host) return 0;
        if (await ClaimAsync(cancellation) is not { } letter) return 0;
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        var sent = 0;
        try
        {
            await client.ConnectAsync(host, settings.Port, settings.Security, cancellation);
            if (settings.User is { Length: > 0 } user) await client.AuthenticateAsync(user, settings.Password ?? "", cancellation);
        }
        catch (Exception away) when (away is IOException or SocketException or ProtocolException or MailKit.Security.AuthenticationException or TimeoutException or OperationCanceledException or MailKit.Security.SslHandshakeException)
        {
            await FailAsync(letter, away.Message, isPermanent: false, CancellationToken.None);
            logger.LogWarning(away, "The mail server cannot be reached; letters wait");
            return 0;
        }

        for (var i = 0; ; i++)
        {
            if (await SendAsync(client, letter, cancellation)) sent++;
            if (i == LettersInConnection || !client.IsConnected || await ClaimAsync(cancellation) is not { } next) break;
            letter = next;
        }

        if (client.IsConnected) await client.DisconnectAsync(quit: true, CancellationToken.None);
        return sent;
    }

    private async Task<bool> SendAsync(SmtpClient client, Letter letter, CancellationToken cancellation)
    {
        try
        {
            await client.SendAsync(MessageOf(letter), cancellation);
        }
        catch (SmtpCommandException refused)
        {
            // 5xx for the address or the letter is for good. Any other, of the sender as of the server, is a fault of ours or theirs that passes.
            var isPermanent = (int)refused.StatusCode >= 500 && refused.ErrorCode is (SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted);
            await FailAsync(letter, $"{(int)refused.StatusCode} {refused.Message}", isPermanent, CancellationToken.None);
            return false;
        }
        catch (ParseException unreadable)
        {
            await FailAsync(letter, unreadable.Message, isPermanent: true, CancellationToken.None);
            return false;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ProtocolException or TimeoutException or OperationCanceledException)
        {
            await FailAsync(letter, broken.Message, isPermanent: false, CancellationToken.None);
            if (client.IsConnected) await client.DisconnectAsync(quit: false, CancellationToken.None);
            return false;
        }

        await using var command = database.CreateCommand("update notice set sent_at = $2, claimed_until = null, error = null where id = $1");
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(letter.Id), Sql.Of(clock.GetUtcNow())]);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
        return true;
    }

    private MimeMessage MessageOf(Letter letter)
    {
        var (subject, body) = letter.Own ?? Letters.Of(letter.Kind, letter.Agency, letter.Items, catalogue.Current, time);
        var message = new MimeMessage { Subject = subject, Date = clock.GetUtcNow(), MessageId = string.Create(CultureInfo.InvariantCulture, $"notice-{letter.Id}-{letter.MadeAt.ToUnixTimeMilliseconds()}@ioc") };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(MailboxAddress.Parse(letter.Address));
        // Nobody's absence notice answers a program; a letter of urging is a person's.
        if (letter.Own is null) message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = body };
        return message;
    }

    /// <summary>Committed before anything is sent.</summary>
    private async Task<Letter?> ClaimAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand("""
            update notice set claimed_until = $2, attempts = attempts + 1
            where id = (select id from notice where channel = 1 and sent_at is null and failed_at is null and send_at <= $1 and (claimed_until is null or claimed_until <= $1)
                        order by send_at, id limit 1 for update skip locked)
            returning id, kind, agency, address, items::text, attempts, made_at,
                (select subject from urging where id = notice.urging), (select text from urging where id = notice.urging)
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(now), Sql.Of(now + Claim)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(
                reader.GetInt64(0), (NoticeKind)reader.GetInt16(1), reader.GetString(2), reader.GetString(3),
                [.. JsonSerializer.Deserialize<NoticeItem[]>(reader.GetString(4), EventJson.Options)!], reader.GetInt32(5), reader.GetFieldValue<DateTimeOffset>(6))
            {
                Own = reader.Text(7) is { } subject ? (subject, reader.GetString(8)) : null,
            }
            : null;
    }

    private async Task FailAsync(Letter letter, string error, bool isPermanent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(
            "update notice set claimed_until = null, error = $2, failed_at = case when $3 then $4::timestamptz end, send_at = case when $3 then send_at else $5 end where id = $1");
        command.Parameters.AddRange((NpgsqlParameter[])
            [Sql.Of(letter.Id), Sql.Of(error[..Math.Min(error.Length, 400)]), Sql.Of(isPermanent), Sql.Of(now), Sql.Of(now + Pauses[Math.Min(letter.Attempts, Pauses.Length) - 1])]);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record Letter(long Id, NoticeKind Kind, string Agency, string Address, ImmutableArray<NoticeItem> Items, int Attempts, DateTimeOffset MadeAt)
    {
        /// <summary>The words of a letter of urging; a notice of the ladder has none of its own.</summary>
        public (string Subject, string Body)? Own { get; init; }
    }
}
