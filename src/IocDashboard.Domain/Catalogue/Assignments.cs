using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// What follows from the register without anybody's decision: which areas an indicator is reported for, and which form
/// or feed of its agency carries it. Article 3.3: exactly one agency answers for an indicator, so no two forms share one.
/// </summary>
public sealed class Assignments(
    IReadOnlyCollection<Agency> agencies, IReadOnlyCollection<Area> areas, ILookup<string, string> placesOfIndicator)
{
    /// <summary>Kind of agency that an indicator broken down by agency is reported for, besides the districts.</summary>
    public const string DepartmentKind = "department";

    private readonly ImmutableArray<string> _districts = [.. areas.Where(a => a.IsDistrict).Select(a => a.Code)];
    private readonly ImmutableArray<string> _departments = [.. agencies.Where(a => a.Kind == DepartmentKind).Select(a => a.Code)];

    /// <summary>The province first where it has a value of its own; stations, sites and reservoirs only where the register names them.</summary>
    public ImmutableArray<string> AreasOf(Indicator indicator) => indicator.Breakdown switch
    {
        Breakdown.Province => [Area.ProvinceCode],
        Breakdown.District => [Area.ProvinceCode, .. _districts],
        Breakdown.Agency => [Area.ProvinceCode, .. _departments, .. _districts],
        _ when placesOfIndicator[indicator.Code].ToImmutableArray() is { IsEmpty: false } places => places,
        _ => [Area.ProvinceCode],
    };

    /// <summary>One form for each agency and rhythm of reported figures; every cell is required.</summary>
    public IEnumerable<Form> Forms(IEnumerable<Indicator> indicators, DateOnly assignedFrom) => Forms(indicators, AreasOf, _ => assignedFrom);

    /// <summary>One feed for each agency and rhythm of streamed figures, late by the strictest rule among them.</summary>
    public IEnumerable<Feed> Feeds(IEnumerable<Indicator> indicators) => Feeds(indicators, AreasOf);

    /// <summary>The same where the areas of each indicator are known, and the first day of each form, by its code. One that is retired is reported by nobody.</summary>
    public static IEnumerable<Form> Forms(
        IEnumerable<Indicator> indicators, Func<Indicator, ImmutableArray<string>> areasOf, Func<string, DateOnly> assignedFrom) => indicators
        .Where(i => !i.Rhythm.IsStreamed() && i.RetiredFrom is null)
        .GroupBy(i => (i.Agency, i.Rhythm))
        .Select(g => (Code: CodeOf(g.Key.Agency, g.Key.Rhythm), Group: g))
        .Select(g => new Form(g.Code, g.Group.Key.Agency, g.Group.Key.Rhythm, Columns(g.Group, areasOf), assignedFrom(g.Code)));

    public static IEnumerable<Feed> Feeds(IEnumerable<Indicator> indicators, Func<Indicator, ImmutableArray<string>> areasOf) => indicators
        .Where(i => i.Rhythm.IsStreamed() && i.RetiredFrom is null)
        .GroupBy(i => (i.Agency, i.Rhythm))
        .Select(g => new Feed(CodeOf(g.Key.Agency, g.Key.Rhythm), g.Key.Agency, g.Key.Rhythm, Columns(g, areasOf), Strictest(g)));

    /// <summary>Of the form or feed that an agency has at a rhythm.</summary>
    public static string CodeOf(string agency, Rhythm rhythm) => $"{agency}-{rhythm.Code()}";

    private static ImmutableArray<FormIndicator> Columns(IEnumerable<Indicator> indicators, Func<Indicator, ImmutableArray<string>> areasOf) =>
        [.. indicators.OrderBy(i => i.Code, StringComparer.Ordinal).Select(i => new FormIndicator(i.Code, areasOf(i), Required: true))];

    private static string Strictest(IEnumerable<Indicator> indicators) => indicators
        .Select(i => i.DeadlineRule)
        .MinBy(r => ((Reporting.StreamRule)Reporting.DeadlineRule.Parse(r)).Tolerated)!;
}
