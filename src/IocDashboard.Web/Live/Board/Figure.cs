using System.Collections.Immutable;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Live.Board;

/// <summary>
/// How old a figure is against its own rhythm. <c>Fresh</c>; <c>Due</c>: the next one is due soon; <c>Late</c>: it did not come
/// by its deadline (hatched); <c>Lost</c>: a stream has been silent beyond its rule (grey, struck through);
/// <c>Missing</c>: nothing was ever reported, or a whole further period has passed unreported (—, never 0).
/// </summary>
public enum AgeClass { Fresh, Due, Late, Lost, Missing }

/// <summary>
/// The current figure of one series with all that a screen shows around it. Immutable; built once when it changes,
/// by the tail or by an as-of read, never in a render.
/// </summary>
public sealed record Figure
{
    public required int SeriesId { get; init; }
    public required Indicator Indicator { get; init; }
    public required Area Area { get; init; }
    public required Agency Agency { get; init; }

    /// <summary>The period of a reported figure; null for a measurement and for a series that has never had a value.</summary>
    public ReportingPeriod? Period { get; init; }

    /// <summary>First instant of the period, or the instant of the measurement; null when nothing was ever received.</summary>
    public DateTimeOffset? TimeKey { get; init; }
    public decimal? Value { get; init; }
    public ObservationStatus Status { get; init; } = ObservationStatus.Missing;
    public VerificationState Verification { get; init; }
    public int Revision { get; init; }
    public long Seq { get; init; }

    /// <summary>When this revision was recorded. Verifying or returning it later leaves it: no figure grows younger by being looked at.</summary>
    public DateTimeOffset? RecordedAt { get; init; }
    public string? Note { get; init; }

    /// <summary>Oldest first, the current value last.</summary>
    public ImmutableArray<SeriesPoint> Recent { get; init; } = [];
    public decimal? PreviousValue { get; init; }
    public decimal? YearAgoValue { get; init; }

    /// <summary>First day of the version of the series that the figure is of; figures before it mean something else and are not compared. Null: it never broke.</summary>
    public DateOnly? SeriesFrom { get; init; }
    public Severity Severity { get; init; }

    /// <summary>When the next figure of this series is due; null when unknown. From it, <see cref="AgeAt"/> is a comparison.</summary>
    public DateTimeOffset? NextDueAt { get; init; }

    /// <summary>From here on the next figure counts as due soon.</summary>
    public DateTimeOffset? DueSoonAt { get; init; }

    /// <summary>From here on a stream is lost, a reported figure missing.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>On a board of verified figures alone: there is a figure, and nobody has verified it.</summary>
    public bool IsWithheld { get; init; }

    /// <summary>What the age on a screen counts from: the measurement's instant, or when the report was recorded.</summary>
    public DateTimeOffset? AgeFrom => Indicator.Rhythm.IsStreamed() ? TimeKey : RecordedAt;

    public AgeClass AgeAt(DateTimeOffset now) => this switch
    {
        { TimeKey: null } => AgeClass.Missing,
        { GoneAt: { } gone } when now >= gone => Indicator.Rhythm.IsStreamed() ? AgeClass.Lost : AgeClass.Missing,
        { NextDueAt: { } due } when now >= due => AgeClass.Late,
        { DueSoonAt: { } soon } when now >= soon => AgeClass.Due,
        _ => AgeClass.Fresh,
    };
}
