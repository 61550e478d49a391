using System.Collections.Frozen;
using System.Reflection;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.Schemas;

/// <summary>The JSON Schemas of messages and answers, as the files beside this one: <c>/api/v1/schemas/submission.json</c>.</summary>
public static class SchemaEndpoints
{
    public const string ContentType = "application/schema+json";
    private const string Prefix = "schemas/";

    private static readonly FrozenDictionary<string, byte[]> Files = Read().ToFrozenDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Names => Files.Keys.Order(StringComparer.Ordinal);

    public static void MapSchemas(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/schemas", () => TypedResults.Ok(new Page<string>([.. Names], null))).RequireAuthorization(Policies.Public)
            .Describe("listSchemas", "Schemas", "Names of the JSON Schemas.");
        v1.MapGet("/schemas/{name}.json", (string name) => Files.TryGetValue(name, out var schema)
                ? (IResult)new TaggedAnswer(schema, ContentType, next: null)
                : new ApiProblemResult(StatusCodes.Status404NotFound, "", "not-found"))
            .RequireAuthorization(Policies.Public)
            .Describe("getSchema", "Schemas", "One JSON Schema (2020-12).")
            .Produces(StatusCodes.Status200OK, typeof(object), ContentType)
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(404);
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            yield return new(resource[Prefix.Length..^".json".Length], copy.ToArray());
        }
    }
}
