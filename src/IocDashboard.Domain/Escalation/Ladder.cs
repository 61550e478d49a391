using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Escalation;

/// <summary>Whom a step of the ladder turns to: people of the agency that owes the report, or of the bodies that urge it (articles 4.2, 6.1, 9.3).</summary>
public enum Audience { FocalPoint, Reporters, Head, Centre, Office, Leadership }

/// <summary>
/// One step: when, reckoned from the deadline, and whom it tells. The steps of a ladder are distinct by their code, which stays when a
/// step's time or audience is changed.
/// </summary>
/// <param name="WorkingDays">From the day of the deadline, by the agency's working calendar: −2 is two working days before it, 0 the day itself, 3 three after.</param>
/// <param name="At">Time of day in the province; null: the deadline's own.</param>
public sealed record LadderStep(string Code, int WorkingDays, TimeOnly? At, ImmutableArray<Audience> To)
{
    public const int Earliest = -30, Latest = 120;

    /// <summary>By which ways it tells beside the inbox, and in which words.</summary>
    public StepMeans Means { get; init; } = StepMeans.Usual;

    /// <summary>The instant (UTC) at which the step is taken for a report with that deadline.</summary>
    public DateTimeOffset InstantFor(DateTimeOffset dueAt, WorkingCalendar calendar, ProvinceTime time)
    {
        if (WorkingDays == 0 && At is null) return dueAt;
        var due = time.DayOf(dueAt);
        var day = WorkingDays switch
        {
            > 0 => calendar.AddWorkingDays(due, WorkingDays),
            < 0 => calendar.SubtractWorkingDays(due, -WorkingDays),
            _ => due,
        };
        return time.At(day, At ?? TimeOnly.FromDateTime(time.Local(dueAt).DateTime));
    }

    /// <summary>Before the deadline it reminds, from there on it escalates.</summary>
    public bool IsReminder(DateTimeOffset dueAt, DateTimeOffset instant) => instant < dueAt;
}

/// <summary>When nobody is written to: what falls into it waits for its end.</summary>
/// <param name="From">Time of day in the province at which an office falls quiet; later than <paramref name="Until"/>.</param>
/// <param name="WorkingDaysOnly">Days off are quiet as a whole.</param>
public sealed record QuietHours(TimeOnly From, TimeOnly Until, bool WorkingDaysOnly)
{
    public static readonly QuietHours Usual = new(new(18, 0), new(7, 0), WorkingDaysOnly: true);

    /// <summary>The instant itself, or the first after it that is not quiet.</summary>
    public DateTimeOffset FirstAfter(DateTimeOffset instant, WorkingCalendar calendar, ProvinceTime time)
    {
        var local = time.Local(instant);
        var (day, clock) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        var isDay = !WorkingDaysOnly || calendar.IsWorkingDay(day);
        if (isDay && clock >= Until && clock < From) return instant;
        if (!isDay || clock >= From) day = day.AddDays(1);
        if (WorkingDaysOnly) day = calendar.RollForward(day);
        return time.At(day, Until);
    }
}

/// <summary>What happens to a report of one rhythm as its deadline nears and passes.</summary>
public sealed record Ladder(Rhythm Rhythm, ImmutableArray<LadderStep> Steps, QuietHours Quiet)
{
    /// <summary>The steps that a centre begins with; short rhythms have no time for a reminder two days ahead.</summary>
    public static Ladder Usual(Rhythm rhythm) => new(
        rhythm,
        [
            rhythm is Rhythm.Daily or Rhythm.Weekly ? new("remind", 0, new(7, 0), [Audience.FocalPoint]) : new("remind", -2, new(8, 0), [Audience.FocalPoint]),
            new("due", 0, null, [Audience.Reporters, Audience.Head]),
            new("centre", 1, new(8, 30), [Audience.Centre]),
            new("office", 3, new(8, 30), [Audience.Office]),
        ],
        QuietHours.Usual);
}

/// <summary>A step and its instant, for one report.</summary>
public sealed record PlannedStep(LadderStep Step, DateTimeOffset At);

/// <summary>Which steps a report has before it.</summary>
public static class LadderPlan
{
    /// <summary>Those still to come: whoever begins, changes or moves a ladder makes no step happen that was over before.</summary>
    public static ImmutableArray<PlannedStep> Of(Ladder ladder, DateTimeOffset dueAt, WorkingCalendar calendar, ProvinceTime time, DateTimeOffset now) =>
        [.. ladder.Steps.Select(s => new PlannedStep(s, s.InstantFor(dueAt, calendar, time))).Where(s => s.At > now).OrderBy(s => s.At)];
}
