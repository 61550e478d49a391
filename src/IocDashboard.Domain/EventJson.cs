using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IocDashboard.Domain;

/// <summary>
/// How events are written as JSON, for good: property names as declared, enums by name, Vietnamese readable. The store
/// uses these options, and the committed snapshots of every event prove that the shape stays.
/// </summary>
public static class EventJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>A fresh, still changeable copy, for a store that adds to it.</summary>
    public static JsonSerializerOptions Create() => new()
    {
        // The text goes into jsonb, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };
}
