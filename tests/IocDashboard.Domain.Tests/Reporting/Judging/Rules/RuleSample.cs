using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Judging.Rules;

/// <summary>Rules for <see cref="Sample.Form"/>, and the judging of its cells by them.</summary>
internal static class RuleSample
{
    public static readonly ReportingPeriod Period = ReportingPeriod.Parse("2026-W47");

    public static readonly LocalText Why = new("Vì sao", "Why");

    public static JudgementRule Rule(
        RuleKind kind, ImmutableArray<string> indicators, ImmutableArray<string>? against = null, RuleLimits? limits = null,
        RuleEffect effect = RuleEffect.Block, ImmutableArray<string>? areas = null, string code = "a-rule") =>
        new(code, kind, effect, "SYT-W", indicators, areas ?? [], against ?? [], limits ?? new(), Why);

    public static BookedRule On(JudgementRule rule, DateTimeOffset? since = null, RuleState state = RuleState.On) =>
        new(rule, state, since ?? DateTimeOffset.MinValue, "steward", "vì", "steward", DateTimeOffset.MinValue);

    public static RuleBook Book(params ReadOnlySpan<JudgementRule> rules) => new(rules.ToArray().Select(r => On(r)));

    /// <summary>Judges a draft of these values, in its province unless they say otherwise.</summary>
    public static Judgement Judge(JudgementRule rule, IEnumerable<SubmittedValue> values, Func<RuleFigure, decimal?>? known = null, ReportingPeriod? period = null) =>
        Judge(Book(rule), values, known, period);

    public static Judgement Judge(RuleBook book, IEnumerable<SubmittedValue> values, Func<RuleFigure, decimal?>? known = null, ReportingPeriod? period = null) =>
        SubmissionJudge.Judge(
            Sample.Grid, Sample.Submit(complete: false, values: values.ToArray()),
            new SubmissionPast((_, _) => [], Rules: new(book.Of(Sample.Form, Sample.Indicators), period ?? Period, known ?? (_ => null))));

    public static string[] Found(this IEnumerable<JudgementError> errors) => [.. errors.Select(e => $"{e.Pointer} {e.Code}")];
}
