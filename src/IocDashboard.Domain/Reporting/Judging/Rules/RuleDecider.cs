using System.Text.RegularExpressions;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>Why the rule book takes no such change.</summary>
public enum RuleRefusal
{
    BadCode, CodeTaken, UnknownForm, UnknownIndicator, UnknownArea, WrongLimits, WrongComparison, HiddenFromSender, NoWhy, NoReason, UnknownRule, AlreadySo,
}

/// <summary>What may be put into the rule book, and which state may follow which.</summary>
public static partial class RuleDecider
{
    public const int LongestWhy = 500, LongestReason = 500;

    /// <summary>Null when the rule makes sense beside the forms as they are.</summary>
    public static RuleRefusal? Propose(
        JudgementRule rule, string reason, RuleBook book, IReadOnlyDictionary<string, Form> forms, IReadOnlyDictionary<string, Indicator> indicators)
    {
        if (!CodePattern().IsMatch(rule.Code)) return RuleRefusal.BadCode;
        if (book.Find(rule.Code) is not null) return RuleRefusal.CodeTaken;
        if (!forms.TryGetValue(rule.Form, out var form)) return RuleRefusal.UnknownForm;
        var columns = form.Indicators.ToDictionary(c => c.Code, StringComparer.Ordinal);
        if (!rule.Indicators.All(columns.ContainsKey)) return RuleRefusal.UnknownIndicator;
        if (!rule.Areas.All(a => form.Indicators.Any(c => (rule.Indicators.IsEmpty || rule.Indicators.Contains(c.Code)) && c.Areas.Contains(a)))) return RuleRefusal.UnknownArea;
        if (!Limited(rule)) return RuleRefusal.WrongLimits;
        if (!Compared(rule, columns, indicators)) return RuleRefusal.WrongComparison;
        if (rule.Kind == RuleKind.EqualAcrossForms && !Sight.Of(form.Agency, [], default).Sees(indicators[rule.Against[0]])) return RuleRefusal.HiddenFromSender;
        if (!Said(rule.Why.Vi, LongestWhy) || !Said(rule.Why.En, LongestWhy)) return RuleRefusal.NoWhy;
        return Said(reason, LongestReason) ? null : RuleRefusal.NoReason;
    }

    /// <summary>Null when the rule may be put into the state.</summary>
    public static RuleRefusal? Switch(BookedRule? rule, RuleState state, string reason)
    {
        if (rule is null) return RuleRefusal.UnknownRule;
        if (rule.State == state) return RuleRefusal.AlreadySo;
        return Said(reason, LongestReason) ? null : RuleRefusal.NoReason;
    }

    private static bool Limited(JudgementRule rule) => rule.Kind switch
    {
        RuleKind.Range => (rule.Limits.Least ?? rule.Limits.Most) is not null && !(rule.Limits.Least > rule.Limits.Most),
        RuleKind.Precision => rule.Limits.Decimals is >= 0 and <= CellText.MostDigits,
        RuleKind.PreviousChange or RuleKind.YearAgoChange =>
            rule.Limits.Absolute >= 0 && (rule.Limits.Relative is > 0 || (rule.Limits.Relative is null && rule.Limits.Absolute > 0)),
        _ => rule.Limits.Absolute >= 0,
    };

    // A column has one whole, one set of parts or one counterpart, so such a rule is about one column.
    private static bool Compared(JudgementRule rule, Dictionary<string, FormIndicator> columns, IReadOnlyDictionary<string, Indicator> indicators) => rule.Kind switch
    {
        RuleKind.IndicatorSum => rule.Indicators.Length == 1 && !rule.Against.IsEmpty && AreOthers(rule) && rule.Against.All(columns.ContainsKey),
        RuleKind.PartOfWhole => rule.Indicators.Length == 1 && rule.Against.Length == 1 && AreOthers(rule) && columns.ContainsKey(rule.Against[0]),
        RuleKind.EqualAcrossForms => rule.Indicators.Length == 1 && rule.Against.Length == 1 && !columns.ContainsKey(rule.Against[0])
            && indicators.TryGetValue(rule.Against[0], out var other) && !other.Rhythm.IsStreamed(),
        _ => rule.Against.IsEmpty,
    };

    private static bool AreOthers(JudgementRule rule) => !rule.Against.Contains(rule.Indicators[0]) && rule.Against.Distinct(StringComparer.Ordinal).Count() == rule.Against.Length;

    private static bool Said(string? text, int longest) => CellText.TryNote(text, out var kept) && kept is not null && kept.Length <= longest;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();
}
