namespace IocDashboard.Web.Platform.Health;

/// <summary>One thing without which the centre is not ready. Each folder registers its own as a singleton.</summary>
/// <param name="Name">As in the JSON of <c>/readyz</c>: <c>database</c>, <c>schema</c>, <c>live</c>, <c>scheduler</c>, <c>jobs</c>.</param>
/// <param name="Problem">Null when all is well; else one line in English for the operator, without secrets.</param>
public sealed record ReadinessCheck(string Name, Func<IServiceProvider, CancellationToken, Task<string?>> Problem);
