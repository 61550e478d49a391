using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Api.Description;

/// <summary>
/// The JSON Schemas of messages and answers at <c>/api/v1/schemas/{name}.json</c>, made from the types that are written and
/// read, so that they cannot say something else.
/// </summary>
internal sealed class JsonSchemas(IOptions<JsonOptions> json)
{
    private const string ContentType = "application/schema+json";

    private static readonly FrozenDictionary<string, Type> Types = new Dictionary<string, Type>(StringComparer.Ordinal)
    {
        ["submission"] = typeof(SubmissionMessageShape),
        ["receipt"] = typeof(SubmissionReceipt),
        ["measurements"] = typeof(IReadOnlyList<MeasurementShape>),
        ["measurements-receipt"] = typeof(MeasurementReceipt),
        ["problem"] = typeof(ProblemShape),
        ["observations"] = typeof(Page<ObservationItem>),
        ["report"] = typeof(ReportItem),
        ["obligations"] = typeof(Page<ObligationItem>),
        ["timeliness"] = typeof(Page<TimelinessItem>),
        ["forms"] = typeof(Page<FormItem>),
        ["feeds"] = typeof(Page<FeedItem>),
        ["agencies"] = typeof(Page<AgencyItem>),
        ["areas"] = typeof(Page<AreaItem>),
        ["indicators"] = typeof(Page<IndicatorItem>),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly Lazy<FrozenDictionary<string, string>> _texts = new(() =>
        Types.ToFrozenDictionary(t => t.Key, t => TextOf(t.Key, t.Value, json.Value), StringComparer.Ordinal));

    public static IEnumerable<string> Names => Types.Keys;

    public static void Map(IEndpointRouteBuilder v1) =>
        v1.MapGet("/schemas/{name}.json", (string name, JsonSchemas schemas) =>
                schemas._texts.Value.TryGetValue(name, out var text) ? Results.Text(text, ContentType) : Results.NotFound())
            .RequireAuthorization(Policies.Public).ExcludeFromDescription();

    private static string TextOf(string name, Type type, JsonOptions json)
    {
        // A number may come in as text, but goes out as a number.
        var options = name is "submission" or "measurements" ? json.SerializerOptions : new JsonSerializerOptions(json.SerializerOptions) { NumberHandling = JsonNumberHandling.Strict };
        var schema = options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) => Described(context, node),
        });
        var whole = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["$id"] = $"/api/v1/schemas/{name}.json" };
        foreach (var (key, value) in schema.AsObject().ToList())
        {
            schema.AsObject().Remove(key);
            whole[key] = value;
        }

        return whole.ToJsonString(json.SerializerOptions);
    }

    private static JsonNode Described(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema
            && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), inherit: false)
                is [System.ComponentModel.DescriptionAttribute { Description: var meaning }, ..])
            schema["description"] = meaning;
        return node;
    }
}
