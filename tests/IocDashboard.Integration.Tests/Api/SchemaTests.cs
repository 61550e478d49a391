using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Integration.Tests.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Api.Schemas;
using NJsonSchema;

namespace IocDashboard.Integration.Tests.Api;

/// <summary>What is really sent and answered satisfies the published schemas, and holds nothing that they do not name.</summary>
public sealed class SchemaTests(Centre centre)
{
    [Fact]
    public async Task Submission_AndItsAnswers_SatisfyTheirSchemas()
    {
        var message = centre.NextMessage();
        await ShouldSatisfyAsync(message, "submission");
        await ShouldSatisfyAsync((await centre.SubmitAsync(message, query: "?dryRun=true")).Json, "receipt");
        await ShouldSatisfyAsync((await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created).Json, "receipt");
        await ShouldSatisfyAsync((await GetAsync("/api/v1/reports/" + Centre.ReportOf(message))).Json, "report");

        message["values"]![0]!["status"] = "guess";
        (await SchemaAsync("submission")).Validate(message.ToJsonString()).ShouldNotBeEmpty();
        message["messageId"] = "another";
        message["values"]![1]!["area"] = "XXX";
        await ShouldSatisfyAsync((await centre.SubmitAsync(message)).ShouldBeProblem(422).Json, "problem");
        await ShouldSatisfyAsync((await GetAsync("/api/v1/nothing-here")).ShouldBeProblem(404).Json, "problem");
    }

    [Fact]
    public async Task Measurements_AndTheirAnswer_SatisfyTheirSchemas()
    {
        var feed = centre.Catalogue.FeedList[1];
        var measurement = new JsonObject
        {
            ["indicator"] = feed.Indicators[0].Code, ["area"] = feed.Indicators[0].Areas[0], ["at"] = Centre.Now.AddHours(-20),
            ["value"] = centre.Plausible(feed.Indicators[0].Code),
        };
        await ShouldSatisfyAsync(measurement, "measurement");
        await ShouldSatisfyAsync(new JsonArray(measurement.DeepClone()), "measurements");

        var answer = await centre.PostAsync($"/api/v1/feeds/{feed.Code}/measurements", new JsonArray(measurement).ToJsonString(), feed.Agency);

        await ShouldSatisfyAsync(answer.Json, "measurements-receipt");
        await ShouldSatisfyAsync((await GetAsync($"/api/v1/observations?indicator={feed.Indicators[0].Code}&limit=1")).Json["items"]![0]!, "observation");
    }

    [Theory]
    [InlineData("/api/v1/agencies", "agency")]
    [InlineData("/api/v1/areas", "area")]
    [InlineData("/api/v1/indicators", "indicator")]
    [InlineData("/api/v1/forms", "form")]
    [InlineData("/api/v1/feeds", "feed")]
    [InlineData("/api/v1/obligations", "obligation")]
    [InlineData("/api/v1/timeliness?groupBy=form", "timeliness")]
    public async Task Items_OfEachList_SatisfyTheirSchema(string path, string schema)
    {
        await centre.SubmitAsync(centre.NextMessage());
        var items = (await GetAsync(path)).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();

        items.Count.ShouldBeGreaterThan(0);
        foreach (var item in items.Take(20)) await ShouldSatisfyAsync(item!, schema);
    }

    [Fact]
    public async Task DataRequest_AndItsAnswers_SatisfyTheirSchemas()
    {
        var number = await centre.Host.AskedAsync(TimeSpan.FromDays(9), "SYT");
        var answers = JsonNode.Parse("""{"messageId":"schema","answers":[{"question":"q1","value":4.5,"note":"ước"},{"question":"q2","text":"Không"}]}""")!;
        await ShouldSatisfyAsync(answers, "answers");
        await ShouldSatisfyAsync((await centre.PostAsync($"/api/v1/requests/{number}/answers", answers.ToJsonString(), "SYT")).ShouldBe(HttpStatusCode.Created).Json, "answers-receipt");
        var items = (await GetAsync("/api/v1/requests?limit=1000")).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();
        await ShouldSatisfyAsync(items.Single(i => (string)i!["number"]! == number)!, "data-request");
    }

    [Fact]
    public async Task Report_WhoseSourceChanged_SatisfiesItsSchemas()
    {
        var message = centre.NextMessage();
        message["sourceAt"] = Centre.Now.AddHours(-1).ToString("O");
        await ShouldSatisfyAsync(message, "submission");
        await centre.SubmitAsync(message);
        var change = new JsonObject { ["changedAt"] = Centre.Now.AddMinutes(-5).ToString("O") };
        await ShouldSatisfyAsync(change, "source-change");
        var path = $"/api/v1/reports/{Centre.ReportOf(message)}";
        await ShouldSatisfyAsync((await centre.PostAsync(path + "/source", change.ToJsonString(), (string)message["agency"]!)).ShouldBe(HttpStatusCode.OK).Json, "source-receipt");

        var report = (await GetAsync(path)).ShouldBe(HttpStatusCode.OK).Json;
        report["update"].ShouldNotBeNull();
        ((string?)report["obligation"]).ShouldBe("dueSoon");
        await ShouldSatisfyAsync(report, "report");
        var item = (await GetAsync($"/api/v1/obligations?state=dueSoon&form={message["form"]}&limit=1000")).Json["items"]!.AsArray().Single(i => (string?)i!["period"] == (string?)message["period"])!;
        item["update"]!.ToJsonString().ShouldBe(report["update"]!.ToJsonString());
        await ShouldSatisfyAsync(item, "obligation");
    }

    [Fact]
    public async Task Observation_OfAReport_SatisfiesItsSchema()
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var open = message["values"]!.AsArray().Select(v => (string)v!["indicator"]!).First(code => centre.Catalogue.Indicators[code].Sharing == SharingClass.Default);
        await ShouldSatisfyAsync((await GetAsync($"/api/v1/observations?indicator={open}&limit=1")).Json["items"]![0]!, "observation");
    }

    [Fact]
    public async Task Changes_OfReportsAndOfMeasurements_SatisfyTheirSchema()
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        message["messageId"] = Guid.CreateVersion7().ToString();
        message["reason"] = "Trạm báo nhầm";
        foreach (var value in message["values"]!.AsArray()) value!["value"] = centre.Plausible((string)value["indicator"]!, 1);
        (message["values"]![0]!["value"], message["values"]![0]!["status"], message["values"]![0]!["note"]) = (null, "missing", "Mất số liệu");
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var feed = centre.Catalogue.FeedList[1];
        var at = Centre.Now.AddHours(-21);
        for (var shift = 0; shift < 2; shift++)
        {
            var measurement = Messages.Measurement(centre.Catalogue, feed, 0, at, shift);
            (await centre.PostAsync($"/api/v1/feeds/{feed.Code}/measurements", new JsonArray(measurement).ToJsonString(), feed.Agency)).ShouldBe(HttpStatusCode.OK);
        }

        var items = (await GetAsync("/api/v1/changes?limit=1000")).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();

        items.ShouldContain(i => i!["period"] != null && i["reason"] != null);
        items.ShouldContain(i => i!["at"] != null);
        foreach (var item in items) await ShouldSatisfyAsync(item!, "change");
    }

    [Fact]
    public async Task List_NamesEverySchema_AndEachIsServed()
    {
        var names = (await GetAsync("/api/v1/schemas")).Json["items"]!.AsArray().Select(n => (string)n!).ToList();

        names.ShouldBe(SchemaEndpoints.Names);
        foreach (var name in names)
        {
            var answer = (await GetAsync($"/api/v1/schemas/{name}.json")).ShouldBe(HttpStatusCode.OK);
            answer.MediaType.ShouldBe(SchemaEndpoints.ContentType);
            ((string)answer.Json["$id"]!).ShouldBe($"/api/v1/schemas/{name}.json");
        }

        (await GetAsync("/api/v1/schemas/nothing.json")).ShouldBeProblem(404);
    }

    private async Task ShouldSatisfyAsync(JsonNode value, string name)
    {
        var schema = await SchemaAsync(name);
        schema.Validate(value.ToJsonString()).Select(e => $"{e.Path}: {e.Kind}").ShouldBeEmpty($"{name}: {value.ToJsonString()}");
        Unnamed(value, JsonNode.Parse((await GetAsync($"/api/v1/schemas/{name}.json")).Text)!, "").ShouldBeEmpty(name);
    }

    private static IEnumerable<string> Unnamed(JsonNode? value, JsonNode schema, string path) => value switch
    {
        JsonObject o => o.SelectMany(p => schema["properties"]?[p.Key] is { } known ? Unnamed(p.Value, known, path + "/" + p.Key) : [path + "/" + p.Key]),
        JsonArray a => a.SelectMany((item, i) => Unnamed(item, schema["items"]!, $"{path}/{i}")),
        _ => [],
    };

    private async Task<JsonSchema> SchemaAsync(string name) => await JsonSchema.FromJsonAsync((await GetAsync($"/api/v1/schemas/{name}.json")).Text);

    private async Task<Answer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync("SYT", "read"));
        using var response = await centre.Host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}
