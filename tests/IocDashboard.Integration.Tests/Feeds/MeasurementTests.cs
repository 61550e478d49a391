using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Tests.Fixtures;
using Npgsql;

namespace IocDashboard.Integration.Tests.Feeds;

public sealed class MeasurementTests(Centre centre)
{
    // Each test sends at minutes of its own, so that none meets another's identities.
    private static int _minute;

    private readonly Feed _feed = centre.Catalogue.FeedList.First(f => f.Indicators.Sum(i => i.Areas.Length) > 2);
    private readonly DateTimeOffset _at = Centre.Now.AddMinutes(-Interlocked.Increment(ref _minute));

    [Fact]
    public async Task Call_Valid_IsAnsweredAfterItsCommit()
    {
        var call = Call(3);

        var answer = (await SendAsync(call)).ShouldBe(HttpStatusCode.OK);

        answer.Text.ShouldBe("{\"accepted\":3,\"duplicates\":0}");
        (await RowsAsync()).Count.ShouldBe(3);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Measurement_Again_IsADuplicate_AndAnotherValueACorrection()
    {
        var call = Call(2);
        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":2,\"duplicates\":0}");
        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":0,\"duplicates\":2}");
        call.Add(call[0]!.DeepClone());
        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":0,\"duplicates\":3}");
        call.RemoveAt(2);
        call[0]!["value"] = centre.Plausible((string)call[0]!["indicator"]!, 1);

        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":1,\"duplicates\":1}");

        var rows = await RowsAsync();
        rows.Select(r => r.Revision).Order().ShouldBe([1, 1, 2]);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Call_WithOneWrongMeasurement_IsRefusedWhole()
    {
        var call = Call(3);
        call.Add(Measurement(0, Centre.Now.AddDays(-7).AddSeconds(-1)));
        call.Add(Measurement(0, Centre.Now.AddMinutes(5).AddSeconds(1)));
        call.Add(Measurement(0, _at, area: "XXX"));
        call.Add(Measurement(0, _at, indicator: "XX99"));
        call.Add(Measurement(0, _at, indicator: centre.Catalogue.FormList[0].Indicators[0].Code));
        call.Add(Measurement(0, _at, value: "1e20"));
        call.Add(Measurement(0, _at, value: centre.Plausible(_feed.Indicators[0].Code, 0.1m)));
        call.Add(Measurement(0, _at, value: centre.Plausible(_feed.Indicators[0].Code, 7)));

        (await SendAsync(call)).ShouldBeProblem(422).Errors.ShouldBe(
        [
            "/3/at too-old", "/4/at in-future", "/5/area unknown-area", "/6/indicator unknown-indicator",
            "/7/indicator indicator-not-in-feed", "/8/value out-of-range", "/9/value bad-precision", "/10 duplicate-value",
        ], ignoreOrder: true);

        (await RowsAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"2026-11-23T10:00:00\"", "/0/at bad-time")]
    [InlineData("\"2026-11-23\"", "/0/at bad-time")]
    [InlineData("\"23/11/2026 10:00\"", "/0/at bad-time")]
    [InlineData("1763866800", "/0/at wrong-type")]
    [InlineData("null", "/0/at bad-time")]
    public async Task Instant_Unclear_IsRefused(string at, string error)
    {
        var first = Measurement(0, _at).ToJsonString().Replace(Text(_at), at, StringComparison.Ordinal);
        (await PostAsync($"[{first}]")).ShouldBeProblem(422, error);
    }

    [Fact]
    public async Task Instant_InAnyOffset_IsTheSameIdentity()
    {
        var call = new JsonArray(Measurement(0, _at));
        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":1,\"duplicates\":0}");
        call[0]!["at"] = _at.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", System.Globalization.CultureInfo.InvariantCulture);
        (await SendAsync(call)).Text.ShouldBe("{\"accepted\":0,\"duplicates\":1}");
    }

    [Fact]
    public async Task Lines_AreReadAsAnArrayIs()
    {
        var call = Call(3);
        var lines = string.Join("\r\n", call.Select(m => m!.ToJsonString())) + "\n\n";

        (await PostAsync(lines, "application/x-ndjson")).Text.ShouldBe("{\"accepted\":3,\"duplicates\":0}");
        (await PostAsync(lines + "{\"indicator\":1}", "application/x-ndjson")).Errors
            .ShouldBe(["/3/indicator wrong-type", "/3/at bad-time", "/3/value value-required"]);
        var broken = (await PostAsync(lines + "{\"indicator\":", "application/x-ndjson", "en")).ShouldBeProblem(400, " not-json");
        ((string)broken.Json["detail"]!).ShouldStartWith("Not valid JSON: line 5, ");
    }

    [Fact]
    public async Task Call_Empty_IsFine()
    {
        (await PostAsync("[]")).Text.ShouldBe("{\"accepted\":0,\"duplicates\":0}");
        (await PostAsync("", "application/x-ndjson")).Text.ShouldBe("{\"accepted\":0,\"duplicates\":0}");
        (await PostAsync("{}")).ShouldBeProblem(422, " wrong-type");
    }

    [Fact]
    public async Task Call_OverTenThousand_IsRefused() =>
        (await PostAsync("[" + string.Join(',', Enumerable.Repeat("{}", 10_001)) + "]")).ShouldBeProblem(422, " too-many-values");

    [Fact]
    public async Task Feed_UnknownOrOfAnotherAgency_IsRefused()
    {
        (await centre.PostAsync("/api/v1/feeds/NOSUCH-H/measurements", "[]", _feed.Agency)).ShouldBeProblem(404, " unknown-feed");
        var other = centre.Catalogue.FeedList.First(f => f.Agency != _feed.Agency);
        (await centre.PostAsync($"/api/v1/feeds/{other.Code}/measurements", "[]", _feed.Agency)).ShouldBeProblem(403, " not-your-agency");
    }

    [Fact]
    public async Task Calls_AtOnceOnSeveralFeeds_AreAllKeptAndShareTransactions()
    {
        var feeds = centre.Catalogue.FeedList.Take(4).ToList();
        var before = await centre.NewestChangeAsync();
        var calls = Enumerable.Range(0, 200).Select(i =>
        {
            var feed = feeds[i % 4];
            var call = new JsonArray(Measurement(feed, 0, _at.AddSeconds(-i / 4 * 0.01), shift: i));
            return centre.PostAsync($"/api/v1/feeds/{feed.Code}/measurements", call.ToJsonString(), feed.Agency);
        });

        var answers = await Task.WhenAll(calls);

        answers.ShouldAllBe(a => a.Text == "{\"accepted\":1,\"duplicates\":0}");
        (await centre.NewestChangeAsync() - before).ShouldBeLessThan(200);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task SameMeasurement_TwentyTimesAtOnce_IsKeptOnce()
    {
        var call = Call(2);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(call)));

        answers.Sum(a => (int)a.Json["accepted"]!).ShouldBe(2);
        answers.Sum(a => (int)a.Json["duplicates"]!).ShouldBe(38);
        (await RowsAsync()).Count.ShouldBe(2);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Measurement_OlderThanTheCurrentOne_DoesNotBecomeIt()
    {
        (await SendAsync(new JsonArray(Measurement(0, _at)))).ShouldBe(HttpStatusCode.OK);
        var old = Measurement(0, _at.AddDays(-3), value: centre.Plausible(_feed.Indicators[0].Code, 5));
        (await SendAsync(new JsonArray(old))).Text.ShouldBe("{\"accepted\":1,\"duplicates\":0}");
        (await SendAsync(new JsonArray(old.DeepClone()))).Text.ShouldBe("{\"accepted\":0,\"duplicates\":1}");
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Feed_HeardAfterSilence_IsLiveAgain()
    {
        var feed = centre.Catalogue.FeedList.Last();
        await using (var lost = centre.Host.Database.CreateCommand("update feed_state set late_at = $2, lost_at = $3 where feed = $1"))
        {
            lost.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = feed.Code }, new() { Value = Centre.Now.AddHours(-2) }, new() { Value = Centre.Now.AddHours(-1) } });
            await lost.ExecuteNonQueryAsync();
        }

        (await centre.PostAsync($"/api/v1/feeds/{feed.Code}/measurements", new JsonArray(Measurement(feed, 0, Centre.Now)).ToJsonString(), feed.Agency)).ShouldBe(HttpStatusCode.OK);

        await using var state = centre.Host.Database.CreateCommand("select state, last_at, late_at > last_at from feed_state where feed = $1");
        state.Parameters.Add(new() { Value = feed.Code });
        await using var reader = await state.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        ((FeedState)reader.GetInt16(0)).ShouldBe(FeedState.Live);
        reader.GetFieldValue<DateTimeOffset>(1).ShouldBe(Centre.Now);
        reader.GetBoolean(2).ShouldBeTrue();
        (await centre.EventTypesAsync($"{feed.Code}/2026-11-23")).ShouldContain("feed_resumed");
    }

    private Task<Answer> SendAsync(JsonArray call) => PostAsync(call.ToJsonString());

    private Task<Answer> PostAsync(string body, string type = "application/json", string language = "vi") =>
        centre.PostAsync($"/api/v1/feeds/{_feed.Code}/measurements", body, _feed.Agency, type, language);

    private JsonArray Call(int count) => new([.. Enumerable.Range(0, count).Select(i => Measurement(i, _at))]);

    private JsonObject Measurement(int cell, DateTimeOffset at, string? indicator = null, string? area = null, JsonNode? value = null)
    {
        var measurement = Measurement(_feed, cell, at);
        if (indicator is not null) measurement["indicator"] = indicator;
        if (area is not null) measurement["area"] = area;
        if (value is not null) measurement["value"] = value;
        return measurement;
    }

    private JsonObject Measurement(Feed feed, int cell, DateTimeOffset at, decimal shift = 0) => Messages.Measurement(centre.Catalogue, feed, cell, at, shift);

    private static string Text(DateTimeOffset at) => JsonValue.Create(at)!.ToJsonString();

    private async Task<List<(int Series, int Revision)>> RowsAsync()
    {
        await using var command = centre.Host.Database.CreateCommand("""
            select o.series_id, o.revision from observation o join series s on s.id = o.series_id where o.time_key = $1 and o.rhythm = 'I' and s.indicator = any($2)
            """);
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = _at }, new() { Value = _feed.Indicators.Select(i => i.Code).ToArray() } });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<(int, int)>();
        while (await reader.ReadAsync()) rows.Add((reader.GetInt32(0), reader.GetInt32(1)));
        return rows;
    }
}
