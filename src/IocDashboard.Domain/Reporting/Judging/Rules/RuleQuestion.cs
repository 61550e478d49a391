namespace IocDashboard.Domain.Reporting;

/// <summary>What one message is judged by beyond the catalogue: the form's rules, and the figures that they compare with.</summary>
/// <param name="Known">A figure beyond the message; null where there is none.</param>
public sealed record RuleQuestion(FormRules Rules, ReportingPeriod Period, Func<RuleFigure, decimal?> Known);

/// <summary>The past that a message is judged beside. Every part may be absent.</summary>
/// <param name="Values">Earlier values of (indicator, area), oldest first.</param>
/// <param name="Season">Null for a cell whose series has less than two years, or no seasons.</param>
/// <param name="Rules">Null where no rule of the form is on.</param>
public sealed record SubmissionPast(
    Func<string, string, IReadOnlyList<decimal>> Values, Func<string, string, SeasonalPast?>? Season = null, RuleQuestion? Rules = null);
