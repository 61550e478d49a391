using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>One point of a series' recent past: the first instant of its period, or the hour of a stream. Null is a gap and stays one.</summary>
public readonly record struct SeriesPoint(DateTimeOffset Key, decimal? Value);

/// <summary>One value of a series as it was recorded. <see cref="TimeKey"/>: first instant of the period, or the measurement's instant (UTC).</summary>
/// <param name="Rhythm">The letter of the period's rhythm (D W M Q S Y), or I for a measurement.</param>
public sealed record Observed(
    DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, long Seq, DateTimeOffset RecordedAt, string? Note)
{
    public const char Measured = 'I';

    /// <summary>When this revision was recorded: earlier than <see cref="RecordedAt"/> where only its verification changed, which makes no figure younger.</summary>
    public DateTimeOffset ReceivedAt { get; init; } = RecordedAt;
}

/// <summary>
/// The current value of a series and its recent past (<see cref="Recent"/>, oldest first). Live writes, loads of history
/// and as-of reads all build it with <see cref="Fold"/>, so they agree.
/// </summary>
/// <param name="RecordedAt">When anything about it was last recorded; what comes after is never recorded earlier.</param>
/// <param name="ReceivedAt">When its revision was recorded: what its age counts from.</param>
public sealed record SeriesHead(
    DateTimeOffset TimeKey, char Rhythm, int Revision, decimal? Value, ObservationStatus Status,
    VerificationState Verification, long Seq, DateTimeOffset RecordedAt, DateTimeOffset ReceivedAt, string? Note, ImmutableArray<SeriesPoint> Recent)
{
    /// <summary>Points kept: a year of months and two more, or two days of hours and the current one.</summary>
    public const int RecentPeriods = 14, RecentHours = 49;

    /// <summary>
    /// Takes one more value in. <c>IsHead</c>: it is at or after the current head's time and so became the current value;
    /// a late value or a revision of an earlier period only mends the recent past.
    /// </summary>
    public static (SeriesHead Head, bool IsHead) Fold(SeriesHead? current, Observed observed)
    {
        var point = new SeriesPoint(PointKey(observed), observed.Value);
        if (current is null || observed.TimeKey >= current.TimeKey)
        {
            var recent = current is null ? [point] : Put(current.Recent, point, Capacity(observed.Rhythm));
            return (new(observed.TimeKey, observed.Rhythm, observed.Revision, observed.Value, observed.Status,
                observed.Verification, observed.Seq, observed.RecordedAt, observed.ReceivedAt, observed.Note, recent), true);
        }

        // A stream keeps the last value of each hour: one that precedes the head within the head's hour is not it.
        // For an hour already past, the value learnt last stands.
        var isLastOfItsPoint = point.Key != PointKey(current.Rhythm, current.TimeKey);
        return (isLastOfItsPoint ? current with { Recent = Put(current.Recent, point, Capacity(current.Rhythm)) } : current, false);
    }

    private static int Capacity(char rhythm) => rhythm == Observed.Measured ? RecentHours : RecentPeriods;

    private static DateTimeOffset PointKey(Observed observed) => PointKey(observed.Rhythm, observed.TimeKey);

    private static DateTimeOffset PointKey(char rhythm, DateTimeOffset timeKey) => rhythm == Observed.Measured
        ? new DateTimeOffset(timeKey.UtcTicks - (timeKey.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero)
        : timeKey;

    private static ImmutableArray<SeriesPoint> Put(ImmutableArray<SeriesPoint> recent, SeriesPoint point, int capacity)
    {
        var at = recent.Length;
        while (at > 0 && recent[at - 1].Key >= point.Key) at--;
        if (at < recent.Length && recent[at].Key == point.Key) return recent.SetItem(at, point);
        if (recent.Length < capacity) return recent.Insert(at, point);

        // Older than everything kept: nothing to mend.
        var surplus = recent.Length + 1 - capacity;
        if (at < surplus) return recent;

        var kept = ImmutableArray.CreateBuilder<SeriesPoint>(capacity);
        kept.AddRange(recent.AsSpan(surplus, at - surplus));
        kept.Add(point);
        kept.AddRange(recent.AsSpan()[at..]);
        return kept.MoveToImmutable();
    }
}
