using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Catalogue;

/// <summary>Whether an indicator as proposed is sound in itself and beside the others: what an import asks of its files.</summary>
internal static class IndicatorRules
{
    private const int LongestText = 300, MostDecimals = 6;

    public static GovernanceRefusal? Judge(ChangeProposed change, IndicatorSet set) =>
        Texts(change.Indicator) ?? Beside(change.Indicator, set) ?? Rule(change.Indicator) ?? Numbers(change.Indicator) ?? Areas(change, set);

    private static GovernanceRefusal? Texts(Indicator indicator)
    {
        if (!Both(indicator.Name) || !Both(indicator.ShortName)) return GovernanceRefusal.NoName;
        if (!Both(indicator.Unit)) return GovernanceRefusal.NoUnit;
        return indicator.RetiredFrom is null && indicator.Decimals is >= 0 and <= MostDecimals ? null : GovernanceRefusal.BadDecimals;
    }

    private static GovernanceRefusal? Beside(Indicator indicator, IndicatorSet set)
    {
        var others = set.Book.Codes.Where(c => c != indicator.Code).Select(c => set.Book.Of(c)[^1]).Where(v => v.Kind != VersionKind.Retired).ToList();
        if (others.Any(v => string.Equals(v.Indicator.Name.Vi.Trim(), indicator.Name.Vi.Trim(), StringComparison.OrdinalIgnoreCase))) return GovernanceRefusal.NameTaken;
        if (!Both(indicator.Field) || (others.FirstOrDefault(v => v.Indicator.FieldCode == indicator.FieldCode) is { } same ? same.Indicator.Field != indicator.Field : set.Book.Of(indicator.Code).IsEmpty))
            return GovernanceRefusal.UnknownField;
        return set.Agencies.ContainsKey(indicator.Agency) ? null : GovernanceRefusal.UnknownAgency;
    }

    private static GovernanceRefusal? Rule(Indicator indicator)
    {
        if (!DeadlineRule.TryParse(indicator.DeadlineRule, out var rule)) return GovernanceRefusal.BadRule;
        if (rule is StreamRule != indicator.Rhythm.IsStreamed()) return GovernanceRefusal.RuleNotForRhythm;
        return rule is FixedDates dates && dates.Dates.Count != DatesInYear(indicator.Rhythm) ? GovernanceRefusal.RuleNotForRhythm : null;
    }

    /// <summary>How many dates a <c>fixed=</c> rule lists: one for each period of the year; −1 where it may not list any.</summary>
    public static int DatesInYear(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Monthly => 12,
        Rhythm.Quarterly => 4,
        Rhythm.HalfYearly => 2,
        Rhythm.Yearly => 1,
        _ => -1,
    };

    private static GovernanceRefusal? Numbers(Indicator indicator)
    {
        if (indicator.PlausibleMin > indicator.PlausibleMax) return GovernanceRefusal.BadRange;
        var limits = indicator.Thresholds;
        if (limits.TargetHigh < limits.TargetLow || limits.TargetLow is null != limits.TargetHigh is null) return GovernanceRefusal.BadLimits;
        decimal[] rising = [.. new[] { limits.Warning, limits.Critical, limits.Extreme }.OfType<decimal>()];
        if (indicator.Direction == Direction.Higher) Array.Reverse(rising);
        return rising.Order().SequenceEqual(rising) ? null : GovernanceRefusal.BadLimits;
    }

    private static GovernanceRefusal? Areas(ChangeProposed change, IndicatorSet set)
    {
        if (change.Areas.IsDefaultOrEmpty || change.Areas.Distinct(StringComparer.Ordinal).Count() != change.Areas.Length) return GovernanceRefusal.WrongAreas;
        if (!change.Areas.All(set.Areas.ContainsKey)) return GovernanceRefusal.UnknownArea;
        var kind = change.Indicator.Breakdown;
        return change.Areas.All(a => Fits(set.Areas[a], kind)) ? null : GovernanceRefusal.WrongAreas;
    }

    private static bool Fits(Area area, Breakdown breakdown) => area.Code == Area.ProvinceCode || breakdown switch
    {
        Breakdown.Province => false,
        Breakdown.District => area.IsDistrict,
        Breakdown.Agency => area.IsDistrict || area.Kind == "agency",
        _ => !area.IsDistrict && area.Kind != "agency",
    };

    private static bool Both(LocalText text) => ProposalDecider.Said(text.Vi, LongestText) && ProposalDecider.Said(text.En, LongestText);
}
