using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Charts;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>One line of the twin table, in words.</summary>
public sealed record HistoryRow(
    DateTimeOffset Key, string Period, string Value, ObservationStatus Status, string Change, string YearAgo, string YearChange,
    int Revision, VerificationState Verification, string Recorded)
{
    /// <summary>Of a line that is no figure: from here on the figures above mean something else than those below.</summary>
    public string? Break { get; init; }

    public static HistoryRow OfBreak(DateTimeOffset from, string words) =>
        new(from.AddTicks(-1), "", "", ObservationStatus.Final, "", "", "", 0, VerificationState.Unverified, "") { Break = words };
}

/// <summary>
/// The chart of an indicator and its twin table, from the same points; of a stream the table has every measurement and the chart a
/// selection that keeps what crosses a limit. A cumulative figure is drawn within its year, beside
/// the year before; any other over its last periods, with the same periods of the year before.
/// </summary>
public sealed record HistoryView(string Title, LineChartModel Chart, ImmutableArray<(string Name, string Style)> Legend, ImmutableArray<HistoryRow> Rows, int Points)
{
    public static HistoryView Of(Figure figure, IndicatorHistory history, DateTimeOffset now, ProvinceTime time, CultureInfo culture, IndicatorBook? book = null)
    {
        var indicator = figure.Indicator;
        var breaks = new SeriesBreaks(indicator.Code, book ?? IndicatorBook.Empty, time.DayOf(now), time);
        var shown = indicator.Rhythm.IsStreamed() ? history.Page : Shown(indicator, history);
        var rows = shown.Select((p, i) => RowOf(indicator, p, history.Points.ElementAtOrDefault(i + 1), history, breaks, time, culture)).ToImmutableArray();
        rows = breaks.Among(rows);
        var (times, marks) = (ImmutableArray<long>.Empty, ImmutableArray<ChartBreak>.Empty);
        var (title, labels, series) = indicator switch
        {
            { Rhythm: Rhythm.Realtime or Rhythm.Hourly } => Stream(indicator, history, time, breaks, out times, out marks),
            { Accumulation: Accumulation.Cumulative, Rhythm: Rhythm.Daily or Rhythm.Weekly or Rhythm.Monthly or Rhythm.Quarterly } => Year(history, now, time, breaks, culture, out marks),
            _ => Periods(indicator, shown, history, breaks, culture, out marks),
        };
        var chart = new LineChartModel(labels, series, Levels(indicator), indicator.Unit.In(culture), indicator.Decimals, culture.TwoLetterISOLanguageName == "en" ? "en-GB" : "vi-VN", indicator.Rhythm.IsStreamed() ? times : null, marks);
        return new(title, chart, [.. series.Select(s => (s.Name, s.Style))], rows, series.Length == 0 ? 0 : series[0].Values.Count(v => v is not null));
    }

    /// <summary>The points of the table, newest first; the rest is there for comparison only.</summary>
    private static ImmutableArray<HistoryPoint> Shown(Indicator indicator, IndicatorHistory history) => [.. history.Points.Take(indicator.Rhythm switch
    {
        Rhythm.Daily => 90,
        Rhythm.Weekly => 53,
        Rhythm.Monthly => 25,
        Rhythm.Quarterly => 17,
        _ => 10,
    })];

    private static (string, ImmutableArray<string>, ImmutableArray<ChartSeries>) Stream(
        Indicator indicator, IndicatorHistory history, ProvinceTime time, SeriesBreaks breaks, out ImmutableArray<long> times, out ImmutableArray<ChartBreak> marks)
    {
        var line = history.Line?.Points ?? [.. history.Points.Reverse().Select(p => new SeriesPoint(p.Key, p.Current.Value))];
        // What is usual between two points of this source; silence of more than three times that is a gap in the line.
        var steps = line.Zip(line.Skip(1), (earlier, later) => later.Key - earlier.Key).Order().ToList();
        var usual = steps.Count == 0 ? TimeSpan.Zero : steps[steps.Count / 2];
        var labels = ImmutableArray.CreateBuilder<string>();
        var values = ImmutableArray.CreateBuilder<decimal?>();
        DateTimeOffset? before = null;
        var instants = ImmutableArray.CreateBuilder<long>();
        foreach (var point in line)
        {
            if (before is { } last && point.Key - last > 3 * usual) Add(last + usual, null);
            Add(point.Key, point.Value);
            before = point.Key;
        }

        times = instants.ToImmutable();
        marks = breaks.OnStream(line);
        return (T($"Hist.Title.{indicator.Rhythm}"), labels.ToImmutable(), [new(T("Hist.Series.Measured"), values.ToImmutable(), "main")]);

        void Add(DateTimeOffset at, decimal? value)
        {
            labels.Add(time.Local(at).ToString(indicator.Rhythm == Rhythm.Realtime ? "HH:mm" : "dd/MM HH:mm", CultureInfo.InvariantCulture));
            values.Add(value);
            instants.Add((long)(time.Local(at).DateTime - DateTime.UnixEpoch).TotalMilliseconds);
        }
    }

    private static (string, ImmutableArray<string>, ImmutableArray<ChartSeries>) Year(
        IndicatorHistory history, DateTimeOffset now, ProvinceTime time, SeriesBreaks breaks, CultureInfo culture, out ImmutableArray<ChartBreak> marks)
    {
        marks = [];
        var newest = history.Points.FirstOrDefault()?.Current.Period;
        var year = newest?.Year ?? time.DayOf(now).Year;
        if (newest is not { } any) return (T("Hist.Title.Cumulative", year), [], []);
        var periods = new List<ReportingPeriod>();
        for (var period = ReportingPeriod.Containing(any.Rhythm, new DateOnly(year, 1, 4)); period.Year == year; period = period.Next) periods.Add(period);
        marks = breaks.On(periods);
        return (
            T("Hist.Title.Cumulative", year),
            [.. periods.Select(p => Axis(p, culture))],
            [
                new(T("Hist.Series.Year", year), [.. periods.Select(history.ValueOf)], "main"),
                new(T("Hist.Series.Year", year - 1), [.. periods.Select(p => breaks.Comparable(p.SamePeriodLastYear, p) ? history.ValueOf(p.SamePeriodLastYear) : null)], "reference"),
            ]);
    }

    private static (string, ImmutableArray<string>, ImmutableArray<ChartSeries>) Periods(
        Indicator indicator, ImmutableArray<HistoryPoint> shown, IndicatorHistory history, SeriesBreaks breaks, CultureInfo culture, out ImmutableArray<ChartBreak> marks)
    {
        marks = [];
        var title = T("Hist.Title.Periods", T($"Rhythm.{indicator.Rhythm}"));
        if (shown.IsEmpty) return (title, [], []);
        // Every period between the first and the last has its place, so that one that never came is a gap.
        var periods = new List<ReportingPeriod>();
        for (var period = shown[^1].Current.Period!.Value; period <= shown[0].Current.Period!.Value; period = period.Next) periods.Add(period);
        marks = breaks.On(periods);
        var earlier = periods.Select(p => breaks.Comparable(p.SamePeriodLastYear, p) ? history.ValueOf(p.SamePeriodLastYear) : null).ToImmutableArray();
        var series = ImmutableArray.Create(new ChartSeries(T("Hist.Series.Current"), [.. periods.Select(history.ValueOf)], "main"));
        if (indicator.Rhythm < Rhythm.HalfYearly && earlier.Any(v => v is not null)) series = series.Add(new(T("Hist.Series.YearAgo"), earlier, "reference"));
        return (title, [.. periods.Select(p => Axis(p, culture))], series);
    }

    private static string Axis(ReportingPeriod period, CultureInfo culture) => period.Rhythm switch
    {
        Rhythm.Daily => period.FirstDay.ToString("dd/MM", CultureInfo.InvariantCulture),
        Rhythm.Monthly => period.FirstDay.ToString("MM/yyyy", CultureInfo.InvariantCulture),
        Rhythm.Weekly => string.Create(CultureInfo.InvariantCulture, $"{(culture.TwoLetterISOLanguageName == "en" ? "W" : "T")}{period.Ordinal}"),
        _ => FigureText.PeriodOf(period, culture),
    };

    private static ImmutableArray<ChartLevel> Levels(Indicator indicator)
    {
        var limits = indicator.Thresholds;
        var levels = ImmutableArray.CreateBuilder<ChartLevel>();
        if (limits.TargetLow is { } target) levels.Add(new(T("Hist.Level.Target"), target, "target"));
        if (limits.TargetHigh is { } high && high != limits.TargetLow) levels.Add(new(T("Hist.Level.Target"), high, "target"));
        if (limits.Warning is { } warning && warning != limits.TargetLow) levels.Add(new(T("Hist.Level.Warning"), warning, "warning"));
        if (limits.Critical is { } critical) levels.Add(new(T("Hist.Level.Critical"), critical, "critical"));
        return levels.ToImmutable();
    }

    private static HistoryRow RowOf(
        Indicator indicator, HistoryPoint point, HistoryPoint? before, IndicatorHistory history, SeriesBreaks breaks, ProvinceTime time, CultureInfo culture)
    {
        var current = point.Current;
        var yearAgo = current.Period is { } period && breaks.Comparable(period.SamePeriodLastYear, period) ? history.ValueOf(period.SamePeriodLastYear) : null;
        var earlier = current.Period is { } own
            ? breaks.Comparable(own.Previous, own) ? history.ValueOf(own.Previous) : null
            : before is not null && breaks.Comparable(before.Key, point.Key) ? before.Current.Value : null;
        return new(
            point.Key,
            current.Period is { } p ? FigureText.PeriodOf(p, culture) : time.Local(point.Key).ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture),
            Number(current.Value), current.Status,
            FigureText.Change(indicator, current.Value, earlier, culture), Number(yearAgo), FigureText.Change(indicator, current.Value, yearAgo, culture),
            current.Revision, current.Verification, time.Local(current.RecordedAt).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture));

        string Number(decimal? value) => value is { } v ? NumberText.Plain(v, indicator.Decimals, culture) : FigureText.None;
    }
}
