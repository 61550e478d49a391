using System.Net.Sockets;
using IocDashboard.Web.Platform.Mail;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>
/// Looks into the mailbox that undeliverable letters come back to, and marks their notices as given up, with what the refusing server
/// said: a server may take a letter first and find later that nobody is there. It goes on where it stopped, and keeps that place after
/// what it found, so that a report is rather read twice than lost. Reports on our letters are marked as seen; all else in the mailbox,
/// reports on other people's letters too, is left as it is.
/// </summary>
public sealed class ReadBounces(NpgsqlDataSource database, MailSettings settings, TimeProvider clock, ILogger<ReadBounces> logger)
{
    private const int Most = 200;

    /// <summary>A report may carry the letter; one that is longer is none of ours.</summary>
    private const int LargestBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>How many letters came back.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        if (!settings.Bounces.IsConfigured) return 0;
        using var client = new ImapClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Bounces.Host ?? "", settings.Bounces.Port, settings.Bounces.Security, cancellation);
            await client.AuthenticateAsync(settings.Bounces.User ?? "", settings.Bounces.Password ?? "", cancellation);
            var found = await ReadAsync(client.Inbox!, cancellation);
            await client.DisconnectAsync(quit: true, CancellationToken.None);
            await NoteAsync(error: null);
            return found;
        }
        catch (Exception away) when (away is IOException or SocketException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or TimeoutException or NotSupportedException)
        {
            logger.LogWarning(away, "The mailbox of bounces cannot be read; they stay in it");
            await NoteAsync(Delivery.Short(away.Message));
            return 0;
        }
    }

    private async Task<int> ReadAsync(IMailFolder inbox, CancellationToken cancellation)
    {
        await inbox.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var from = await FindPlaceAsync(inbox.UidValidity, cancellation);
        if (inbox.UidNext is { } end && end.Id <= from + 1) return 0;
        var reports = await inbox.SearchAsync(
            SearchQuery.Uids(new UniqueIdRange(inbox.UidValidity, (uint)from + 1, uint.MaxValue)).And(SearchQuery.HeaderContains("Content-Type", "delivery-status")), cancellation);
        // A range that lies past the last message still names that one.
        var ours = reports.Where(id => id.Id > from).OrderBy(id => id.Id).Take(Most).ToList();
        var found = 0;
        foreach (var summary in ours.Count == 0 ? [] : await inbox.FetchAsync(ours, MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellation))
        {
            if (summary.Size > LargestBytes || await ReadOneAsync(inbox, summary.UniqueId, cancellation) is not { } bounce || !await MarkAsync(bounce)) continue;
            found++;
            await inbox.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, cancellation);
        }

        if (ours.Count > 0) await KeepPlaceAsync(inbox.UidValidity, ours[^1].Id);
        return found;
    }

    /// <returns>Null also for one that nobody can read: it does not stand in the way of those behind it.</returns>
    private async Task<Bounce?> ReadOneAsync(IMailFolder inbox, UniqueId id, CancellationToken cancellation)
    {
        try
        {
            return Bounce.Read(await inbox.GetMessageAsync(id, cancellation));
        }
        catch (FormatException unreadable)
        {
            logger.LogWarning(unreadable, "Report {Uid} in the mailbox of bounces cannot be read; it is left in it", id.Id);
            return null;
        }
    }

    private async Task<bool> MarkAsync(Bounce bounce)
    {
        // The id of a letter of many notices is the same for all of them.
        await using var command = database.CreateCommand("update notice set sent_at = null, failed_at = $2, error = $3 where message_id = $1 and sent_at is not null");
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(bounce.MessageId), Sql.Of(clock.GetUtcNow()), Sql.Of(Delivery.Short(bounce.Reason))]);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }

    /// <returns>The last message that was looked at; 0: none of this mailbox, which a new validity says is another one.</returns>
    private async Task<long> FindPlaceAsync(uint validity, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select last_uid from bounce_check where uid_validity = $1");
        command.Parameters.Add(Sql.Of((long)validity));
        return await command.ExecuteScalarAsync(cancellation) is long last ? last : 0;
    }

    private async Task KeepPlaceAsync(uint validity, uint last)
    {
        await using var command = database.CreateCommand("""
            insert into bounce_check (at, uid_validity, last_uid) values ($1, $2, $3)
            on conflict (one) do update set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(clock.GetUtcNow()), Sql.Of((long)validity), Sql.Of((long)last)]);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>So that people see on the page of deliveries whether anybody looks.</summary>
    private async Task NoteAsync(string? error)
    {
        await using var command = database.CreateCommand("insert into bounce_check (at, error) values ($1, $2) on conflict (one) do update set at = excluded.at, error = excluded.error");
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(clock.GetUtcNow()), Sql.Of(error)]);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
