namespace IocDashboard.Web.Features.Scheduling;

/// <summary>What the schedule says of one job. Each is registered as a singleton, beside the job.</summary>
/// <param name="Name">As in the scheduler's store, the log, the metrics and the texts: <c>send-letters</c>.</param>
/// <param name="Interval">From one firing to the next.</param>
/// <param name="Limit">A run that takes longer is stuck.</param>
public sealed record JobPlan(string Name, TimeSpan Interval, TimeSpan Limit);
