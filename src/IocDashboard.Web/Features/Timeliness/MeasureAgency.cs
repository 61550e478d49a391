using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Timeliness;

/// <summary>What fell due in one month, of one agency and of all.</summary>
public sealed record MeasuredMonth(ReportingPeriod Month, Domain.Reporting.Timeliness Own, Domain.Reporting.Timeliness All);

/// <summary>One agency's months, oldest first, and how it stands in them as a whole.</summary>
/// <param name="ToReceipt">Its median time from the period's end to receipt; null when nothing was received.</param>
/// <param name="Rank">Its place by punctuality among the <paramref name="Agencies"/> that owed anything, the first being 1, equals sharing theirs; null when it owed nothing.</param>
public sealed record AgencyMonths(
    IReadOnlyList<MeasuredMonth> Months, Domain.Reporting.Timeliness Own, Domain.Reporting.Timeliness All, TimeSpan? ToReceipt, int? Rank, int Agencies);

/// <summary>
/// How punctually one agency reported, by the month of the deadline, over the last twelve months; of the present one what has fallen due
/// already. Its own obligations are read when it asks. The province's are many and the same for everybody: they are measured once for
/// all who look on this node, and are minutes old at most.
/// </summary>
public sealed class MeasureAgency
{
    public const int Months = 12;

    public static readonly TimeSpan ProvinceAge = TimeSpan.FromMinutes(5);

    private readonly MeasureTimeliness _measure;
    private readonly ProvinceTime _time;
    private readonly TimeProvider _clock;
    private readonly SharedReading<Province> _province;

    public MeasureAgency(MeasureTimeliness measure, ProvinceTime time, TimeProvider clock)
    {
        (_measure, _time, _clock) = (measure, time, clock);
        _province = new(ReadProvince, clock);
    }

    /// <returns>Oldest first, with those in which nothing fell due.</returns>
    public async Task<IReadOnlyList<(ReportingPeriod Month, Domain.Reporting.Timeliness Measure)>> ByMonth(string agency, CancellationToken cancellation)
    {
        var at = _clock.GetUtcNow();
        return ByMonth(await ReadAsync(at, agency, cancellation), at);
    }

    /// <summary>The agency beside all.</summary>
    public async Task<AgencyMonths> BesideAll(string agency, CancellationToken cancellation)
    {
        var at = _clock.GetUtcNow();
        var read = await ReadAsync(at, agency, cancellation);
        // A new month asks anew at once.
        var province = await _province.GetAsync(ProvinceAge, cancellation, MonthOf(at).Ordinal);
        var obligations = read.Select(r => r.Obligation).ToList();
        var own = TimelinessMeasure.Of(obligations, at);
        var others = province.Rates.Where(r => r.Key != agency).Select(r => r.Value).ToList();
        return new(
            [.. ByMonth(read, at).Select(m => new MeasuredMonth(m.Month, m.Measure, province.Months.GetValueOrDefault(m.Month, Domain.Reporting.Timeliness.None)))],
            own, province.All, TimelinessMeasure.MedianToReceipt(obligations, at),
            own.OnTimeRate is { } rate ? 1 + others.Count(r => r > rate) : null, others.Count + (own.Expected > 0 ? 1 : 0));
    }

    private async Task<Province> ReadProvince(CancellationToken cancellation)
    {
        var at = _clock.GetUtcNow();
        var read = await ReadAsync(at, agency: null, cancellation);
        return new(
            ByMonth(read, at).ToFrozenDictionary(m => m.Month, m => m.Measure), TimelinessMeasure.Of(read.Select(r => r.Obligation), at),
            read.GroupBy(r => r.Agency, r => r.Obligation, StringComparer.Ordinal)
                .Select(g => (Agency: g.Key, Rate: TimelinessMeasure.Of(g, at).OnTimeRate)).Where(g => g.Rate is not null)
                .ToFrozenDictionary(g => g.Agency, g => g.Rate!.Value, StringComparer.Ordinal));
    }

    private Task<List<MeasuredObligation>> ReadAsync(DateTimeOffset at, string? agency, CancellationToken cancellation)
    {
        var last = MonthOf(at);
        return _measure.Read(_time.StartOf(FirstDay(last)), _time.StartOf(last.Next.FirstDay), at, agency, cancellation);
    }

    private List<(ReportingPeriod Month, Domain.Reporting.Timeliness Measure)> ByMonth(List<MeasuredObligation> read, DateTimeOffset at)
    {
        var byMonth = read.ToLookup(r => MonthOf(r.Obligation.DueAt), r => r.Obligation);
        var first = FirstDay(MonthOf(at));
        return [.. Enumerable.Range(0, Months).Select(i => ReportingPeriod.Containing(Rhythm.Monthly, first.AddMonths(i))).Select(m => (m, TimelinessMeasure.Of(byMonth[m], at)))];
    }

    private ReportingPeriod MonthOf(DateTimeOffset instant) => ReportingPeriod.Containing(Rhythm.Monthly, _time.DayOf(instant));

    private static DateOnly FirstDay(ReportingPeriod last) => last.FirstDay.AddMonths(1 - Months);

    /// <param name="Rates">Punctuality of each agency that owed anything.</param>
    private sealed record Province(
        FrozenDictionary<ReportingPeriod, Domain.Reporting.Timeliness> Months, Domain.Reporting.Timeliness All, FrozenDictionary<string, decimal> Rates);
}
