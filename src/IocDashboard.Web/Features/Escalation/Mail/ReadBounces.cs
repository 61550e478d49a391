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
/// said: a server may take a letter first and find later that nobody is there. Reports are marked as seen once they are written down, in
/// that order, so that one is rather read twice than lost; other people's letters in the mailbox are left alone.
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
        catch (Exception away) when (away is IOException or SocketException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or TimeoutException)
        {
            logger.LogWarning(away, "The mailbox of bounces cannot be read; they stay in it");
            await NoteAsync(Delivery.Short(away.Message));
            return 0;
        }
    }

    private async Task<int> ReadAsync(IMailFolder inbox, CancellationToken cancellation)
    {
        await inbox.OpenAsync(FolderAccess.ReadWrite, cancellation);
        var reports = await inbox.SearchAsync(SearchQuery.NotSeen.And(SearchQuery.HeaderContains("Content-Type", "delivery-status")), cancellation);
        var found = 0;
        foreach (var summary in await inbox.FetchAsync([.. reports.Take(Most)], MessageSummaryItems.UniqueId | MessageSummaryItems.Size, cancellation))
        {
            if (summary.Size <= LargestBytes && Bounce.Read(await inbox.GetMessageAsync(summary.UniqueId, cancellation)) is { } bounce && await MarkAsync(bounce)) found++;
            await inbox.AddFlagsAsync(summary.UniqueId, MessageFlags.Seen, silent: true, cancellation);
        }

        return found;
    }

    /// <summary>So that people see on the page of deliveries whether anybody looks.</summary>
    private async Task NoteAsync(string? error)
    {
        await using var command = database.CreateCommand("insert into bounce_check (at, error) values ($1, $2) on conflict (one) do update set at = excluded.at, error = excluded.error");
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(clock.GetUtcNow()), Sql.Of(error)]);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task<bool> MarkAsync(Bounce bounce)
    {
        // The id of a letter of many notices is the same for all of them.
        await using var command = database.CreateCommand("update notice set sent_at = null, failed_at = $2, error = $3 where message_id = $1 and sent_at is not null");
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(bounce.MessageId), Sql.Of(clock.GetUtcNow()), Sql.Of(Delivery.Short(bounce.Reason))]);
        return await command.ExecuteNonQueryAsync(CancellationToken.None) > 0;
    }
}
