using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using Npgsql;

namespace IocDashboard.Web.Features.Timeliness;

/// <summary>
/// The province's reporting discipline at one instant, for screens: two windows of thirty days, the month by days, and what the rest of the
/// day brings. Two statements by the index of deadlines, whoever looks; as of a past instant it answers by what was known then.
/// </summary>
public sealed class MeasureDiscipline(MeasureTimeliness measure, NpgsqlDataSource database, CatalogueCache catalogue, ProvinceTime time)
{
    /// <summary>Of each window; the latter ends with the day of the instant.</summary>
    public const int Days = 30;

    /// <summary>A deadline that a change of the calendar has since moved by more days is not looked for: days off are a holiday or a storm.</summary>
    internal const int LongestMove = 60;

    public async Task<ReportingDiscipline> Handle(DateTimeOffset at, CancellationToken cancellation)
    {
        at = at.ToUniversalTime();
        var today = time.DayOf(at);
        var (month, first) = (ReportingPeriod.Containing(Rhythm.Monthly, today), time.StartOf(today.AddDays(1 - Days)));
        var read = await measure.Read(time.StartOf(today.AddDays(1 - (2 * Days))), time.StartOf(today.AddDays(1)), at, agency: null, cancellation);
        var ahead = await ReadAhead(time.StartOf(today), time.StartOf(month.Next.FirstDay), at, cancellation);
        var byDay = read.ToLookup(r => time.DayOf(r.Obligation.DueAt), r => r.Obligation);
        var known = catalogue.Current.KnownAt(at, today);
        var due = DueByDay(known, ahead, at, month);
        var calendar = known.Calendar;
        return new(
            at, today, TimelinessMeasure.Of(read.Where(r => r.Obligation.DueAt >= first).Select(r => r.Obligation), at), AgenciesOf(read, first, at),
            [.. Enumerable.Range(0, month.LastDay.Day).Select(month.FirstDay.AddDays)
                .Select(d => new DisciplineDay(d, calendar.IsWorkingDay(d), TimelinessMeasure.Of(byDay[d], at), due.GetValueOrDefault(d)))],
            [.. ahead.Where(a => !a.IsExcused && a.Report.DueAt > at && time.DayOf(a.Report.DueAt) == today).Select(a => a.Report)
                .OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal)]);
    }

    private static ImmutableArray<AgencyDiscipline> AgenciesOf(List<MeasuredObligation> read, DateTimeOffset first, DateTimeOffset at) =>
    [
        .. read.GroupBy(r => r.Agency, r => r.Obligation, StringComparer.Ordinal)
            .Select(g => new AgencyDiscipline(g.Key, TimelinessMeasure.Of(g.Where(o => o.DueAt >= first), at), TimelinessMeasure.Of(g.Where(o => o.DueAt < first), at)))
            .Where(a => a.Now.Expected > 0).OrderBy(a => a.Agency, StringComparer.Ordinal),
    ];

    /// <summary>Reports are opened a few periods ahead only: those of later days are reckoned from the forms.</summary>
    private Dictionary<DateOnly, int> DueByDay(CatalogueSnapshot known, List<(DueReport Report, bool IsExcused)> ahead, DateTimeOffset at, ReportingPeriod month)
    {
        var open = ahead.Select(a => a.Report.Id).ToHashSet(StringComparer.Ordinal);
        var planned = known.AgencyList
            .SelectMany(agency => Obligations.PlannedReports.Of(known, agency.Code, open.Contains, at, time.StartOf(month.Next.FirstDay), time));
        return ahead.Where(a => !a.IsExcused).Select(a => a.Report.DueAt).Concat(planned.Select(p => p.DueAt)).CountBy(time.DayOf).ToDictionary();
    }

    private async Task<List<(DueReport Report, bool IsExcused)>> ReadAhead(DateTimeOffset from, DateTimeOffset before, DateTimeOffset at, CancellationToken cancellation)
    {
        // A deadline that a change of the calendar has moved since stands where it stood then.
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select r.id, r.form, r.agency, r.period, coalesce(past.due_at, r.due_at) due,
                   exists (select from report_hold h where h.report = r.id and h.kind = 0 and h.at <= $3 and (h.ended_at is null or h.ended_at > $3))
            from report r
            left join lateral (select due_at from report_due_past where report = r.id and until > $3 order by until limit 1) past on r.scheduled_at > $3
            where r.due_at >= $1 - interval '{LongestMove} days' and r.due_at < $2 + interval '{LongestMove} days'
              and coalesce(past.due_at, r.due_at) >= $1 and coalesce(past.due_at, r.due_at) < $2 and r.opened_at <= $3
            """));
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(from), Sql.Of(before), Sql.Of(at)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<(DueReport, bool)>();
        while (await reader.ReadAsync(cancellation))
            rows.Add((new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4)), reader.GetBoolean(5)));
        return rows;
    }
}
