using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform.Mail;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>Writes what is told into table <c>notice</c>, a row for each way: the reader's inbox always, letters and webhooks as the telling asks.</summary>
public sealed class PutNotices(CatalogueCache catalogue, MailSettings mail, ProvinceTime time)
{
    /// <summary>Adds the rows to the batch, whose transaction also says why they are told.</summary>
    /// <param name="quietOf">Letters wait for the office to open, each by the calendar of whoever reads it.</param>
    internal async Task AddTo(NpgsqlBatch batch, IReadOnlyCollection<Telling> tellings, Func<Telling, QuietHours> quietOf, DateTimeOffset now, CancellationToken cancellation)
    {
        if (tellings.Count == 0) return;
        var addresses = await ReadAddressesAsync(batch.Connection!, [.. tellings.Select(t => t.Reader).Distinct(StringComparer.Ordinal)], time.DayOf(now), cancellation);
        var webhooks = await Webhooks.ReadOpenAsync(batch.Connection!, cancellation);
        foreach (var telling in tellings)
        {
            batch.BatchCommands.Add(Insert(telling, NoticeChannel.Inbox, address: null, now, now));
            foreach (var address in telling.Means.ByEmail && mail.IsConfigured ? addresses.GetValueOrDefault(telling.Reader, []) : [])
                batch.BatchCommands.Add(Insert(telling, NoticeChannel.Email, address, now, quietOf(telling).FirstAfter(now, catalogue.Current.CalendarOf(telling.Reader), time)));
            // A program sleeps at no hour.
            foreach (var webhook in telling.Means.ByWebhook ? webhooks.Where(w => w.Covers(telling.Reader)) : [])
                batch.BatchCommands.Add(Insert(telling, NoticeChannel.Webhook, webhook.Id.ToString(), now, now));
        }
    }

    /// <summary>The principal focal point of each agency that day, and who stands in (Decree 47/2020, article 7).</summary>
    private static async Task<Dictionary<string, List<string>>> ReadAddressesAsync(NpgsqlConnection connection, string[] agencies, DateOnly day, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            select distinct on (agency) agency, email from focal_point
            where agency = any($1) and valid_from <= $2 and (valid_until is null or valid_until > $2) order by agency, kind, valid_from desc
            """, connection) { Parameters = { Sql.Of([.. agencies.Select(a => (string?)a)]), new() { Value = day } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) found[reader.GetString(0)] = [reader.GetString(1)];
        return found;
    }

    private static NpgsqlBatchCommand Insert(Telling telling, NoticeChannel channel, string? address, DateTimeOffset now, DateTimeOffset sendAt) => new("""
        insert into notice (kind, agency, reader, audiences, channel, address, items, made_at, send_at, texts) values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10::jsonb)
        """)
    {
        Parameters =
        {
            Sql.Of((short)telling.Kind), Sql.Of(telling.Agency), Sql.Of(telling.Reader), Sql.Of([.. telling.To.Select(a => (short)a)]), Sql.Of((short)channel),
            Sql.Of(address), Sql.Of(JsonSerializer.Serialize(telling.Items, EventJson.Options)), Sql.Of(now), Sql.Of(sendAt),
            Sql.Of(telling.Means.Texts is { } texts ? JsonSerializer.Serialize(texts, EventJson.Options) : null),
        },
    };
}
