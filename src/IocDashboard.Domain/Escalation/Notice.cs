using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Escalation;

/// <summary>What became of a step when its instant came.</summary>
public enum StepOutcome
{
    /// <summary>Somebody was told.</summary>
    Told,

    /// <summary>The report had arrived, was locked or excused, or somebody followed it in person: nobody needed to be told.</summary>
    NotNeeded,

    /// <summary>After a pause several steps were due at once; a higher one was told.</summary>
    Superseded,
}

/// <summary>Why somebody is told: automatic before the deadline, or after it; because a person urges; because sources of measurements were lost.</summary>
public enum NoticeKind { Reminder, Escalation, Urging, SignalLost }

public enum NoticeChannel { Inbox, Email, Webhook }

/// <summary>One report in a notice; or one source that was lost.</summary>
/// <param name="Report">Its key, FORM/AGENCY/PERIOD; empty of a source.</param>
/// <param name="Step">Empty of a source.</param>
/// <param name="DueAt">Of a source: when its rule was broken.</param>
/// <param name="At">The step's instant (UTC).</param>
/// <param name="IsMissed">The step was taken more than an hour after its instant: the centre had been away.</param>
public sealed record NoticeItem(string Report, string Step, DateTimeOffset DueAt, DateTimeOffset At, bool IsMissed)
{
    /// <summary>Code of the source; null of a report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Feed { get; init; }

    /// <summary>The source's newest measurement; null when it never sent any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastAt { get; init; }

    public static NoticeItem OfSource(string feed, DateTimeOffset lostAt, DateTimeOffset? lastAt) =>
        new("", "", lostAt, lostAt, IsMissed: false) { Feed = feed, LastAt = lastAt };
}

/// <summary>A step that is due, of a report as it stands.</summary>
public sealed record DueStep(string Report, string Agency, DateTimeOffset DueAt, bool IsOwed, string Step, DateTimeOffset At, ImmutableArray<Audience> To)
{
    public StepMeans Means { get; init; } = StepMeans.Usual;
}

/// <summary>What is told to one reader: the people <paramref name="To"/> of one agency, about reports or sources of one agency.</summary>
public sealed record Telling(NoticeKind Kind, string Agency, string Reader, ImmutableArray<Audience> To, ImmutableArray<NoticeItem> Items, StepMeans Means);

/// <summary>
/// What to do about steps that are due: each report tells by the highest step of each of its clocks, each reader is told once of what is told in the same words.
/// </summary>
public static class EscalationDecider
{
    private static readonly TimeSpan Missed = TimeSpan.FromHours(1);

    public static (ImmutableArray<(DueStep Step, StepOutcome Outcome)> Outcomes, ImmutableArray<Telling> Tellings) Decide(
        IReadOnlyCollection<DueStep> due, Func<Audience, string, string> readerOf, DateTimeOffset now)
    {
        // The highest of those that are owed, by each of its clocks: a report that was sent back may have a step of its ladder come due that is over.
        var outcomes = due.GroupBy(s => (s.Report, LadderRules.ClockOf(s.Step))).SelectMany(report => report.Where(s => s.IsOwed).OrderByDescending(s => s.At)
            .Select((step, i) => (Step: step, Outcome: i == 0 ? StepOutcome.Told : StepOutcome.Superseded))
            .Concat(report.Where(s => !s.IsOwed).Select(step => (Step: step, Outcome: StepOutcome.NotNeeded)))).ToImmutableArray();
        var tellings = outcomes.Where(o => o.Outcome == StepOutcome.Told)
            .SelectMany(o => o.Step.To.Select(to => (o.Step, To: to, Reader: readerOf(to, o.Step.Agency), Kind: o.Step.At < o.Step.DueAt ? NoticeKind.Reminder : NoticeKind.Escalation)))
            .GroupBy(t => (t.Kind, t.Step.Agency, t.Reader, t.Step.Means))
            .Select(t => new Telling(
                t.Key.Kind, t.Key.Agency, t.Key.Reader, [.. t.Select(x => x.To).Distinct().Order()],
                [.. t.Select(x => x.Step).Distinct().OrderBy(s => s.DueAt).ThenBy(s => s.Report, StringComparer.Ordinal).Select(s => new NoticeItem(s.Report, s.Step, s.DueAt, s.At, now - s.At > Missed))],
                t.Key.Means))
            .ToImmutableArray();
        return (outcomes, tellings);
    }
}
