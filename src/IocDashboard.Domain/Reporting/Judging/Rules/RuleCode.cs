using System.Globalization;

namespace IocDashboard.Domain.Reporting;

/// <summary>A code for a new rule, said by its kind and scope: <c>part-ns02-ns01</c>, <c>range-syt-w</c>. Whoever proposes may choose another.</summary>
public static class RuleCode
{
    // More than these would be a list, not a name.
    private const int MostNamed = 2;

    /// <summary>One that the book does not have yet; empty while the rule is about nothing.</summary>
    public static string For(JudgementRule rule, RuleBook book)
    {
        if (rule.Form.Length == 0) return "";
        string[] about = rule.Indicators.Length is > 0 and <= MostNamed ? [.. rule.Indicators] : [rule.Form];
        string[] against = rule.Against.Length <= MostNamed ? [.. rule.Against] : [];
        var code = string.Join('-', [NameOf(rule.Kind), .. about, .. against]).ToLowerInvariant();
        var free = code;
        for (var next = 2; book.Find(free) is not null; next++) free = string.Create(CultureInfo.InvariantCulture, $"{code}-{next}");
        return free;
    }

    private static string NameOf(RuleKind kind) => kind switch
    {
        RuleKind.Range => "range",
        RuleKind.Precision => "decimals",
        RuleKind.PreviousChange => "change",
        RuleKind.YearAgoChange => "year",
        RuleKind.IndicatorSum => "sum",
        RuleKind.AreaSum => "areas",
        RuleKind.PartOfWhole => "part",
        RuleKind.CumulativeNeverFalls => "cumulative",
        RuleKind.EqualAcrossForms => "equal",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
