using System.Globalization;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>Tells whether a job does what its schedule says. Pure: all that it knows is handed in.</summary>
public static class JobJudge
{
    /// <summary>So many intervals without a firing, and the time beside them that a node may take to die and another to find it dead.</summary>
    private const int Intervals = 3;
    private static readonly TimeSpan Handover = TimeSpan.FromMinutes(2);

    /// <summary>A job of every second may fail three times within a wink.</summary>
    public const int Failures = 3;
    public static readonly TimeSpan FailingFor = TimeSpan.FromSeconds(30);

    /// <param name="trigger">Null when the store has none.</param>
    /// <param name="watchedSince">
    /// Since when this node has looked without a gap. What was before counts for nothing: after a start or a pause of the machine a job
    /// has the time again that it always has.
    /// </param>
    public static JobProblem? Judge(JobPlan plan, JobRecord? last, RunningJob? running, JobTrigger? trigger, DateTimeOffset watchedSince, DateTimeOffset now)
    {
        if (running is not null && now - Later(running.Since, watchedSince) > plan.Limit) return new(JobFault.Stuck, running.Node, running.Since);
        if (running is null && trigger is { IsHalted: true }) return new(JobFault.Halted, null, trigger.FiredAt);
        var fired = Later(Later(trigger?.FiredAt, trigger?.StartsAt), last?.StartedAt);
        if (running is null && now - Later(fired, watchedSince) > (plan.Interval * Intervals) + Handover) return new(JobFault.Silent, null, fired);
        return last is { Failures: >= Failures, FailingSince: { } since } && now - since >= FailingFor ? new(JobFault.Failing, last.Node, since, last.Failures) : null;
    }

    /// <summary>For <c>/readyz</c>: one line, without what was thrown, for anybody may read it.</summary>
    public static string Say(JobPlan plan, JobProblem problem, DateTimeOffset now) => problem.Fault switch
    {
        JobFault.Stuck => string.Create(CultureInfo.InvariantCulture, $"{plan.Name} is stuck: has run for {Words(now - problem.Since!.Value)}, its limit is {Words(plan.Limit)}"),
        JobFault.Halted => $"{plan.Name} is halted in the scheduler's store and is not fired",
        JobFault.Silent => string.Create(CultureInfo.InvariantCulture, $"{plan.Name} is silent: is to run every {Words(plan.Interval)}, {(problem.Since is { } fired ? $"last ran {Words(now - fired)} ago" : "never ran")}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{plan.Name} fails: {problem.Count} times in a row, for {Words(now - problem.Since!.Value)}"),
    };

    private static DateTimeOffset Later(DateTimeOffset? a, DateTimeOffset b) => a is { } at && at > b ? at : b;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => b is { } at ? Later(a, at) : a;

    private static string Words(TimeSpan time) => time.TotalSeconds < 120
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : time.TotalHours < 2 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0} min") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0} h");
}
