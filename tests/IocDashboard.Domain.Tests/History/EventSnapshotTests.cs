using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IocDashboard.Domain.Tests.History;

/// <summary>
/// History is kept for good, so the JSON of an event never changes its shape: <c>Snapshots/</c> holds one of each type.
/// A new type gets its snapshot by running these tests once with <c>IOC_WRITE_SNAPSHOTS=1</c>; an existing one is only ever
/// added to, and its old JSON is then kept beside it as <c>Type.1.json</c>, which must stay readable.
/// </summary>
public class EventSnapshotTests
{
    private static readonly JsonSerializerOptions Indented = new(EventJson.Options) { WriteIndented = true, NewLine = "\n" };

    public static TheoryData<string> TypeNames => [.. HistoryEvents.Types.Select(t => t.Name)];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Committed(), "*.json").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Event_AsJson_HasTheCommittedShape(string type)
    {
        var json = JsonSerializer.Serialize(Sample(type), Indented) + "\n";
        if (Environment.GetEnvironmentVariable("IOC_WRITE_SNAPSHOTS") == "1") File.WriteAllText(Path.Combine(Source(), type + ".json"), json);

        json.ShouldBe(File.ReadAllText(Path.Combine(Committed(), type + ".json")));
    }

    [Theory]
    [MemberData(nameof(Files), DisableDiscoveryEnumeration = true)]
    public void Event_OfCommittedJson_IsReadWhole(string file)
    {
        var type = HistoryEvents.Types.Single(t => t.Name == file.Split('.')[0]);

        var read = JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(Committed(), file)), type, EventJson.Options);

        NullsOf(read!, type.Name).ShouldBeEmpty();
        if (file == type.Name + ".json")
            JsonSerializer.Serialize(read, type, EventJson.Options).ShouldBe(JsonSerializer.Serialize(Sample(type.Name), type, EventJson.Options));
    }

    [Fact]
    public void EveryType_HasOneSample() =>
        EventSamples.All.Select(e => e.GetType()).ShouldBe(HistoryEvents.Types, ignoreOrder: true);

    [Fact]
    public void EveryEventThatAStateApplies_IsInTheList() =>
        typeof(EventJson).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.Name == "Apply")
            .Select(m => m.GetParameters()[0].ParameterType)
            .Where(t => t != typeof(object))
            .ShouldBeSubsetOf(HistoryEvents.Types);

    [Fact]
    public void Json_OfAnEvent_KeepsVietnameseAndDecimalsReadable()
    {
        var json = JsonSerializer.Serialize(Sample("ReportSubmitted"), EventJson.Options);

        json.ShouldContain("Chờ Cục đối chiếu <«&»>");
        json.ShouldContain("\"Value\":-1.50");
        json.ShouldContain("\"Punctuality\":\"Late\"");
        json.ShouldContain("\"ReceivedAt\":\"2026-11-23T09:00:00.123+00:00\"");
    }

    /// <summary>Properties that are declared not null and yet were read as null or as an unset array.</summary>
    private static IEnumerable<string> NullsOf(object value, string path)
    {
        if (EventJson.Options.GetTypeInfo(value.GetType()).Kind != JsonTypeInfoKind.Object) yield break;
        var nullability = new NullabilityInfoContext();
        foreach (var property in value.GetType().GetProperties().Where(p => p.SetMethod is not null))
        {
            var here = $"{path}.{property.Name}";
            var inner = property.GetValue(value);
            if (inner is null && nullability.Create(property).ReadState == NullabilityState.NotNull) yield return here;
            else if (inner is not null && inner.GetType().GetProperty("IsDefault")?.GetValue(inner) is true) yield return here;
            else if (inner is not null)
                foreach (var missing in NullsOf(inner, here)) yield return missing;
        }
    }

    private static object Sample(string type) => EventSamples.All.Single(e => e.GetType().Name == type);

    private static string Committed() => Path.Combine(AppContext.BaseDirectory, "Snapshots");

    private static string Source([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(here))!, "Snapshots");
}
