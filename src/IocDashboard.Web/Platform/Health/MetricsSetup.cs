using System.Diagnostics.Metrics;
using IocDashboard.Web.Platform.Access;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace IocDashboard.Web.Platform.Health;

/// <summary><c>/metrics</c> for Prometheus: requests, connections, the runtime, the database pool and the centre's own meter.</summary>
internal static class MetricsSetup
{
    private static readonly double[] Seconds = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];

    public static void AddMetricsExport(this IServiceCollection services) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService("IocDashboard", serviceVersion: BuildInfo.Release))
        .WithMetrics(metrics => metrics
            .AddMeter("IocDashboard", "Npgsql", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "Microsoft.AspNetCore.RateLimiting")
            .AddView(instrument => instrument is { Meter.Name: "IocDashboard", Unit: "s" } and Histogram<double> ? new ExplicitBucketHistogramConfiguration { Boundaries = Seconds } : null)
            .AddPrometheusExporter());

    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics").RequireAuthorization(Policies.Public).DisableRateLimiting();
}
