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
    /// <summary>A feed counts from its registration: one that never speaks becomes late and lost like any other.</summary>
    public static FeedHealth Registered(string feed, StreamRule rule, DateTimeOffset at) =>
        new(feed, FeedState.Live, null, null, rule.LateAt(at), rule.LostAt(at), at.ToUniversalTime());

    /// <summary>
    /// How it is heard at an instant, by the instants of its own rule, whether or not a sweep has found it yet: what every screen and
    /// the public interface say. One that never sent anything is not heard, whatever time its rule still gives it.
    /// </summary>
    public FeedHealth At(DateTimeOffset now) => this switch
    {
        { State: FeedState.Paused } => this,
        { LastAt: null } => this with { State = FeedState.Lost },
        _ => FeedDecider.FallSilent(this, now).Health,
    };

    public FeedHealth Apply(FeedFellLate late) => this with { State = FeedState.Late, Since = late.At };

    public FeedHealth Apply(FeedWasLost lost) => this with { State = FeedState.Lost, Since = lost.At };

    public FeedHealth Apply(FeedResumed resumed) => this with { State = FeedState.Live, Since = resumed.At };

    public FeedHealth Apply(MeasurementsReceived received, StreamRule rule)
    {
        var newest = LastAt ?? DateTimeOffset.MinValue;
        foreach (var measurement in received.Measurements)
            if (measurement.At > newest) newest = measurement.At;

        var heard = this with { LastReceivedAt = received.ReceivedAt };
        return newest > (LastAt ?? DateTimeOffset.MinValue)
            ? heard with { LastAt = newest, LateAt = rule.LateAt(newest), LostAt = rule.LostAt(newest) }
            : heard;
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

    /// <summary>What silence until now amounts to. A paused feed is silent on purpose.</summary>
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
