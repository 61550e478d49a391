using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
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
/// Sends the letters of table <c>notice</c> over SMTP, one after another; all that waits for one address goes out as one letter. A letter
/// is claimed before it is sent, so that no two nodes send it, and its notices are marked once the server has taken it. What fails waits
/// longer each time and is never lost; what the server refuses for good is marked so and not tried again. A node that dies between the
/// server's answer and the mark leaves a letter that is sent again after its claim, under the same Message-ID.
/// </summary>
public sealed class SendLetters(NpgsqlDataSource database, CatalogueCache catalogue, MailSettings settings, ProvinceTime time, TimeProvider clock, ILogger<SendLetters> logger)
{
    private const int LettersInConnection = 200, NoticesInLetter = 100;

    /// <returns>How many letters the server took.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        if (!settings.IsConfigured) return 0;
        if (await ClaimAsync(cancellation) is not { } letter) return 0;
        using var client = MailConnection.NewClient();
        var sent = 0;
        try
        {
            await MailConnection.OpenAsync(client, settings, cancellation);
        }
        catch (Exception away) when (MailConnection.IsAway(away))
        {
            await database.MarkLaterAsync(letter.Ids, away.Message, clock.GetUtcNow());
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
            var (error, now) = (MailConnection.TextOf(refused), clock.GetUtcNow());
            if (!MailConnection.IsForGood(refused)) await database.MarkLaterAsync(letter.Ids, error, now);
            else if (letter.Ids.Length > 1 && refused.ErrorCode == SmtpErrorCode.MessageNotAccepted) await database.MarkAloneAsync(letter.Ids, error, now);
            else await database.MarkFailedAsync(letter.Ids, error, now);
            return false;
        }
        catch (ParseException unreadable)
        {
            await database.MarkFailedAsync(letter.Ids, unreadable.Message, clock.GetUtcNow());
            return false;
        }
        catch (Exception broken) when (broken is IOException or SocketException or ProtocolException or TimeoutException or OperationCanceledException)
        {
            await database.MarkLaterAsync(letter.Ids, broken.Message, clock.GetUtcNow());
            if (client.IsConnected) await client.DisconnectAsync(quit: false, CancellationToken.None);
            return false;
        }

        await database.MarkSentAsync(letter.Ids, clock.GetUtcNow(), IdOf(letter));
        return true;
    }

    private MimeMessage MessageOf(Letter letter)
    {
        var (subject, body) = Letters.Of(letter.Parts, catalogue.Current, time);
        var message = new MimeMessage { Subject = subject, Date = clock.GetUtcNow(), MessageId = IdOf(letter) };
        message.From.Add(MailboxAddress.Parse(settings.From));
        message.To.Add(MailboxAddress.Parse(letter.Address));
        // Nobody's absence notice answers a program; a letter of urging is a person's.
        if (letter.Parts[0].Own is null) message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Body = new TextPart("plain") { Text = body };
        return message;
    }

    /// <summary>The same for the same notices and no others: a mail system that drops a repeat by it drops nothing new.</summary>
    private static string IdOf(Letter letter)
    {
        if (letter.Ids is [var only]) return string.Create(CultureInfo.InvariantCulture, $"notice-{only}-{letter.MadeAt.ToUnixTimeMilliseconds()}@ioc");
        var all = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(',', letter.Ids.Select(i => i.ToString(CultureInfo.InvariantCulture)))));
        return string.Create(CultureInfo.InvariantCulture, $"notices-{letter.Ids[0]}-{letter.MadeAt.ToUnixTimeMilliseconds()}-{Convert.ToHexStringLower(all.AsSpan(0, 8))}@ioc");
    }

    /// <summary>
    /// Committed before anything is sent. With a letter that is due goes what else is due for its address, and what a failure holds back;
    /// what waits for the office to open goes on waiting. A letter of urging is a paper of its own and goes alone.
    /// </summary>
    private async Task<Letter?> ClaimAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            with first as (
                select id, address, alone or urging is not null as alone, claimed_until from notice
                where channel = 1 and sent_at is null and failed_at is null and send_at <= $1 and (claimed_until is null or claimed_until <= $1)
                order by send_at, id limit 1 for update skip locked),
            taken as (
                select n.id from notice n join first f on n.id = f.id or (n.address = f.address and not n.alone and n.urging is null and not f.alone)
                where n.channel = 1 and n.sent_at is null and n.failed_at is null and (n.send_at <= $1 or n.attempts > 0) and n.claimed_until is not distinct from f.claimed_until
                order by n.id <> f.id, n.id limit {NoticesInLetter} for update of n skip locked)
            update notice set claimed_until = $2, attempts = attempts + 1 where id in (select id from taken)
            returning id, kind, agency, address, items::text, made_at, texts::text,
                (select subject from urging where id = notice.urging), (select text from urging where id = notice.urging)
            """));
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(now), Sql.Of(now + Delivery.Claim)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (address, rows) = ("", new List<(long Id, DateTimeOffset MadeAt, LetterPart Part)>());
        while (await reader.ReadAsync(cancellation))
        {
            address = reader.GetString(3);
            rows.Add((reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(5), new(
                (NoticeKind)reader.GetInt16(1), reader.GetString(2), [.. JsonSerializer.Deserialize<NoticeItem[]>(reader.GetString(4), EventJson.Options)!],
                reader.Text(6) is { } texts ? JsonSerializer.Deserialize<StepTexts>(texts, EventJson.Options) : null)
            {
                Own = reader.Text(7) is { } subject ? (subject, reader.GetString(8)) : null,
            }));
        }

        rows.Sort((one, other) => one.Id.CompareTo(other.Id));
        return rows.Count == 0 ? null : new([.. rows.Select(r => r.Id)], address, rows[0].MadeAt, [.. rows.Select(r => r.Part)]);
    }

    /// <param name="Ids">Of its notices, in order.</param>
    private sealed record Letter(long[] Ids, string Address, DateTimeOffset MadeAt, ImmutableArray<LetterPart> Parts);
}
