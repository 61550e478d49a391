namespace IocDashboard.Domain.Reporting;

/// <summary>The codes of the public contract; each has a text in resources.</summary>
public static class JudgementCodes
{
    public const string UnknownIndicator = "unknown-indicator";
    public const string IndicatorNotInForm = "indicator-not-in-form";
    public const string IndicatorNotInFeed = "indicator-not-in-feed";
    public const string UnknownArea = "unknown-area";
    public const string DuplicateValue = "duplicate-value";
    public const string OutOfRange = "out-of-range";
    public const string BadPrecision = "bad-precision";
    public const string UnknownStatus = "unknown-status";
    public const string MissingNote = "missing-note";
    public const string BadNote = "bad-note";
    public const string MissingValue = "missing-value";
    public const string NoValues = "no-values";
    public const string ValueRequired = "value-required";
    public const string ValueNotAllowed = "value-not-allowed";
    public const string TooManyValues = "too-many-values";
    public const string UnreadableNumber = "unreadable-number";
    public const string AmbiguousNumber = "ambiguous-number";
    public const string BadTime = "bad-time";
    public const string TooOld = "too-old";
    public const string InFuture = "in-future";
    public const string PeriodNotOpen = "period-not-open";
    public const string FuturePeriod = "future-period";
    public const string FutureSource = "future-source";
    public const string PeriodLocked = "period-locked";
    public const string NotSubmitted = "not-submitted";
    public const string RevisionSuperseded = "revision-superseded";
    public const string MissingReason = "missing-reason";

    /// <summary>A warning, never an error: a person decides.</summary>
    public const string Outlier = "outlier";

    // Violations of rules: errors or warnings, as the rule says. Arguments: indicator, area, value, what it should have kept to,
    // the rule's code, and why in Vietnamese and in English.
    public const string RuleRange = "rule-range";
    public const string RulePrecision = "rule-precision";
    public const string ChangeTooLarge = "change-too-large";
    public const string SumMismatch = "sum-mismatch";
    public const string PartOverWhole = "part-over-whole";
    public const string CumulativeFell = "cumulative-fell";
    public const string DiffersFromForm = "differs-from-form";

    /// <summary>A violation that a note in the cell would let pass.</summary>
    public const string CommentRequired = "comment-required";

    /// <summary>Whether an error or warning of this code comes from a rule.</summary>
    public static bool IsOfRule(string code) =>
        code is RuleRange or RulePrecision or ChangeTooLarge or SumMismatch or PartOverWhole or CumulativeFell or DiffersFromForm or CommentRequired;
}
