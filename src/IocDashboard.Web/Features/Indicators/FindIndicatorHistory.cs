using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using Npgsql;

namespace IocDashboard.Web.Features.Indicators;

/// <summary>One revision of one period, or one measurement.</summary>
/// <param name="Key">First instant of the period, or the instant of the measurement.</param>
/// <param name="Period">Null for a measurement.</param>
public sealed record Vintage(
    DateTimeOffset Key, ReportingPeriod? Period, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, DateTimeOffset RecordedAt, long Seq);

/// <summary>A period, or the instant of a measurement, with the value that holds and those that it replaced, newest first.</summary>
public sealed record HistoryPoint(Vintage Current, ImmutableArray<Vintage> Earlier)
{
    public DateTimeOffset Key => Current.Key;
}

/// <summary>Newest first. Long enough that each point shown has the one that it is compared with: the same period of the year before, or the measurement before.</summary>
public sealed record IndicatorHistory(ImmutableArray<HistoryPoint> Points)
{
    public static readonly IndicatorHistory Empty = new([]);

    /// <summary>The line of a stream's chart.</summary>
    public StreamLine? Line { get; init; }

    /// <summary>There are older measurements; the last of <see cref="Points"/> is the first of them.</summary>
    public bool More { get; init; }

    public ImmutableArray<HistoryPoint> Page => More ? Points[..^1] : Points;

    public decimal? ValueOf(ReportingPeriod period) => ByPeriod.GetValueOrDefault(period)?.Current.Value;

    private Dictionary<ReportingPeriod, HistoryPoint> ByPeriod => field ??=
        Points.Where(p => p.Current.Period is not null).ToDictionary(p => p.Current.Period!.Value);
}

/// <summary>
/// A stream over the span of its chart, thinned: of each <paramref name="Bin"/> the lowest, the highest and the last measurement, so that
/// no crossing of a limit is lost.
/// </summary>
/// <param name="Points">Oldest first.</param>
/// <param name="Measured">Measurements in the span.</param>
public sealed record StreamLine(ImmutableArray<SeriesPoint> Points, long Measured, TimeSpan Bin)
{
    public bool IsThinned => Points.Length < Measured;
}

/// <summary>
/// The history of one series as the centre knew it at an instant: by index, a bounded number of rows, no stream replayed.
/// </summary>
public sealed class FindIndicatorHistory(NpgsqlDataSource database, FindObservations observations, ProvinceTime time, TimeProvider clock)
{
    /// <summary>More revisions than this of what is shown are not read.</summary>
    private const int MostRows = 2_000;

    /// <summary>Measurements read at once: a busy source sends more in a day than anyone looks through on one page.</summary>
    public const int MostMeasurements = 500;

    /// <param name="before">Of a stream, only measurements before it: an older page.</param>
    /// <returns>Empty when the indicator is hidden from whoever asks: as if nothing had ever been reported.</returns>
    public Task<IndicatorHistory> Handle(
        Series series, Indicator indicator, DateTimeOffset? asOf, Sight sight, CancellationToken cancellation, DateTimeOffset? before = null) =>
        !sight.Sees(indicator) || indicator.Code != series.Indicator ? Task.FromResult(IndicatorHistory.Empty)
        : indicator.Rhythm.IsStreamed() ? ReadStream(series, indicator.Rhythm, asOf, before, cancellation)
        : ReadReports(series, indicator.Rhythm, asOf, cancellation);

    /// <summary>How far back a chart goes; with the year before it, so that every point has its own.</summary>
    public static TimeSpan SpanOf(Rhythm rhythm) => TimeSpan.FromDays(rhythm switch
    {
        Rhythm.Realtime => 1,
        Rhythm.Hourly => 7,
        Rhythm.Daily => 90 + 370,
        Rhythm.Weekly => 370 + 370,
        Rhythm.Monthly => (2 * 366) + 370,
        Rhythm.Quarterly => (4 * 366) + 370,
        _ => 10 * 366,
    });

    private async Task<IndicatorHistory> ReadReports(Series series, Rhythm rhythm, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var question = new ObservationQuestion(
            [series], (asOf ?? clock.GetUtcNow()) - SpanOf(rhythm), null, asOf, History: true, null, MostRows, null);
        var (rows, _) = await observations.Handle(question, cancellation);
        return new([.. rows.Select(VintageOf).GroupBy(v => v.Key).Select(PointOf)]);
    }

    private static HistoryPoint PointOf(IEnumerable<Vintage> newestFirst)
    {
        var revisions = newestFirst.ToImmutableArray();
        return new(revisions[0], revisions[1..]);
    }

    private Vintage VintageOf(ObservationRow row) => new(
        row.TimeKey, row.Rhythm == Observed.Measured ? null : PeriodLetter.PeriodOf(row.Rhythm, time.DayOf(row.TimeKey)), row.Revision, row.Value, row.Status, row.Verification, row.ReceivedAt, row.Seq);

    private async Task<IndicatorHistory> ReadStream(
        Series series, Rhythm rhythm, DateTimeOffset? asOf, DateTimeOffset? before, CancellationToken cancellation)
    {
        var question = new ObservationQuestion([series], null, before, asOf, History: true, null, MostMeasurements + 1, null);
        var (rows, more) = await observations.Handle(question, cancellation);
        return new([.. rows.Select(VintageOf).GroupBy(v => v.Key).Select(PointOf)])
        {
            More = more || rows.Count > MostMeasurements,
            Line = await ReadLine(series, rhythm, asOf ?? clock.GetUtcNow().AddMinutes(10), cancellation), // a source's clock may run ahead
        };
    }

    private async Task<StreamLine> ReadLine(Series series, Rhythm rhythm, DateTimeOffset until, CancellationToken cancellation)
    {
        var bin = rhythm == Rhythm.Realtime ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1);
        await using var command = database.CreateCommand(
            """
            select time_key, value, measured from (
                select time_key, value, count(*) over () as measured,
                       row_number() over (partition by date_bin($4, time_key, 'epoch') order by value, time_key) as low,
                       row_number() over (partition by date_bin($4, time_key, 'epoch') order by value desc, time_key) as high,
                       row_number() over (partition by date_bin($4, time_key, 'epoch') order by time_key desc) as last
                from (
                    select distinct on (o.time_key) o.time_key, o.value from observation o
                    where o.series_id = $1 and o.time_key > $2 and o.time_key <= $3 and o.recorded_at <= $3 and o.recorded_at > $2 - interval '8 days'
                    order by o.time_key desc, o.revision desc, o.seq desc) measurement) ranked
            where low = 1 or high = 1 or last = 1
            order by time_key
            """);
        command.Parameters.Add(Sql.Of(series.Id));
        command.Parameters.Add(Sql.Of(until - SpanOf(rhythm)));
        command.Parameters.Add(Sql.Of(until));
        command.Parameters.Add(new() { Value = bin });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var points = ImmutableArray.CreateBuilder<SeriesPoint>();
        var measured = 0L;
        while (await reader.ReadAsync(cancellation))
        {
            points.Add(new(reader.GetFieldValue<DateTimeOffset>(0), reader.Number(1)));
            measured = reader.GetInt64(2);
        }

        return new(points.ToImmutable(), measured, bin);
    }
}
