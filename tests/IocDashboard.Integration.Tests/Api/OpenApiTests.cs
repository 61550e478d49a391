using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Api;

/// <summary>
/// The document is what other people's programs are built from: a change of it is a change of the contract and is reviewed as
/// <c>openapi.v1.json</c> beside this file, written anew with <c>IOC_WRITE_SNAPSHOTS=1</c>.
/// </summary>
public sealed class OpenApiTests(Centre centre)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task Document_IsTheCommittedOne()
    {
        var document = (await DocumentAsync()).ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("IOC_WRITE_SNAPSHOTS") == "1") await File.WriteAllTextAsync(Source(), document);

        document.ShouldBe(await File.ReadAllTextAsync(Source()));
    }

    [Fact]
    public async Task Document_HoldsEveryAddressOfTheContract()
    {
        var document = await DocumentAsync();

        ((string)document["openapi"]!).ShouldStartWith("3.1.");
        document["paths"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal).ShouldBe(
        [
            "/api/v1/agencies", "/api/v1/areas", "/api/v1/changes", "/api/v1/feeds", "/api/v1/feeds/{feed}/measurements", "/api/v1/forms", "/api/v1/indicators",
            "/api/v1/obligations", "/api/v1/observations", "/api/v1/reports/{form}/{agency}/{period}", "/api/v1/reports/{form}/{agency}/{period}/source", "/api/v1/requests",
            "/api/v1/requests/{number}/answers", "/api/v1/schemas",
            "/api/v1/schemas/{name}.json", "/api/v1/submissions", "/api/v1/timeliness",
        ]);
    }

    [Fact]
    public async Task EveryQuestion_IsAnsweredAsTheDocumentSays()
    {
        foreach (var (path, operations) in (await DocumentAsync())["paths"]!.AsObject())
        {
            if (operations!["get"] is not { } operation || path.Contains('{', StringComparison.Ordinal)) continue;
            var query = path.EndsWith("timeliness", StringComparison.Ordinal) ? "" : "?limit=1";
            if (path.EndsWith("schemas", StringComparison.Ordinal)) query = "";
            var answer = await GetAsync(path + query, "read");
            ((int)answer.Status).ShouldBe(200, $"{path}: {answer.Text}");

            var statuses = operation["responses"]!.AsObject().Select(r => r.Key).ToList();
            statuses.ShouldContain("200", path);
            var isOpen = operation["security"] is null;
            using var anonymous = await centre.Host.Client.GetAsync(path);
            ((int)anonymous.StatusCode).ShouldBe(isOpen ? 200 : 401, path);
            statuses.Contains("401").ShouldBe(!isOpen, path);

            // Every parameter that the document names is known, and no other.
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                (await GetAsync($"{path}?{parameter!["name"]}=%00", "read")).Text.ShouldNotContain("unknown-parameter", Case.Sensitive, $"{path} {parameter["name"]}");
        }
    }

    [Theory]
    [InlineData("SubmissionBody", "submission")]
    [InlineData("SubmissionReceipt", "receipt")]
    [InlineData("MeasurementBody", "measurement")]
    [InlineData("MeasurementReceipt", "measurements-receipt")]
    [InlineData("ProblemBody", "problem")]
    [InlineData("ObservationItem", "observation")]
    [InlineData("ChangeItem", "change")]
    [InlineData("ObligationItem", "obligation")]
    [InlineData("ReportItem", "report")]
    [InlineData("TimelinessItem", "timeliness")]
    [InlineData("DataRequestItem", "data-request")]
    [InlineData("AnswersBody", "answers")]
    [InlineData("AnswersReceipt", "answers-receipt")]
    [InlineData("SourceChangeBody", "source-change")]
    [InlineData("SourceReceipt", "source-receipt")]
    [InlineData("FormItem", "form")]
    [InlineData("FeedItem", "feed")]
    [InlineData("AgencyItem", "agency")]
    [InlineData("AreaItem", "area")]
    [InlineData("IndicatorItem", "indicator")]
    public async Task Component_SaysWhatItsJsonSchemaSays(string component, string schema)
    {
        var described = (await DocumentAsync())["components"]!["schemas"]![component]!;
        var published = JsonNode.Parse(await centre.Host.Client.GetStringAsync($"/api/v1/schemas/{schema}.json"))!;

        Names(described["properties"]!).ShouldBe(Names(published["properties"]!));
        described["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal).ShouldBe(
            published["required"]!.AsArray().Select(r => (string)r!).Order(StringComparer.Ordinal));

        static IEnumerable<string> Names(JsonNode properties) => properties.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task ReferencePage_BringsItsScriptWithIt()
    {
        using var page = await centre.Host.Client.GetAsync("/docs/api/");
        var html = await page.Content.ReadAsStringAsync();

        page.IsSuccessStatusCode.ShouldBeTrue(html);
        html.ShouldNotContain("https://");
        var script = html.Split('"').First(part => part.EndsWith(".js", StringComparison.Ordinal) && part.Contains("scalar", StringComparison.Ordinal));
        using var answer = await centre.Host.Client.GetAsync(new Uri(new Uri(centre.Host.BaseAddress, "/docs/api/"), script));
        (await answer.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(100_000);
    }

    private async Task<JsonObject> DocumentAsync() => JsonNode.Parse(await centre.Host.Client.GetStringAsync("/openapi/v1.json"))!.AsObject();

    private async Task<Answer> GetAsync(string path, string scope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT", scope));
        using var response = await centre.Host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private static string Source([CallerFilePath] string here = "") =>
        File.Exists(here) ? Path.Combine(Path.GetDirectoryName(here)!, "openapi.v1.json") : Path.Combine(AppContext.BaseDirectory, "Api", "openapi.v1.json");
}
