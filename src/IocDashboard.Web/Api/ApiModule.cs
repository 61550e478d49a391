using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Schemas;
using IocDashboard.Web.Api.V1;

namespace IocDashboard.Web.Api;

/// <summary>The public data exchange, version 1. Each set of endpoints is a <c>Map…</c> method of its own file in <c>V1/</c>.</summary>
public static class ApiModule
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddTransient<IStartupFilter, ApiProblemStartupFilter>();
        services.ConfigureHttpJsonOptions(options =>
        {
            // Read by programs, never placed in a page: Vietnamese stays readable.
            options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddReading();
        services.AddOpenApiDocument();
        return services;
    }

    public static IEndpointRouteBuilder MapApi(this IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/api/v1");
        v1.MapSubmissions();
        v1.MapMeasurements();
        v1.MapDataRequests();
        v1.MapSource();
        v1.MapReading();
        v1.MapSchemas();
        routes.MapOpenApiDocument();
        return routes;
    }
}
