namespace IocDashboard.Domain.Reporting;

/// <summary>Whether a figure violates a rule: arithmetic alone, without knowing whose figure it is.</summary>
public static class RuleComparison
{
    /// <summary>The code of the public contract that names a violation of this kind.</summary>
    public static string CodeOf(RuleKind kind) => kind switch
    {
        RuleKind.Range => JudgementCodes.RuleRange,
        RuleKind.Precision => JudgementCodes.RulePrecision,
        RuleKind.PreviousChange or RuleKind.YearAgoChange => JudgementCodes.ChangeTooLarge,
        RuleKind.IndicatorSum or RuleKind.AreaSum => JudgementCodes.SumMismatch,
        RuleKind.PartOfWhole => JudgementCodes.PartOverWhole,
        RuleKind.CumulativeNeverFalls => JudgementCodes.CumulativeFell,
        RuleKind.EqualAcrossForms => JudgementCodes.DiffersFromForm,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <param name="compared">The figures that the rule compares with; none of them is unknown.</param>
    /// <returns>What the figure should have kept to, when it does not; null when it does.</returns>
    public static decimal? Broken(JudgementRule rule, decimal value, ReadOnlySpan<decimal> compared)
    {
        try
        {
            return rule.Kind switch
            {
                RuleKind.Range => value < rule.Limits.Least ? rule.Limits.Least : value > rule.Limits.Most ? rule.Limits.Most : null,
                RuleKind.Precision => decimal.Round(value, rule.Limits.Decimals ?? 0) == value ? null : rule.Limits.Decimals ?? 0,
                RuleKind.PreviousChange or RuleKind.YearAgoChange => IsTooLarge(rule.Limits, value, compared[0]) ? compared[0] : null,
                RuleKind.PartOfWhole => value > compared[0] + rule.Limits.Absolute ? compared[0] : null,
                RuleKind.CumulativeNeverFalls => value < compared[0] - rule.Limits.Absolute ? compared[0] : null,
                RuleKind.IndicatorSum or RuleKind.AreaSum => Unequal(rule.Limits, value, SumOf(compared)),
                RuleKind.EqualAcrossForms => Unequal(rule.Limits, value, compared[0]),
                _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Kind, null),
            };
        }
        catch (OverflowException)
        {
            // Figures of 28 digits, whose sum no decimal holds, are not compared.
            return null;
        }
    }

    private static bool IsTooLarge(RuleLimits limits, decimal value, decimal before)
    {
        var change = Math.Abs(value - before);
        return change > limits.Absolute && (limits.Relative is not { } share || change > share * Math.Abs(before));
    }

    private static decimal? Unequal(RuleLimits limits, decimal value, decimal expected) =>
        Math.Abs(value - expected) > limits.Absolute ? expected : null;

    private static decimal SumOf(ReadOnlySpan<decimal> parts)
    {
        var sum = 0m;
        foreach (var part in parts) sum += part;
        return sum;
    }
}
