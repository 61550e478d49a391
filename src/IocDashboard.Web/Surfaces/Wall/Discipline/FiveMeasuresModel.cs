using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>The five measures of the last thirty days, and their parts as one bar.</summary>
/// <param name="Age">Since they were measured; null while they have not been.</param>
/// <param name="Bar">On time, late and missing, those that are not nothing.</param>
public sealed record FiveMeasuresModel(ValueList<MeasureCell> Cells, string Source, AgeMark? Age, string? NotYet, ValueList<FlowPart> Bar, string BarLabel)
{
    public static FiveMeasuresModel Of(ReportingDiscipline? discipline, CultureInfo culture, DateTimeOffset now)
    {
        var all = discipline?.All;
        var level = all?.OnTimeRate is { } rate ? TimelinessLevel.Of(TimelinessLevel.Percent(rate, 1)) : "n0";
        MeasureCell[] cells =
        [
            Cell("Expected", all?.Expected, false), Cell("Received", all?.Received), Cell("OnTime", all?.OnTime) with { Status = level, Word = TimelinessLevel.Word(level, culture) },
            Cell("Late", all?.Late), Cell("Missing", all?.Missing),
        ];
        (string Kind, int Count)[] parts = all is null ? [] : [("on", all.OnTime), ("late", all.Late), ("miss", all.Missing)];
        return new(
            new(cells), WallText.Get("Five.Source", culture), discipline is null ? null : AgeMark.Of(discipline.At, now, culture, WallText.Get("Five.Age", culture)),
            discipline is null ? WallText.Get("Discipline.NotYet", culture) : null,
            new(parts.Where(p => p.Count > 0).Select(p => new FlowPart(p.Kind, p.Count.ToString(CultureInfo.InvariantCulture)))),
            WallText.Format("Five.Bar", culture, Share(all?.OnTime) ?? "—", Share(all?.Late) ?? "—", Share(all?.Missing) ?? "—"));

        MeasureCell Cell(string name, int? count, bool hasShare = true) => new(
            WallText.Format($"Five.{name}", culture, TimelinessLevel.Target), count?.ToString("N0", culture) ?? "—", hasShare ? Share(count) : null, "n0", null);

        string? Share(int? count) => count is { } part && all is { Expected: > 0 }
            ? WallText.Format("Five.Share", culture, TimelinessLevel.Text(TimelinessLevel.Percent((decimal)part / all.Expected, 1), culture))
            : null;
    }
}

/// <param name="Share">Of what was expected; null where nothing was.</param>
/// <param name="Word">Of an abnormal status.</param>
public sealed record MeasureCell(string Name, string Count, string? Share, string Status, string? Word);

/// <param name="Kind"><c>on</c>, <c>late</c>, <c>miss</c>.</param>
public sealed record FlowPart(string Kind, string Count);
