using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using Npgsql;

namespace IocDashboard.Web.Features.Timeliness;

public enum TimelinessGroup { Agency, Field, Form, Period }

/// <summary>Which of a group's obligations: what a number counted.</summary>
public enum TimelinessPart { Expected, Received, OnTime, Late, Missing }

public static class TimelinessParts
{
    /// <summary>The five numbers, in the order in which they are read.</summary>
    public static IReadOnlyList<(TimelinessPart Part, int Count)> Parts(this Domain.Reporting.Timeliness measure) =>
    [
        (TimelinessPart.Expected, measure.Expected), (TimelinessPart.Received, measure.Received), (TimelinessPart.OnTime, measure.OnTime),
        (TimelinessPart.Late, measure.Late), (TimelinessPart.Missing, measure.Missing),
    ];
}

/// <summary>The measures of one group.</summary>
/// <param name="Group">A code, a period, or <see cref="MeasureTimeliness.OnRequest"/>.</param>
/// <param name="ToReceipt">Timeliness: the median time from the period's end, of a data request from its asking, to receipt; null when nothing was received.</param>
public sealed record MeasuredGroup(string Group, Domain.Reporting.Timeliness Measure, TimeSpan? ToReceipt);

/// <summary>One obligation behind a number: a report, or an agency's part of a data request.</summary>
/// <param name="Id">Of the report, or the request's number.</param>
/// <param name="Report">Its form and period; null of a data request, which has neither.</param>
public sealed record MeasuredObligation(string Id, string Agency, MeasuredForm? Report, SettledObligation Obligation)
{
    /// <summary>Codes of the indicators that a data request asked for; a report's are those of its form in its period.</summary>
    public string[] Asked { get; init; } = [];

    /// <summary>Not the report as such: that it be sent again after a change at its source, measured from that change.</summary>
    public bool IsUpdate { get; init; }
}

public sealed record MeasuredForm(string Form, string Period);

/// <summary>
/// How punctually agencies reported: over the obligations whose deadline fell into a window and had passed at the instant asked for,
/// whether or not anything was ever received, under the assignments of their period. What an authority's excuse held for then was not
/// owed. An obligation counts once in each field that it asks an indicator of, as far as the reader sees them. Data requests and
/// changes at the source (articles 6.1, 9.1b) count like reports. Every instant that it
/// counts by is written once, so an answer as of an instant is given again for ever.
/// </summary>
public sealed class MeasureTimeliness(NpgsqlDataSource database, SettledRequests requests, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock)
{
    /// <summary>Where data requests stand among forms and among periods; and reports that were due again because their source had changed.</summary>
    public const string OnRequest = "on-request", OnChange = "on-change";

    /// <param name="asOf">Null: now.</param>
    public async Task<List<MeasuredGroup>> Handle(
        DateTimeOffset from, DateTimeOffset before, TimelinessGroup groupBy, Sight sight, CancellationToken cancellation, DateTimeOffset? asOf = null, string? agency = null)
    {
        var at = asOf ?? clock.GetUtcNow();
        var seen = catalogue.Current.SeenBy(sight);
        var groups = (await Read(from, before, at, agency, cancellation))
            .SelectMany(r => GroupsOf(r, groupBy, seen).Select(group => (Group: group, r.Obligation)))
            .GroupBy(s => s.Group, s => s.Obligation, StringComparer.Ordinal);
        return [.. groups.Select(g => new MeasuredGroup(g.Key, TimelinessMeasure.Of(g, at), TimelinessMeasure.MedianToReceipt(g, at))).OrderBy(g => g.Group, StringComparer.Ordinal)];
    }

    /// <summary>The obligations that a number counted, by due instant, the newest first.</summary>
    /// <param name="group">Null: of all groups together, each obligation once.</param>
    /// <returns>At most <paramref name="limit"/>, and how many there are.</returns>
    public async Task<(IReadOnlyList<MeasuredObligation> Obligations, int Count)> List(
        DateTimeOffset from, DateTimeOffset before, TimelinessGroup groupBy, string? group, TimelinessPart part, Sight sight, int limit,
        CancellationToken cancellation, DateTimeOffset? asOf = null, string? agency = null)
    {
        var at = asOf ?? clock.GetUtcNow();
        var seen = catalogue.Current.SeenBy(sight);
        var found = (await Read(from, before, at, agency, cancellation))
            .Where(r => (group is null || GroupsOf(r, groupBy, seen).Contains(group, StringComparer.Ordinal)) && IsPart(r.Obligation, part, at)).ToList();
        return ([.. found.OrderByDescending(r => r.Obligation.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal).Take(limit)], found.Count);
    }

    private static bool IsPart(SettledObligation obligation, TimelinessPart part, DateTimeOffset at)
    {
        var measure = TimelinessMeasure.Of([obligation], at);
        return part switch
        {
            TimelinessPart.Expected => measure.Expected > 0,
            TimelinessPart.Received => measure.Received > 0,
            TimelinessPart.OnTime => measure.OnTime > 0,
            TimelinessPart.Late => measure.Late > 0,
            _ => measure.Missing > 0,
        };
    }

    private static IEnumerable<string> GroupsOf(MeasuredObligation one, TimelinessGroup groupBy, CatalogueSnapshot seen) => groupBy switch
    {
        TimelinessGroup.Agency => [one.Agency],
        TimelinessGroup.Form => [one.IsUpdate ? OnChange : one.Report?.Form ?? OnRequest],
        TimelinessGroup.Period => [one.IsUpdate ? OnChange : one.Report?.Period ?? OnRequest],
        _ => FieldsOf(one, seen),
    };

    private static IEnumerable<string> FieldsOf(MeasuredObligation one, CatalogueSnapshot seen)
    {
        if (one.Report is not { } report)
            return one.Asked.Select(code => seen.Indicators.GetValueOrDefault(code)?.FieldCode).OfType<string>().Distinct(StringComparer.Ordinal);
        // By what the form asked in that period.
        var then = seen.OfPeriod(report.Period);
        return then.Forms.TryGetValue(report.Form, out var form) ? form.Indicators.Select(column => then.Indicators[column.Code].FieldCode).Distinct(StringComparer.Ordinal) : [];
    }

    /// <summary>All that fell due in the window and by the instant, of one agency or, where none is named, of all.</summary>
    internal async Task<List<MeasuredObligation>> Read(DateTimeOffset from, DateTimeOffset before, DateTimeOffset at, string? agency, CancellationToken cancellation)
    {
        var found = await ReadReports(from, before, at, agency, cancellation);
        found.AddRange(await ReadUpdates(from, before, at, agency, cancellation));
        foreach (var request in await requests.Handle(from, before, cancellation, at, agency))
            found.Add(new(request.Number, request.Agency, null, request.Obligation) { Asked = request.Indicators });
        return found;
    }

    private async Task<List<MeasuredObligation>> ReadReports(DateTimeOffset from, DateTimeOffset before, DateTimeOffset at, string? agency, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select id, form, agency, period, due_at, settled_at from report
            where due_at >= $1 and due_at < $2 and due_at <= $3 and opened_at <= $3 and ($4::text is null or agency = $4)
              and not exists (select from report_hold h where h.report = report.id and h.kind = 0 and h.at <= $3 and (h.ended_at is null or h.ended_at > $3))
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(from), Sql.Of(before), Sql.Of(at), Sql.Of(agency)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<MeasuredObligation>();
        while (await reader.ReadAsync(cancellation))
        {
            var period = reader.GetString(3);
            rows.Add(new(reader.GetString(0), reader.GetString(2), new(reader.GetString(1), period), new(
                reader.GetFieldValue<DateTimeOffset>(4), reader.Instant(5), time.StartOf(ReportingPeriod.Parse(period).Next.FirstDay))));
        }

        return rows;
    }

    private async Task<List<MeasuredObligation>> ReadUpdates(DateTimeOffset from, DateTimeOffset before, DateTimeOffset at, string? agency, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select report, agency, due_at, settled_at, changed_at from report_update
            where due_at >= $1 and due_at < $2 and due_at <= $3 and told_at <= $3 and ($4::text is null or agency = $4)
              and not exists (select from report_hold h where h.report = report_update.report and h.kind = 0 and h.at <= $3 and (h.ended_at is null or h.ended_at > $3))
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(from), Sql.Of(before), Sql.Of(at), Sql.Of(agency)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<MeasuredObligation>();
        while (await reader.ReadAsync(cancellation))
        {
            var (form, _, period) = ReportKey.Parse(reader.GetString(0));
            rows.Add(new(
                reader.GetString(0), reader.GetString(1), new(form, period.ToString()),
                new(reader.GetFieldValue<DateTimeOffset>(2), reader.Instant(3), reader.GetFieldValue<DateTimeOffset>(4))) { IsUpdate = true });
        }

        return rows;
    }
}
