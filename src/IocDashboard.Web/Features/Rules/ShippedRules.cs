using System.Collections.Immutable;
using System.Globalization;
using System.Resources;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Rules;

/// <summary>
/// Rules that follow from what the catalogue says of its indicators, to begin with: sums over areas, cumulative figures that never
/// fall, and the few comparisons that are known from the set itself. An installation gets them in trial, and they only ask:
/// what blocks a report, or wants a note, is a decision of the centre's.
/// </summary>
internal static class ShippedRules
{
    private static readonly ResourceManager Resources = new("IocDashboard.Web.Features.Rules.RuleTexts", typeof(ShippedRules).Assembly);

    private static readonly (string Part, string Whole)[] Parts = [("NS02", "NS01"), ("DL02", "DL01")];

    // Turnover and trade: a month that differs by more than a half is rare, and small amounts say nothing.
    private static readonly (string Indicator, decimal Relative, decimal Absolute)[] Changes = [("KT05", 0.5m, 500), ("CN02", 0.5m, 40), ("CN03", 0.5m, 40)];

    // Guests and their spending follow the season: against last year.
    private static readonly (string Indicator, decimal Relative, decimal Absolute)[] YearChanges = [("DL01", 0.6m, 20_000), ("DL06", 0.6m, 50)];

    public static string Reason => Resources.GetString(nameof(Reason), CultureInfo.InvariantCulture)!;

    public static ImmutableArray<JudgementRule> Of(CatalogueSnapshot catalogue)
    {
        var formOf = catalogue.FormList.SelectMany(f => f.Indicators, (f, c) => (c.Code, Form: f)).ToDictionary(x => x.Code, x => x.Form, StringComparer.Ordinal);
        return
        [
            .. catalogue.FormList.SelectMany(f => OfForm(f, catalogue)),
            .. Parts.Where(p => formOf.TryGetValue(p.Part, out var form) && formOf.GetValueOrDefault(p.Whole) == form)
                .Select(p => Rule($"part-{p.Part}-{p.Whole}", RuleKind.PartOfWhole, RuleEffect.Ask, formOf[p.Part], [p.Part], [p.Whole], new(), "Part")),
            .. Changes.Where(c => formOf.ContainsKey(c.Indicator))
                .Select(c => Rule($"change-{c.Indicator}", RuleKind.PreviousChange, RuleEffect.Ask, formOf[c.Indicator], [c.Indicator], [], new(Relative: c.Relative, Absolute: c.Absolute), "Change")),
            .. YearChanges.Where(c => formOf.ContainsKey(c.Indicator))
                .Select(c => Rule($"year-{c.Indicator}", RuleKind.YearAgoChange, RuleEffect.Ask, formOf[c.Indicator], [c.Indicator], [], new(Relative: c.Relative, Absolute: c.Absolute), "Year")),
        ];
    }

    private static IEnumerable<JudgementRule> OfForm(Form form, CatalogueSnapshot catalogue)
    {
        var columns = form.Indicators.Select(c => (Column: c, Indicator: catalogue.Indicators[c.Code])).ToList();
        var sums = columns.Where(c => c.Indicator.Aggregation == Aggregation.Sum && c.Indicator.Breakdown is Breakdown.District or Breakdown.Agency && c.Column.Areas.Length > 1);
        foreach (var alike in sums.GroupBy(c => c.Indicator.Decimals))
        {
            // Each part may be rounded by half a unit of its last decimal; counts are not rounded.
            var tolerance = alike.Key == 0 ? 0 : alike.Max(c => c.Column.Areas.Length - 1) * 0.5m / (decimal)Math.Pow(10, alike.Key);
            var code = alike.Key == 0 ? $"areas-{form.Code}" : string.Create(CultureInfo.InvariantCulture, $"areas-{form.Code}-{alike.Key}");
            yield return Rule(code, RuleKind.AreaSum, RuleEffect.Ask, form, [.. alike.Select(c => c.Column.Code)], [], new(Absolute: tolerance), "Areas");
        }

        // A rate may fall however much it is counted from the year's beginning; what is sown begins anew with each season.
        ImmutableArray<string> risen = [.. columns
            .Where(c => c.Indicator is { Accumulation: Accumulation.Cumulative, Aggregation: Aggregation.Sum or Aggregation.Last } && c.Indicator.Unit.Vi != "%" && c.Indicator.Code != "NN01")
            .Select(c => c.Column.Code)];
        if (!risen.IsEmpty) yield return Rule($"cumulative-{form.Code}", RuleKind.CumulativeNeverFalls, RuleEffect.Ask, form, risen, [], new(), "Cumulative");
    }

    private static JudgementRule Rule(
        string code, RuleKind kind, RuleEffect effect, Form form, ImmutableArray<string> indicators, ImmutableArray<string> against, RuleLimits limits, string why) =>
        new(code.ToLowerInvariant(), kind, effect, form.Code, indicators, [], against, limits, Text(why));

    private static LocalText Text(string name) =>
        new(Resources.GetString(name, CultureInfo.InvariantCulture)!, Resources.GetString(name, CultureInfo.GetCultureInfo("en"))!);
}
