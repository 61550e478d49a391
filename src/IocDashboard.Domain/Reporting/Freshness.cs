using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>
/// The instants (UTC) at which a figure changes its age class: the next one is due soon, is due, or has stayed out so
/// long that the figure no longer speaks for the present. Null where there is none.
/// </summary>
public sealed record FreshnessLimits(DateTimeOffset? DueSoonAt, DateTimeOffset? NextDueAt, DateTimeOffset? GoneAt)
{
    public static readonly FreshnessLimits None = new(null, null, null);
}

/// <summary>
/// How long a figure stays fresh by its indicator's own rule. A stream is late by its rule and lost at four times it.
/// A reported figure is late once the next period's figure was due, and missing once a further one was due as well.
/// </summary>
public static class Freshness
{
    /// <param name="keptEvery">How far apart a stream's measurements were kept, where that is coarser than its rule (<see cref="StreamRule.KeptEvery"/>).</param>
    public static FreshnessLimits Of(
        Indicator indicator, DateTimeOffset? timeKey, ReportingPeriod? period, WorkingCalendar calendar, ProvinceTime time, TimeSpan keptEvery = default)
    {
        if (timeKey is not { } key) return FreshnessLimits.None;
        var rule = DeadlineRule.Parse(indicator.DeadlineRule);
        if (rule is StreamRule own)
        {
            var stream = own.KeptEvery(keptEvery);
            return new(null, stream.LateAt(key), stream.LostAt(key));
        }

        var next = (period ?? ReportingPeriod.Containing(indicator.Rhythm, time.DayOf(key))).Next;
        var dueAt = rule.DueAt(next, calendar, time);

        // Days off push several daily figures to one deadline (Saturday's and Sunday's are both due on Monday);
        // the figure is late from there and missing only from the deadline after.
        DateTimeOffset goneAt;
        do
        {
            next = next.Next;
            goneAt = rule.DueAt(next, calendar, time);
        }
        while (goneAt <= dueAt);

        return new(ReportSchedule.DueSoonAt(indicator.Rhythm, dueAt), dueAt, goneAt);
    }
}
