using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IocDashboard.Web.Api.V1.Contracts;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace IocDashboard.Web.Api.Description;

/// <summary>Where the types alone would say something untrue of what is sent and answered.</summary>
internal static class SchemaTruth
{
    public static void Apply(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object) LeaveOut(schema, context.JsonTypeInfo);
        if (context.JsonTypeInfo.Type == typeof(decimal) || context.JsonTypeInfo.Type == typeof(decimal?)) Decimal(schema, context.JsonPropertyInfo);
    }

    /// <summary>A property that is not written when it is null is not required, and is never null when it is there.</summary>
    private static void LeaveOut(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is not [JsonIgnoreAttribute { Condition: JsonIgnoreCondition.WhenWritingNull }]) continue;
            schema.Required?.Remove(property.Name);
            if (schema.Properties?.TryGetValue(property.Name, out var left) == true && left is OpenApiSchema { Type: { } kind } own) own.Type = kind & ~JsonSchemaType.Null;
        }
    }

    /// <summary>Not a double: exact. Messages may carry it as a string, so that no sender's floating point touches it.</summary>
    private static void Decimal(OpenApiSchema schema, JsonPropertyInfo? property)
    {
        schema.Format = null;
        if (property?.DeclaringType is { } declaring && (declaring == typeof(SubmissionBodyValue) || declaring == typeof(MeasurementBody) || declaring == typeof(AnswersBodyItem)))
            schema.Type |= JsonSchemaType.String;
    }
}
