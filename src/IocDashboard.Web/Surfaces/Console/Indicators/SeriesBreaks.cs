using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Surfaces.Console.Charts;
using IocDashboard.Web.Surfaces.Console.View;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>Where one indicator's figures begin to mean something else, up to a day: marked on its chart and in the twin table, and never compared across.</summary>
internal sealed class SeriesBreaks(string code, IndicatorBook book, DateOnly until, ProvinceTime time)
{
    private readonly ImmutableArray<IndicatorVersion> _breaks = [.. book.BreaksOf(code).Where(b => b.From <= until)];

    public bool Comparable(ReportingPeriod earlier, ReportingPeriod later) => book.AreComparable(code, earlier.FirstDay, later.FirstDay);

    public bool Comparable(DateTimeOffset earlier, DateTimeOffset later) => book.AreComparable(code, time.DayOf(earlier), time.DayOf(later));

    /// <summary>Before the first of the periods, oldest first, that is of the new version.</summary>
    public ImmutableArray<ChartBreak> On(List<ReportingPeriod> periods) =>
    [
        .. _breaks.Select(b => (Break: b, At: periods.FindIndex(p => p.FirstDay >= b.From)))
            .Where(b => b.At >= 0 && (b.At > 0 || periods[0].FirstDay == b.Break.From)).Select(b => new ChartBreak(b.At, null, Name(b.Break))),
    ];

    public ImmutableArray<ChartBreak> OnStream(ImmutableArray<SeriesPoint> line) => line.IsEmpty ? [] :
    [
        .. _breaks.Select(b => (Break: b, At: time.StartOf(b.From))).Where(b => b.At >= line[0].Key && b.At <= line[^1].Key)
            .Select(b => new ChartBreak(null, (long)(time.Local(b.At).DateTime - DateTime.UnixEpoch).TotalMilliseconds, Name(b.Break))),
    ];

    /// <summary>The rows, newest first, with a line where a version begins.</summary>
    public ImmutableArray<HistoryRow> Among(ImmutableArray<HistoryRow> rows)
    {
        if (_breaks.IsEmpty || rows.IsEmpty) return rows;
        var lines = _breaks.Where(b => time.StartOf(b.From) >= rows[^1].Key)
            .Select(b => HistoryRow.OfBreak(time.StartOf(b.From), VersionText.Break(b, book.At(code, b.From.AddDays(-1)))));
        return [.. rows.Concat(lines).OrderByDescending(r => r.Key)];
    }

    private static string Name(IndicatorVersion version) => T("Hist.Break.Mark", DayText.Of(version.From));
}
