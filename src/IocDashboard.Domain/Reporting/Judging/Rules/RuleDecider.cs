using System.Collections.Immutable;
using System.Text.RegularExpressions;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>Why the rule book takes no such change.</summary>
public enum RuleRefusal
{
    BadCode, CodeTaken, UnknownForm, UnknownIndicator, HiddenColumns, UnknownArea, WrongLimits, NotOneIndicator, WrongComparison, HiddenFromSender, ComparesNothing,
    NoWhyVi, NoWhyEn, NoReason, UnknownRule, AlreadySo,
}

/// <summary>What may be put into the rule book, and which state may follow which.</summary>
public static partial class RuleDecider
{
    public const int LongestCode = 80, LongestWhy = 500, LongestReason = 500;

    /// <summary>Everything that is wrong with a new rule beside the forms as they are; empty when the book may take it.</summary>
    /// <param name="reader">What whoever proposes may see: what is hidden from them is as if it did not exist.</param>
    public static ImmutableArray<RuleRefusal> Propose(
        JudgementRule rule, string? reason, RuleBook book, IReadOnlyDictionary<string, Form> forms, IReadOnlyDictionary<string, Indicator> indicators, Sight reader)
    {
        var refusals = ImmutableArray.CreateBuilder<RuleRefusal>();
        if (rule.Code.Length > LongestCode || !CodePattern().IsMatch(rule.Code)) refusals.Add(RuleRefusal.BadCode);
        else if (book.Find(rule.Code) is not null) refusals.Add(RuleRefusal.CodeTaken);
        refusals.AddRange(Try(rule, forms, indicators, reader));
        if (!Said(rule.Why.Vi, LongestWhy)) refusals.Add(RuleRefusal.NoWhyVi);
        if (!Said(rule.Why.En, LongestWhy)) refusals.Add(RuleRefusal.NoWhyEn);
        if (!Said(reason, LongestReason)) refusals.Add(RuleRefusal.NoReason);
        return refusals.ToImmutable();
    }

    /// <summary>Why a rule cannot be tried on the past: as <see cref="Propose"/>, without what only the book asks for.</summary>
    public static ImmutableArray<RuleRefusal> Try(
        JudgementRule rule, IReadOnlyDictionary<string, Form> forms, IReadOnlyDictionary<string, Indicator> indicators, Sight reader)
    {
        if (!forms.TryGetValue(rule.Form, out var form)) return [RuleRefusal.UnknownForm];
        var columns = form.Indicators.Where(c => IsSeen(c.Code)).ToDictionary(c => c.Code, StringComparer.Ordinal);
        var refusals = ImmutableArray.CreateBuilder<RuleRefusal>();
        if (!rule.Indicators.All(columns.ContainsKey)) refusals.Add(RuleRefusal.UnknownIndicator);
        // A rule over every column tells of those too that its proposer may not read.
        else if (rule.Indicators.IsEmpty && columns.Count < form.Indicators.Length) refusals.Add(RuleRefusal.HiddenColumns);
        else if (NeedsOneIndicator(rule.Kind) && rule.Indicators.Length != 1) refusals.Add(RuleRefusal.NotOneIndicator);
        else if (!rule.Areas.All(a => columns.Values.Any(c => (rule.Indicators.IsEmpty || rule.Indicators.Contains(c.Code)) && c.Areas.Contains(a)))) refusals.Add(RuleRefusal.UnknownArea);
        if (!Limited(rule)) refusals.Add(RuleRefusal.WrongLimits);
        if (!Compared(rule, form, columns, indicators, IsSeen)) refusals.Add(RuleRefusal.WrongComparison);
        else if (rule.Kind == RuleKind.EqualAcrossForms && !Sight.Of(form.Agency, [], default).Sees(indicators[rule.Against[0]])) refusals.Add(RuleRefusal.HiddenFromSender);
        if (refusals.Count == 0 && RuleBook.Only(rule, form, indicators).IsEmpty) refusals.Add(RuleRefusal.ComparesNothing);
        return refusals.ToImmutable();

        bool IsSeen(string code) => indicators.TryGetValue(code, out var indicator) && reader.Sees(indicator);
    }

    /// <summary>Null when the rule may be put into the state.</summary>
    public static RuleRefusal? Switch(BookedRule? rule, RuleState state, string reason)
    {
        if (rule is null) return RuleRefusal.UnknownRule;
        if (rule.State == state) return RuleRefusal.AlreadySo;
        return Said(reason, LongestReason) ? null : RuleRefusal.NoReason;
    }

    /// <summary>Whether such a rule is about one column: a column has one whole, one set of parts or one counterpart.</summary>
    public static bool NeedsOneIndicator(RuleKind kind) => kind is RuleKind.IndicatorSum or RuleKind.PartOfWhole or RuleKind.EqualAcrossForms;

    private static bool Limited(JudgementRule rule) => rule.Kind switch
    {
        RuleKind.Range => (rule.Limits.Least ?? rule.Limits.Most) is not null && !(rule.Limits.Least > rule.Limits.Most),
        RuleKind.Precision => rule.Limits.Decimals is >= 0 and <= CellText.MostDigits,
        RuleKind.PreviousChange or RuleKind.YearAgoChange =>
            rule.Limits.Absolute >= 0 && (rule.Limits.Relative is > 0 || (rule.Limits.Relative is null && rule.Limits.Absolute > 0)),
        _ => rule.Limits.Absolute >= 0,
    };

    private static bool Compared(
        JudgementRule rule, Form form, Dictionary<string, FormIndicator> columns, IReadOnlyDictionary<string, Indicator> indicators, Func<string, bool> isSeen) => rule.Kind switch
    {
        RuleKind.IndicatorSum => !rule.Against.IsEmpty && AreOthers(rule) && rule.Against.All(columns.ContainsKey),
        RuleKind.PartOfWhole => rule.Against.Length == 1 && AreOthers(rule) && columns.ContainsKey(rule.Against[0]),
        RuleKind.EqualAcrossForms => rule.Against.Length == 1 && isSeen(rule.Against[0]) && form.Indicators.All(c => c.Code != rule.Against[0])
            && !indicators[rule.Against[0]].Rhythm.IsStreamed(),
        _ => rule.Against.IsEmpty,
    };

    private static bool AreOthers(JudgementRule rule) => !rule.Against.Any(rule.Indicators.Contains) && rule.Against.Distinct(StringComparer.Ordinal).Count() == rule.Against.Length;

    private static bool Said(string? text, int longest) => CellText.TryNote(text, out var kept) && kept is not null && kept.Length <= longest;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex CodePattern();
}
