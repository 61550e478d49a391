using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Feeds;

/// <summary>How one feed is heard. <see cref="LateAt"/> and <see cref="LostAt"/> are the instants at which silence will break its rule.</summary>
/// <param name="LastAt">The newest measurement's own instant; null: never heard.</param>
/// <param name="LastReceivedAt">When the centre last received anything, new or old.</param>
/// <param name="Since">When the present state began.</param>
public sealed record FeedHealth(
    string Feed, FeedState State, DateTimeOffset? LastAt, DateTimeOffset? LastReceivedAt,
    DateTimeOffset LateAt, DateTimeOffset LostAt, DateTimeOffset Since)
{
    private static readonly ValueList<FeedPause> None = new([]);

    /// <summary>
    /// Windows of silence on purpose that its limits are reckoned with, in the order of time; the last is the one that was stated
    /// last: running, planned or over. <see cref="State"/> is how the feed is heard beneath them.
    /// </summary>
    public ValueList<FeedPause> Pauses { get; init; } = None;

    /// <summary>What <see cref="LateAt"/> would be without <see cref="Pauses"/>; null when there are none.</summary>
    public DateTimeOffset? PlainLateAt { get; init; }

    /// <summary>What <see cref="LostAt"/> would be without <see cref="Pauses"/>; null when there are none.</summary>
    public DateTimeOffset? PlainLostAt { get; init; }

    public FeedPause? Pause => Pauses.Count == 0 ? null : Pauses[^1];

    /// <summary>A feed counts from its registration: one that never speaks becomes late and lost like any other.</summary>
    public static FeedHealth Registered(string feed, StreamRule rule, DateTimeOffset at) =>
        new(feed, FeedState.Live, null, null, rule.LateAt(at), rule.LostAt(at), at.ToUniversalTime());

    /// <summary>
    /// How it is heard at an instant, by the instants of its own rule, whether or not a sweep has found it yet: what every screen and
    /// the public interface say. One that never sent anything is not heard, whatever time its rule still gives it. Within a window it is
    /// paused, whatever it was before, and is that again after it.
    /// </summary>
    public FeedHealth At(DateTimeOffset now)
    {
        if (Pause?.Covers(now) == true) return this with { State = FeedState.Paused, Since = Pause.From };
        var heard = LastAt is null ? this with { State = FeedState.Lost } : FeedDecider.FallSilent(this, now).Health;
        return Pause is { } over && over.IsOver(now) && heard.Since < over.Until ? heard with { Since = over.Until } : heard;
    }

    public FeedHealth Apply(FeedFellLate late) => this with { State = FeedState.Late, Since = late.At };

    public FeedHealth Apply(FeedWasLost lost) => this with { State = FeedState.Lost, Since = lost.At };

    public FeedHealth Apply(FeedResumed resumed) => this with { State = FeedState.Live, Since = resumed.At };

    public FeedHealth Apply(MeasurementsReceived received, StreamRule rule)
    {
        var newest = LastAt ?? DateTimeOffset.MinValue;
        foreach (var measurement in received.Measurements)
            if (measurement.At > newest) newest = measurement.At;

        var heard = this with { LastReceivedAt = received.ReceivedAt };
        if (newest <= (LastAt ?? DateTimeOffset.MinValue)) return heard;
        // A window that the source has spoken after moves its limits no more; the last one still tells since when it is heard.
        var pauses = Pauses.Count < 2 ? Pauses : new(Pauses.Where(p => p == Pause || !p.IsOver(newest)));
        return (heard with { LastAt = newest, Pauses = pauses }).Reckoned(rule, rule.LateAt(newest), rule.LostAt(newest));
    }

    public FeedHealth Apply(FeedPaused paused, StreamRule rule) => Reckoned(rule, new(Pauses.Append(
        new(paused.From, paused.Until, paused.Kind, paused.Reason, paused.By, paused.At, paused.ShortNotice))));

    public FeedHealth Apply(FeedPauseEnded ended, StreamRule rule)
    {
        if (Pause is not { } pause) return this;
        var before = Pauses.Take(Pauses.Count - 1);
        return Reckoned(rule, new(ended.At > pause.From ? before.Append(pause with { Until = ended.At }) : before));
    }

    /// <summary>The limits by another rule, for the silence that is running since <paramref name="from"/>.</summary>
    public FeedHealth Revised(StreamRule rule, DateTimeOffset from) => Reckoned(rule, rule.LateAt(from), rule.LostAt(from));

    private FeedHealth Reckoned(StreamRule rule, ValueList<FeedPause> pauses) =>
        (this with { Pauses = pauses }).Reckoned(rule, PlainLateAt ?? LateAt, PlainLostAt ?? LostAt);

    private FeedHealth Reckoned(StreamRule rule, DateTimeOffset late, DateTimeOffset lost)
    {
        if (Pauses.Count == 0) return this with { LateAt = late, LostAt = lost, PlainLateAt = null, PlainLostAt = null };
        var (movedLate, movedLost) = FeedPause.Move(rule, late, lost, Pauses);
        return this with { LateAt = movedLate, LostAt = movedLost, PlainLateAt = late, PlainLostAt = lost };
    }
}

/// <summary>The state of a feed afterwards and the events to append, in order; no events when nothing follows.</summary>
public sealed record FeedDecision(FeedHealth Health, ImmutableArray<object> Events);

/// <summary>Live → late → lost → resumed. A change is dated at the rule's instant, however late it is found.</summary>
public static class FeedDecider
{
    /// <summary>
    /// Takes accepted measurements in. A silence that they end, and that no sweep has found yet, is recorded first. Only a
    /// measurement recent enough by the rule brings a feed back: a late delivery of old ones does not.
    /// </summary>
    public static FeedDecision Receive(FeedHealth health, MeasurementsReceived received, StreamRule rule)
    {
        if (received.Measurements.IsDefaultOrEmpty) return new(health, []);
        var (before, silence) = FallSilent(health, received.ReceivedAt);
        var after = before.Apply(received, rule);
        if (after.State is not (FeedState.Late or FeedState.Lost) || received.ReceivedAt >= after.LateAt)
            return new(after, [.. silence, received]);

        var resumed = new FeedResumed(health.Feed, received.ReceivedAt);
        return new(after.Apply(resumed), [.. silence, received, resumed]);
    }

    /// <summary>What silence until now amounts to. That of a pause breaks no rule: its limits lie after the window.</summary>
    public static FeedDecision FallSilent(FeedHealth health, DateTimeOffset now)
    {
        var events = ImmutableArray<object>.Empty;
        if (health.State == FeedState.Live && now >= health.LateAt)
        {
            var late = new FeedFellLate(health.Feed, health.LateAt, now);
            health = health.Apply(late);
            events = events.Add(late);
        }

        if (health.State == FeedState.Late && now >= health.LostAt)
        {
            var lost = new FeedWasLost(health.Feed, health.LostAt, now);
            health = health.Apply(lost);
            events = events.Add(lost);
        }

        return new(health, events);
    }
}
