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

/// <summary>A period (for a stream: a bin of time) with the value that holds and those that it replaced, newest first.</summary>
public sealed record HistoryPoint(Vintage Current, ImmutableArray<Vintage> Earlier)
{
    public DateTimeOffset Key => Current.Key;
}

/// <summary>Newest first. Long enough that each point shown has the same period of the year before with it.</summary>
public sealed record IndicatorHistory(ImmutableArray<HistoryPoint> Points)
{
    public static readonly IndicatorHistory Empty = new([]);

    public decimal? ValueOf(ReportingPeriod period) => ByPeriod.GetValueOrDefault(period)?.Current.Value;

    private Dictionary<ReportingPeriod, HistoryPoint> ByPeriod => field ??=
        Points.Where(p => p.Current.Period is not null).ToDictionary(p => p.Current.Period!.Value);
}

/// <summary>
/// The history of one series as the centre knew it at an instant: by index, a bounded number of rows, no stream replayed.
/// </summary>
public sealed class FindIndicatorHistory(NpgsqlDataSource database, FindObservations observations, ProvinceTime time, TimeProvider clock)
{
    /// <summary>More revisions than this of what is shown are not read.</summary>
    private const int MostRows = 2_000;

    /// <returns>Empty when the indicator is hidden from whoever asks: as if nothing had ever been reported.</returns>
    public Task<IndicatorHistory> Handle(Series series, Indicator indicator, DateTimeOffset? asOf, Sight sight, CancellationToken cancellation) =>
        !sight.Sees(indicator) || indicator.Code != series.Indicator ? Task.FromResult(IndicatorHistory.Empty)
        : indicator.Rhythm.IsStreamed() ? ReadStream(series, indicator.Rhythm, asOf, cancellation)
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

    /// <summary>Verifying or returning a revision is recorded too, but is no revision: of each, the last word holds.</summary>
    private static HistoryPoint PointOf(IEnumerable<Vintage> newestFirst)
    {
        var revisions = newestFirst.DistinctBy(v => v.Revision).ToImmutableArray();
        return new(revisions[0], revisions[1..]);
    }

    private Vintage VintageOf(ObservationRow row) => new(
        row.TimeKey, PeriodLetter.PeriodOf(row.Rhythm, time.DayOf(row.TimeKey)), row.Revision, row.Value, row.Status, row.Verification, row.RecordedAt, row.Seq);

    /// <summary>The last value of every five minutes (of every hour for an hourly stream): a chart shows no more.</summary>
    private async Task<IndicatorHistory> ReadStream(Series series, Rhythm rhythm, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        var until = asOf ?? clock.GetUtcNow().AddMinutes(10); // a source's clock may run ahead
        await using var command = database.CreateCommand(
            """
            select distinct on (bin) date_bin($4, o.time_key, 'epoch') as bin, o.time_key, o.revision, o.value, o.status, o.verification, o.recorded_at, o.seq
            from observation o
            where o.series_id = $1 and o.time_key > $2 and o.time_key <= $3 and o.recorded_at <= $3 and o.recorded_at > $2 - interval '8 days'
            order by bin desc, o.time_key desc, o.revision desc, o.seq desc
            limit 400
            """);
        command.Parameters.Add(Sql.Of(series.Id));
        command.Parameters.Add(Sql.Of(until - SpanOf(rhythm)));
        command.Parameters.Add(Sql.Of(until));
        command.Parameters.Add(new() { Value = rhythm == Rhythm.Realtime ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1) });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var points = ImmutableArray.CreateBuilder<HistoryPoint>();
        while (await reader.ReadAsync(cancellation))
        {
            points.Add(new(
                new Vintage(
                    reader.GetFieldValue<DateTimeOffset>(1), null, reader.GetInt32(2), reader.Number(3), (ObservationStatus)reader.GetInt16(4),
                    (VerificationState)reader.GetInt16(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt64(7)),
                []));
        }

        return new(points.ToImmutable());
    }
}
