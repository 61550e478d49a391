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
    public const string PeriodLocked = "period-locked";
    public const string NotSubmitted = "not-submitted";
    public const string RevisionSuperseded = "revision-superseded";
    public const string MissingReason = "missing-reason";

    /// <summary>A warning, never an error: a person decides.</summary>
    public const string Outlier = "outlier";
}
