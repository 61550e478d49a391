using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace IocDashboard.Web.Api.Description;

/// <summary>The OpenAPI 3.1 document at <c>/openapi/v1.json</c> and the page that shows it at <c>/docs/api</c>.</summary>
internal static class OpenApiSetup
{
    private const string DocumentName = "v1";
    private const string KeyScheme = "key";

    public static void AddOpenApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        options.AddDocumentTransformer((document, _, _) =>
        {
            Introduce(document);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            operation.RequestBody?.Content?.Remove(RequestBody.Anything);
            AddParameters(operation, metadata.OfType<QueryParameters>().SelectMany(p => p.Names));
            AddAccess(operation, metadata.OfType<IAuthorizeData>().Select(a => a.Policy), context.Document!);
            AddHeaders(operation, context.Description.RelativePath!, context.Description.HttpMethod!);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            SchemaTruth.Apply(schema, context);
            return Task.CompletedTask;
        });
    });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi().RequireAuthorization(Policies.Public);
        // The page brings its script with it; whatever it would fetch or send elsewhere is off.
        routes.MapScalarApiReference("/docs/api", options =>
        {
            options.Title = "IocDashboard API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.HideClientButton = true;
            options.Agent = new ScalarAgentOptions { Disabled = true };
            options.Mcp = new ScalarMcpOptions { Disabled = true };
        }).RequireAuthorization(Policies.Public);
    }

    private static void Introduce(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "IocDashboard data exchange",
            Version = DocumentName,
            Description = "Reports and measurements in, figures out. Errors are application/problem+json with stable codes. "
                + "JSON Schemas: /api/v1/schemas. Live figures: the SignalR hub /hubs/live.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [KeyScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "ioc_…",
                Description = "A machine key with scope submit or read; it belongs to one agency.",
            },
        };
    }

    private static void AddParameters(OpenApiOperation operation, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            var (type, format, meaning) = QueryParameters.Meanings[name];
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name, In = ParameterLocation.Query, Description = meaning,
                Schema = new OpenApiSchema { Type = Enum.Parse<JsonSchemaType>(type, ignoreCase: true), Format = format },
            });
        }
    }

    private static void AddAccess(OpenApiOperation operation, IEnumerable<string?> policies, OpenApiDocument document)
    {
        var scopes = policies.FirstOrDefault(p => p is not null) switch
        {
            Policies.SubmitApi => "submit",
            Policies.ReadApi => "read",
            Policies.AgencyApi => "read or submit",
            _ => null,
        };
        if (scopes is null) return;
        operation.Description = $"Scope {scopes}.";
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
    }

    private static void AddHeaders(OpenApiOperation operation, string path, string method)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (response is not OpenApiResponse answer) continue;
            foreach (var (type, content) in answer.Content ?? new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal))
            {
                if (type is ObservationFormats.CsvType or ObservationFormats.SdmxType) content.Schema = new OpenApiSchema { Type = JsonSchemaType.String };
            }

            if (status is "429" or "503") Header(answer, "Retry-After", "Seconds to wait.");
            if (method == HttpMethod.Get.Method && status == "200") Header(answer, "ETag", "Of these very bytes; If-None-Match is answered 304.");
            if (method == HttpMethod.Post.Method && path.EndsWith("submissions", StringComparison.Ordinal) && status is "200" or "201")
                Header(answer, "Location", "Address of the report; not for a dry run.");
        }
    }

    private static void Header(OpenApiResponse response, string name, string description)
    {
        response.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        response.Headers[name] = new OpenApiHeader { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }
}
