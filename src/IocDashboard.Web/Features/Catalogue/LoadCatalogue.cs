using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>Reads the whole catalogue in one round trip and makes it this node's current one: at start, and when a change row says so.</summary>
public sealed class CatalogueLoader(NpgsqlDataSource database, CatalogueCache cache) : IDisposable
{
    // One after another: a reading that began before a commit must not replace one that began after it.
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<CatalogueSnapshot> LoadAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            var snapshot = await ReadAsync(connection, cancellation);
            cache.Replace(snapshot);
            return snapshot;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>One statement, so one snapshot of the database: an import never shows by halves.</summary>
    public static async Task<CatalogueSnapshot> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        List<Indicator> indicators = [];
        List<Agency> agencies = [];
        List<Form> forms = [];
        List<Feed> feeds = [];
        await using var command = new NpgsqlCommand("""
            select (select coalesce(array_agg(stream order by sort), '{}') from catalogue_item),
                   (select coalesce(array_agg(body::text order by sort), '{}') from catalogue_item),
                   (select coalesce(jsonb_agg(jsonb_build_object('Code', code, 'Name', jsonb_build_object('Vi', name_vi, 'En', name_en),
                       'ShortName', jsonb_build_object('Vi', short_vi, 'En', short_en), 'Kind', kind, 'Parent', parent,
                       'MapColumn', map_col, 'MapRow', map_row) order by sort), '[]')::text from area),
                   (select coalesce(jsonb_agg(jsonb_build_object('Day', day, 'NameVi', name_vi, 'NameEn', name_en, 'Confirmed', confirmed,
                       'Kind', kind, 'Basis', basis, 'RecordedAt', recorded_at, 'Agency', agency) order by recorded_at, day), '[]')::text from calendar_day),
                   (select coalesce(jsonb_agg(jsonb_build_object('Id', id, 'Indicator', indicator, 'Area', area) order by id), '[]')::text from series),
                   (select coalesce(jsonb_agg(jsonb_build_object('Id', id, 'Indicator', indicator, 'Reader', reader, 'ValidFrom', valid_from,
                       'ValidTo', valid_to, 'Document', document, 'RecordedBy', recorded_by, 'RecordedAt', recorded_at, 'EndedBy', ended_by,
                       'EndedAt', ended_at) order by recorded_at desc, id desc), '[]')::text from sharing_agreement),
                   (select coalesce(jsonb_agg(jsonb_build_object('Rule', body, 'State', state, 'Since', since, 'By', decided_by, 'Reason', reason,
                       'ProposedBy', proposed_by, 'ProposedAt', proposed_at)), '[]')::text from judgement_rule),
                   (select coalesce(jsonb_object_agg(form, jsonb_build_object('OpensDays', opens_days, 'LockDays', lock_days, 'Verifiers', verifiers, 'UpdateDays', update_days)), '{}')::text
                       from form_setting),
                   (select coalesce(jsonb_agg(jsonb_build_object('Feed', feed, 'By', trusted_by, 'Since', trusted_since, 'Reason', reason) order by feed), '[]')::text
                       from feed_trust),
                   (select coalesce(jsonb_agg(jsonb_build_object('Indicator', body, 'Areas', areas, 'From', from_day, 'Kind', kind, 'IsBreak', is_break,
                       'Decision', decision, 'Proposal', proposal, 'AppliedAt', applied_at)), '[]')::text from indicator_version)
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var streams = await reader.GetFieldValueAsync<string[]>(0, cancellation);
        var bodies = await reader.GetFieldValueAsync<string[]>(1, cancellation);
        foreach (var (stream, body) in streams.Zip(bodies))
        {
            if (stream.StartsWith(CatalogueStreams.IndicatorPrefix, StringComparison.Ordinal)) indicators.Add(Read<Indicator>(body));
            else if (stream.StartsWith(CatalogueStreams.AgencyPrefix, StringComparison.Ordinal)) agencies.Add(Read<Agency>(body));
            else if (stream.StartsWith(CatalogueStreams.FormPrefix, StringComparison.Ordinal)) forms.Add(Read<Form>(body));
            else if (stream.StartsWith(CatalogueStreams.FeedPrefix, StringComparison.Ordinal)) feeds.Add(Read<Feed>(body));
        }

        return new CatalogueSnapshot(
            indicators, agencies, Read<Area[]>(reader.GetString(2)), forms, feeds,
            Read<Series[]>(reader.GetString(4)), new CalendarBook(Read<CalendarEntry[]>(reader.GetString(3))),
            Read<SharingAgreement[]>(reader.GetString(5)), Read<BookedRule[]>(reader.GetString(6)), Read<Dictionary<string, FormTerms>>(reader.GetString(7)),
            Read<FeedTrust[]>(reader.GetString(8)), new IndicatorBook(Read<IndicatorVersion[]>(reader.GetString(9))));
    }

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, EventJson.Options)!;
}
