using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>What is beyond its limits now, an entry an indicator, worst first. Derived from the figures themselves.</summary>
/// <param name="More">Those that four entries leave out.</param>
/// <param name="MoreWide">Those that the six entries of a very wide wall leave out.</param>
public sealed record AlarmsModel(string Label, ValueList<AlarmEntry> Entries, string? More, string? MoreWide, string? None)
{
    private const int Narrow = 4, Wide = 6;

    /// <summary>Of an entry's text, in the wall's root unit; the last one keeps a place for «+9».</summary>
    private const double EntryWidth = 445, BesideMore = 390;

    /// <summary>How much wider the text's weight is than the one that widths are known for.</summary>
    private const double Bold = 1.03;

    public static AlarmsModel Of(IReadOnlyCollection<Representative> indicators, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var open = indicators
            .Where(r => FigureState.Of(r.Figure, now).IsAbnormal)
            .Select(r => (Item: r, Since: Since(r.Figure)))
            .OrderByDescending(a => a.Item.Figure.Severity).ThenByDescending(a => a.Since).ThenBy(a => a.Item.Figure.Indicator.Code, StringComparer.Ordinal)
            .ToImmutableArray();
        return new(
            WallText.Get("Alarms.Label", culture), new(open.Take(Wide).Select((a, i) => Entry(a.Item, a.Since, i + 1 is Narrow or Wide ? BesideMore : EntryWidth, time, culture, now))),
            More(Narrow), More(Wide), open.Length == 0 ? NoneText(indicators, culture, now) : null);

        string? More(int shown) => open.Length > shown ? WallText.Format("Alarms.More", culture, open.Length - shown) : null;
    }

    /// <summary>Silence is not safety: what could not be judged is counted beside what is in order.</summary>
    private static string NoneText(IReadOnlyCollection<Representative> indicators, CultureInfo culture, DateTimeOffset now)
    {
        var unknown = indicators.Count(r => !FigureState.Of(r.Figure, now).IsKnown);
        return unknown == 0 && indicators.Count > 0
            ? WallText.Get("Alarms.None", culture)
            : WallText.Format("Alarms.NoneKnown", culture, indicators.Count - unknown, indicators.Count);
    }

    private static AlarmEntry Entry(
        Representative item, DateTimeOffset since, double width, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var figure = item.Figure;
        var state = FigureState.Of(figure, now);
        var scale = NumberText.ScaleOf(figure.Indicator, figure.Value, culture);
        var value = NumberText.Value(figure.Value!.Value, scale, culture);
        var name = figure.Indicator.ShortName.In(culture);
        var area = figure.Area.ShortName.In(culture);
        var begin = SurfaceText.Format(time.DayOf(since) == time.DayOf(now) ? "Time.Hour" : "Time.Day", culture, time.Local(since));
        var age = AgeMark.Of(since, now, culture, WallText.Format("Alarms.Since", culture, begin, "{0}"), isDouble: true);
        var agency = figure.Agency.ShortName.In(culture);
        string[] wordings = figure.Area.Kind == RiverRow.StationKind
            ? [WallText.Format("Alarms.River", culture, area, value, scale.Unit, Roman(figure.Severity))]
            : item.IsOneOfSeveral
                ? [Text(SurfaceText.Format("Name.WithArea", culture, name, area)), Text(name), $"{name} {value}"]
                : [Text(name), $"{name} {value}"];
        return new(
            figure.Indicator.Code, state.Status == "warning" ? "warning" : "critical", SurfaceText.Get($"Status.{state.Status}", culture),
            wordings.FirstOrDefault(w => Bold * TextWidth.OfText(w, 22) <= width) ?? wordings[^1],
            age, TextWidth.OfText($"{age.Text} · {agency}", 22) <= width ? agency : null);

        string Text(string what) => WallText.Format("Alarms.Text", culture, what, value, scale.Unit);
    }

    /// <summary>
    /// When the indicator left its limits: for a stream the first hour, going back, that was already abnormal; for a report
    /// when it was recorded.
    /// </summary>
    private static DateTimeOffset Since(Figure figure)
    {
        var since = figure.AgeFrom ?? DateTimeOffset.MinValue;
        if (!figure.Indicator.Rhythm.IsStreamed()) return since;
        // The newest point is the figure itself, whose own instant is finer than its hour.
        foreach (var point in figure.Recent.SkipLast(1).Reverse())
        {
            if (SeverityRule.Of(figure.Indicator, figure.Area.Code, point.Value) == Severity.Normal) break;
            since = point.Key < since ? point.Key : since;
        }

        return since;
    }

    private static string Roman(Severity severity) => severity switch { Severity.Extreme => "III", Severity.Critical => "II", _ => "I" };
}

public sealed record AlarmEntry(string Code, string Status, string Word, string Text, AgeMark Age, string? Agency);
