using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>What a folder of reference files says, read and checked as a whole, with the assignments that follow from it.</summary>
public sealed record ReferenceSet(
    ImmutableArray<Indicator> Indicators, ImmutableArray<Agency> Agencies, ImmutableArray<Area> Areas,
    ImmutableArray<Form> Forms, ImmutableArray<Feed> Feeds, ImmutableArray<CalendarDay> Calendar)
{
    private Assignments? _assignments;

    /// <summary>The kind of an area that stands for an agency, where an indicator is broken down by agency.</summary>
    public const string AgencyKind = "agency";

    /// <summary>Where the build puts the files that come with the program.</summary>
    public static string ShippedDirectory => Path.Combine(AppContext.BaseDirectory, "Features", "Catalogue", "Reference");

    /// <summary>Null when there is any finding: a set is taken whole or not at all.</summary>
    public static ReferenceSet? Read(string directory, DateOnly structureOf, DateOnly assignedFrom, List<ImportFinding> findings)
    {
        IReadOnlyList<ReferenceRow> Rows(string file, string[] columns) => CsvTable.Read(Path.Combine(directory, file), columns, findings);

        var agencies = AgencyRows.Read(Rows(AgencyRows.File, AgencyRows.Columns), structureOf);
        var agencyByCode = agencies.GroupBy(a => a.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var indicators = IndicatorRows.Read(Rows(IndicatorRows.File, IndicatorRows.Columns), agencyByCode);
        var indicatorCodes = indicators.Select(i => i.Code).ToHashSet(StringComparer.Ordinal);
        var (areas, places) = AreaRows.Read(Rows(AreaRows.File, AreaRows.Columns), indicatorCodes, agencyByCode);
        var calendar = CalendarRows.Read(Rows(CalendarRows.File, CalendarRows.Columns));
        if (findings.Count > 0) return null;

        var assignments = new Assignments(agencies, areas, places);
        return new(
            [.. indicators], [.. agencies], [.. areas, .. AgencyAreas(agencies)],
            [.. assignments.Forms(indicators, assignedFrom)], [.. assignments.Feeds(indicators)], [.. calendar]) { _assignments = assignments };
    }

    /// <summary>The same set, whose forms and feeds go on carrying indicators that are held and that the files do not name.</summary>
    /// <param name="book">Knows the areas of what a decision and not a file brought into the set. What it retired stays so.</param>
    public ReferenceSet Keeping(IReadOnlyCollection<Indicator> held, DateOnly assignedFrom, IndicatorBook book)
    {
        var retired = held.Where(i => i.RetiredFrom is not null).ToDictionary(i => i.Code, StringComparer.Ordinal);
        var kept = this with { Indicators = [.. Indicators.Select(i => retired.GetValueOrDefault(i.Code, i))] };
        var all = kept.WithHeld(held);
        var decided = book.Versions.Where(v => v.Decision?.Paper is not null && v.AppliedAt is not null).GroupBy(v => v.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Last().Areas, StringComparer.Ordinal);
        return all.Length == Indicators.Length && decided.Count == 0
            ? this
            : kept with { Forms = [.. Assignments.Forms(all, AreasOf, _ => assignedFrom)], Feeds = [.. Assignments.Feeds(all, AreasOf)] };

        ImmutableArray<string> AreasOf(Indicator indicator) => decided.TryGetValue(indicator.Code, out var areas) ? areas : _assignments!.AreasOf(indicator);
    }

    /// <summary>Every indicator that is to be reported from now on: those of the files, and those that are held and not named.</summary>
    public ImmutableArray<Indicator> WithHeld(IReadOnlyCollection<Indicator> held)
    {
        var named = Indicators.Select(i => i.Code).ToHashSet(StringComparer.Ordinal);
        return [.. Indicators, .. held.Where(i => !named.Contains(i.Code))];
    }

    private static IEnumerable<Area> AgencyAreas(IEnumerable<Agency> agencies) => agencies
        .Where(a => a.Kind == Assignments.DepartmentKind)
        .Select(a => new Area(a.Code, a.Name, a.ShortName, AgencyKind, Area.ProvinceCode, null, null));
}
