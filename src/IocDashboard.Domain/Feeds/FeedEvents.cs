using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Feeds;

/// <summary>One measured value. Its identity is feed, indicator, area and <see cref="At"/> (UTC).</summary>
public sealed record Measurement(string Indicator, string Area, DateTimeOffset At, decimal Value);

/// <summary>One accepted call, or several that were committed together. The stream is one feed and one day: FEED/2026-11-23.</summary>
public sealed record MeasurementsReceived(string Feed, ImmutableArray<Measurement> Measurements, string By, DateTimeOffset ReceivedAt)
{
    /// <summary>Its source was trusted: the measurements are verified by rule (<see cref="FeedTrust"/>). Written only where it is so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool VerifiedByRule { get; init; }
}

/// <summary>Dated at the instant its rule was broken.</summary>
public sealed record FeedFellLate(string Feed, DateTimeOffset At, DateTimeOffset FoundAt);

public sealed record FeedWasLost(string Feed, DateTimeOffset At, DateTimeOffset FoundAt);

public sealed record FeedResumed(string Feed, DateTimeOffset At);

/// <summary>
/// A window in which the source is silent on purpose, as it was stated at <see cref="At"/>. It holds from <see cref="From"/> and ends
/// by itself at <see cref="Until"/>: both follow from this event, and no other is written when they come.
/// </summary>
public sealed record FeedPaused(string Feed, DateTimeOffset From, DateTimeOffset Until, PauseKind Kind, string Reason, string By, DateTimeOffset At)
{
    /// <summary>A planned stop that was announced later than 7 working days before; judged once, by the calendar of that day.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ShortNotice { get; init; }
}

/// <summary>The window was ended before its time, was taken back before it began, or gave way to a later one.</summary>
public sealed record FeedPauseEnded(string Feed, string By, DateTimeOffset At);

public enum FeedState { Live, Late, Lost, Paused }
