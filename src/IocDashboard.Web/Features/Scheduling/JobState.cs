namespace IocDashboard.Web.Features.Scheduling;

/// <summary>A node's name in the scheduler's store: its machine, and by what its present start differs from others.</summary>
public static class JobNode
{
    public const char Separator = '/';

    public static string Machine(string node) => node.LastIndexOf(Separator) is > 0 and var end ? node[..end] : node;
}

/// <summary>A run that is under way.</summary>
public sealed record RunningJob(string Node, DateTimeOffset Since);

/// <summary>What the scheduler's store says of the trigger that fires a job at its interval.</summary>
/// <param name="FiredAt">When it last did; null until it has, since the schedule was last put into the store.</param>
/// <param name="StartsAt">From when it is to fire.</param>
/// <param name="IsHalted">It was paused, or its job could not be made: it will not fire again by itself.</param>
public sealed record JobTrigger(DateTimeOffset? FiredAt, DateTimeOffset StartsAt, bool IsHalted);

/// <summary>How a job stands now, on whatever node.</summary>
/// <param name="Last">Its last run; null before the first has ended.</param>
/// <param name="NextAt">When it is to run next; null while nothing is to fire it.</param>
/// <param name="Attempt">Which attempt after a failure that is, or 0.</param>
public sealed record JobState(JobPlan Plan, JobRecord? Last, RunningJob? Running, DateTimeOffset? NextAt, int Attempt, JobProblem? Problem);

/// <summary>Stuck: runs beyond its limit. Silent: not fired for several intervals. Halted: will not be fired. Failing: failed several times in a row.</summary>
public enum JobFault { Stuck, Silent, Halted, Failing }

/// <param name="Node">The node whose runs they are; null when no node fires the job.</param>
/// <param name="Since">The run's start, the last firing, or the first failure.</param>
/// <param name="Count">Failures in a row.</param>
public sealed record JobProblem(JobFault Fault, string? Node, DateTimeOffset? Since, int Count = 0);
