using System.Globalization;
using System.Text.Json.Nodes;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace IocDashboard.Web.Api.Description;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c> and the page to read it at <c>/docs/api</c>.</summary>
internal static class OpenApiSetup
{
    private const string Scheme = "token", ProblemName = "Problem";

    public static void AddDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = d => d.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer(DescribeAsync);
        options.AddOperationTransformer(CompleteAsync);
    });

    public static void MapDescription(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.Public);
        routes.MapScalarApiReference("/docs/api", o => o.WithTitle("IocDashboard").WithOpenApiRoutePattern("/openapi/{documentName}.json"))
            .RequireAuthorization(Policies.Public);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "IocDashboard data exchange", Version = "v1",
            Description = "Figures of agencies in, and what the centre knows out. Codes of errors: docs/data-exchange.md.",
        };

        // The document is the same wherever it is served from.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "ioc_…", Description = "A machine key with the scope that the operation names." },
        };
        return Task.CompletedTask;
    }

    private static async Task CompleteAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        foreach (var name in metadata.OfType<QueryParameters>().SelectMany(p => p.Names))
        {
            var (type, format, meaning) = QueryParameters.Meanings[name];
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = meaning,
                Schema = new OpenApiSchema { Type = Enum.Parse<JsonSchemaType>(type, ignoreCase: true), Format = format },
            });
        }

        var policies = metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Select(a => a.Policy).ToList();
        if (policies.Contains(Policies.Public)) return;
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        int[] errors = context.Description.HttpMethod == "POST"
            ? [400, 401, 403, 409, 413, 415, 422, 423, 429, 503]
            : [401, 403, 404, 422, 503];
        if (context.Document!.Components?.Schemas?.ContainsKey(ProblemName) != true)
            context.Document.AddComponent(ProblemName, await context.GetOrCreateSchemaAsync(typeof(ProblemShape), cancellationToken: cancellation));
        operation.Responses ??= [];
        foreach (var status in errors)
        {
            operation.Responses[status.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = ApiTexts.Title(status, CultureInfo.GetCultureInfo("en")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ApiProblem.ContentType] = new() { Schema = new OpenApiSchemaReference(ProblemName, context.Document) } },
            };
        }
    }
}
