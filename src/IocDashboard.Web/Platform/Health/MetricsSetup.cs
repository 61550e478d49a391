using IocDashboard.Web.Platform.Access;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace IocDashboard.Web.Platform.Health;

/// <summary><c>/metrics</c> for Prometheus: requests, connections, the runtime, the database pool and the centre's own meter.</summary>
internal static class MetricsSetup
{
    public static void AddMetricsExport(this IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("IocDashboard", serviceVersion: BuildInfo.Release))
        .WithMetrics(metrics => metrics
            .AddMeter("IocDashboard", "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections")
            .AddPrometheusExporter());

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policies.Public);
}
