using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Database;
using Npgsql;
using Quartz;

namespace IocDashboard.Web.Platform.Health;

/// <summary><c>/healthz</c>: the process answers. <c>/readyz</c>: all that it needs answers too, or 503 and what does not. <c>/version</c>: which build.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static void AddReadiness(this IServiceCollection services)
    {
        services.AddSingleton(new ReadinessCheck("database", DatabaseProblem));
        services.AddSingleton(new ReadinessCheck("schema", SchemaProblem));
        services.AddSingleton(new ReadinessCheck("scheduler", SchedulerProblem));
    }

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Json(new { status = "alive" })).RequireAuthorization(Policies.Public).DisableRateLimiting().ExcludeFromDescription();
        routes.MapGet("/readyz", Ready).RequireAuthorization(Policies.Public).DisableRateLimiting().ExcludeFromDescription();
        routes.MapGet("/version", () => Results.Json(new { version = BuildInfo.Release, build = BuildInfo.Version, schema = DatabaseMigrator.CurrentVersion }))
            .RequireAuthorization(Policies.Public).DisableRateLimiting().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(IEnumerable<ReadinessCheck> checks, IServiceProvider services, HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var results = await Task.WhenAll(checks.Select(check => RunAsync(check, services, http.RequestAborted)));
        var ready = results.All(r => r.Ready);
        return Results.Json(new { status = ready ? "ready" : "notReady", checks = results }, statusCode: ready ? 200 : 503);
    }

    internal static async Task<CheckResult> RunAsync(ReadinessCheck check, IServiceProvider services, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Limit);
        try
        {
            var problem = await check.Problem(services, limit.Token).WaitAsync(limit.Token);
            return new CheckResult(check.Name, problem is null, problem);
        }
        catch (Exception e)
        {
            return new CheckResult(check.Name, Ready: false, e is OperationCanceledException ? $"no answer within {Limit.TotalSeconds:0} s" : e.GetType().Name);
        }
    }

    private static async Task<string?> DatabaseProblem(IServiceProvider services, CancellationToken cancellation)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand("select 1");
        await command.ExecuteScalarAsync(cancellation);
        return null;
    }

    private static async Task<string?> SchemaProblem(IServiceProvider services, CancellationToken cancellation)
    {
        var found = await services.GetRequiredService<DatabaseMigrator>().VersionAsync(cancellation);
        return found == DatabaseMigrator.CurrentVersion ? null : $"version {found}, this build has {DatabaseMigrator.CurrentVersion}";
    }

    private static async Task<string?> SchedulerProblem(IServiceProvider services, CancellationToken cancellation)
    {
        var scheduler = await services.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellation);
        return scheduler.Status == SchedulerStatus.Running ? null : scheduler.Status.ToString();
    }

    internal sealed record CheckResult(string Name, bool Ready, string? Detail);
}
