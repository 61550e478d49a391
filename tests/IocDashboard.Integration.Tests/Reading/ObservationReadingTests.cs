using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>Each test reports a day of its own, in the same form; later tests see what earlier ones reported, so each asks for its day.</summary>
[Collection(ReadingCentre.Name)]
public sealed class ObservationReadingTests(Centre centre)
{
    private Form Form => centre.Daily();

    private string Indicator => Form.Indicators[0].Code;

    [Fact]
    public async Task Observation_Reported_IsReadAsTheContractSays()
    {
        var day = await ReportAsync();

        var item = (await centre.ReadAsync(Of(day) + "&area=" + Form.Indicators[0].Areas[0])).ShouldBe(HttpStatusCode.OK).Items().ShouldHaveSingleItem();

        item.AsObject().Select(p => p.Key).ShouldBe(["indicator", "area", "agency", "period", "value", "status", "verification", "revision", "recordedAt", "seq", "updatedAt"]);
        ((string?)item["period"]).ShouldBe(day);
        ((string?)item["agency"]).ShouldBe(Form.Agency);
        ((decimal?)item["value"]).ShouldBe(centre.Plausible(Indicator));
        ((string?)item["status"]).ShouldBe("provisional");
        ((string?)item["verification"]).ShouldBe("unverified");
        ((int?)item["revision"]).ShouldBe(1);
        DateTimeOffset.Parse((string)item["recordedAt"]!, CultureInfo.InvariantCulture).ShouldBe(centre.Clock.GetUtcNow(), TimeSpan.FromSeconds(5));
        ((long?)item["seq"])!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Revision_BeforeAndAfter_IsToldApartByAsOf()
    {
        var day = await ReportAsync();
        var between = centre.Clock.GetUtcNow();
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 3);

        var now = (await centre.ReadAsync(Of(day))).Items();
        var then = (await centre.ReadAsync($"{Of(day)}&asOf={Text(between)}")).Items();
        var before = (await centre.ReadAsync($"{Of(day)}&asOf={Text(between.AddDays(-1))}")).Items();

        now.ShouldAllBe(i => (int)i["revision"]! == 2 && (decimal)i["value"]! == centre.Plausible(Indicator, 3));
        then.ShouldAllBe(i => (int)i["revision"]! == 1 && (decimal)i["value"]! == centre.Plausible(Indicator));
        then.Count.ShouldBe(now.Count);
        before.ShouldBeEmpty();
    }

    [Fact]
    public async Task History_OfARevisedFigure_HasEveryRevisionNewestFirst()
    {
        var day = await ReportAsync();
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 1);
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 2);

        var items = await centre.AllAsync($"{Of(day)}&includeHistory=true&limit=2&area={Form.Indicators[0].Areas[0]}");

        items.Select(i => (int)i["revision"]!).ShouldBe([3, 2, 1]);
        items.Select(i => (decimal)i["value"]!).ShouldBe([centre.Plausible(Indicator, 2), centre.Plausible(Indicator, 1), centre.Plausible(Indicator)]);
    }

    [Fact]
    public async Task UpdatedAfter_AnInstant_ReturnsOnlyWhatWasRecordedSince()
    {
        var day = await ReportAsync();
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        var since = centre.Clock.GetUtcNow();
        (await centre.ReadAsync($"{Of(day)}&updatedAfter={Text(since)}")).Items().ShouldBeEmpty();
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 7);

        var items = await centre.AllAsync($"{Of(day)}&updatedAfter={Text(since)}&limit=1");
        var history = await centre.AllAsync($"{Of(day)}&updatedAfter={Text(since.AddHours(-1))}&includeHistory=true&limit=3");

        items.Count.ShouldBe(Form.Indicators[0].Areas.Length);
        items.ShouldAllBe(i => (int)i["revision"]! == 2);
        history.Count.ShouldBe(2 * Form.Indicators[0].Areas.Length);
        history.Select(i => (long)i["seq"]!).ShouldBeInOrder();
    }

    [Fact]
    public async Task Pages_OfAnySize_HoldTheSame()
    {
        var day = await ReportAsync();
        var path = $"observations?agency={Form.Agency}&from={day}&to={day}";

        var whole = await centre.AllAsync(path + "&limit=1000");
        var small = await centre.AllAsync(path + "&limit=3");

        small.Select(i => i.ToJsonString()).ShouldBe(whole.Select(i => i.ToJsonString()));
        whole.Count.ShouldBe(Form.Indicators.Where(c => centre.Catalogue.Indicators[c.Code].Sharing == SharingClass.Default).Sum(c => c.Areas.Length));
        whole.Select(i => ((string?)i["indicator"], (string?)i["area"])).ShouldBeUnique();
    }

    [Fact]
    public async Task Page_AfterANewRevision_NeitherRepeatsNorSkips()
    {
        var day = await ReportAsync();
        var path = $"{Of(day)}&limit=5";
        var first = (await centre.ReadAsync(path)).ShouldBe(HttpStatusCode.OK);
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 4);

        var rest = (await centre.ReadAsync($"{Of(day)}&limit=1000&cursor={first.Json["next"]}")).Items();

        first.Items().Concat(rest).Select(i => (string?)i["area"]).ShouldBe(Form.Indicators[0].Areas.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Specific_Indicator_IsReadByItsOwnAgencyAlone()
    {
        var form = centre.Catalogue.Forms["SYT-D"];
        var day = Reader.NextDay();
        (await centre.SubmitAsync(centre.Message(form, day))).ShouldBe(HttpStatusCode.Created);
        centre.Catalogue.Indicators["YT06"].Sharing.ShouldBe(SharingClass.Specific);

        var own = await centre.AllAsync($"observations?agency=SYT&from={day}&to={day}&limit=1000", "SYT");
        var others = await centre.AllAsync($"observations?agency=SYT&from={day}&to={day}&limit=1000", "STC");
        var asked = await centre.ReadAsync($"observations?indicator=YT06&from={day}&to={day}", "STC");
        var invented = await centre.ReadAsync($"observations?indicator=YT99&from={day}&to={day}", "STC");

        own.ShouldContain(i => (string?)i["indicator"] == "YT06");
        others.ShouldNotContain(i => (string?)i["indicator"] == "YT06");
        others.ShouldContain(i => (string?)i["indicator"] == "YT02");
        asked.ShouldBeProblem(422, "?indicator bad-parameter");
        invented.ShouldBeProblem(422, "?indicator bad-parameter");
    }

    [Fact]
    public async Task SubmitKey_ReadingFigures_IsForbidden() =>
        (await centre.ReadAsync("observations", "SYT", KeyScopes.Submit)).ShouldBeProblem(403);

    [Fact]
    public async Task Csv_OfObservations_HasHeadingAndTheSameRows()
    {
        var day = await ReportAsync();

        using var response = await centre.ReadRawAsync(Of(day) + "&limit=2", accept: "text/csv");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        response.Headers.GetValues("Link").ShouldHaveSingleItem().ShouldContain("rel=\"next\"");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("indicator,area,agency,period,at,value,status,verification,revision,recordedAt,seq,updatedAt,note");
        lines.Length.ShouldBe(3);
        lines[1].ShouldStartWith($"{Indicator},{Form.Indicators[0].Areas.Order(StringComparer.Ordinal).First()},{Form.Agency},{day},,{centre.Plausible(Indicator).ToString(CultureInfo.InvariantCulture)},provisional,unverified,1,");
    }

    [Fact]
    public async Task SdmxCsv_OfObservations_UsesTheStandardsCodes()
    {
        var day = await ReportAsync();

        using var response = await centre.ReadRawAsync(Of(day) + "&limit=1", accept: "application/vnd.sdmx.data+csv;version=2.0.0");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.sdmx.data+csv");
        response.Content.Headers.ContentType.Parameters.ShouldContain(p => p.Name == "version" && p.Value == "2.0.0");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,");
        lines[1].ShouldStartWith($"dataflow,IOC:OBSERVATIONS(1.0),I,D,{Indicator},");
        lines[1].Split(',')[8].ShouldBe("P");
    }

    [Theory]
    [InlineData("application/pdf", 406)]
    [InlineData("application/vnd.sdmx.data+csv;version=1.0.0", 406)]
    [InlineData("*/*", 200)]
    [InlineData("application/*", 200)]
    public async Task Accept_OfAnotherFormat_IsAnsweredOrRefused(string accept, int status)
    {
        using var response = await centre.ReadRawAsync("observations?limit=1", accept: accept);

        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task Tag_OfTheSameAnswer_Gives304UntilItChanges()
    {
        var day = await ReportAsync();
        using var first = await centre.ReadRawAsync(Of(day));
        var tag = first.Headers.ETag!.ToString();

        using var same = await centre.ReadRawAsync(Of(day), ifNoneMatch: tag);
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        await ReportAsync(day, shift: 5);
        using var changed = await centre.ReadRawAsync(Of(day), ifNoneMatch: tag);

        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await same.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        changed.StatusCode.ShouldBe(HttpStatusCode.OK);
        changed.Headers.ETag!.ToString().ShouldNotBe(tag);
    }

    [Theory]
    [InlineData("asOf=yesterday", "?asOf bad-parameter")]
    [InlineData("asOf=2026-11-23T10:00:00", "?asOf bad-parameter")]
    [InlineData("asof=2026-11-23T10:00:00Z", "?asof unknown-parameter")]
    [InlineData("from=2026-13", "?from bad-parameter")]
    [InlineData("to=2026-W60", "?to bad-parameter")]
    [InlineData("includeHistory=perhaps", "?includeHistory bad-parameter")]
    [InlineData("updatedAfter=2026-11-23", "?updatedAfter bad-parameter")]
    [InlineData("indicator=XX99", "?indicator bad-parameter")]
    [InlineData("area=KT01", "?area bad-parameter")]
    [InlineData("cursor=QUJD", "?cursor bad-parameter")]
    public async Task Parameter_ThatIsWrong_IsNamed(string query, string error) =>
        (await centre.ReadAsync("observations?" + query)).ShouldBeProblem(422, error);

    [Theory]
    [InlineData("from=2026-11-01&to=2026-11-30")]
    [InlineData("from=2026-11&to=2026-11")]
    [InlineData("from=2026-Q4&to=2026-Q4")]
    [InlineData("from=2026&to=2026")]
    [InlineData("from=2026-10-31T17:00:00Z&to=2026-12-31T23:59:59%2B07:00")]
    public async Task Bounds_AsPeriodsDaysOrInstants_AreUnderstood(string bounds)
    {
        // A day that no neighbour reports (they count back from the day before): each case sends it again, the latest revision counts.
        var day = await ReportAsync("2026-11-22");

        var items = await centre.AllAsync($"observations?indicator={Indicator}&{bounds}&limit=1000");

        items.Select(i => (string?)i["period"]).ShouldContain(day);
    }

    [Fact]
    public async Task Measurement_Streamed_HasAnInstantInPlaceOfAPeriod()
    {
        var at = centre.Clock.GetUtcNow().AddMinutes(-7);
        var body = new JsonArray(new JsonObject { ["indicator"] = "CN06", ["area"] = "QNM", ["at"] = at.ToString("O"), ["value"] = 312.5m });
        (await centre.PostAsync("/api/v1/feeds/PCQN-RT/measurements", body.ToJsonString(), "PCQN")).ShouldBe(HttpStatusCode.OK);

        var own = (await centre.ReadAsync("observations?indicator=CN06&limit=1", "PCQN")).Items().ShouldHaveSingleItem();

        DateTimeOffset.Parse((string)own["at"]!, CultureInfo.InvariantCulture).ShouldBe(at);
        own.AsObject().ContainsKey("period").ShouldBeFalse();
        ((decimal?)own["value"]).ShouldBe(312.5m);
        (await centre.ReadAsync("observations?indicator=CN06")).ShouldBeProblem(422, "?indicator bad-parameter"); // a specific figure
    }

    [Fact]
    public async Task Figure_RevisedMoreOftenThanAPageHolds_IsReadWhole()
    {
        var series = centre.Catalogue.SeriesByKey[("KT03", "QNM")].Id;
        await using (var insert = centre.Host.Database.CreateCommand($"""
            insert into observation
            select {series}, t, 'Y', r, r, 1, 0, true, 9000000 + r, '2026-01-01Z'::timestamptz + r * interval '1 hour', null
            from generate_series(1, 60) r, unnest(array['2017-12-31T17:00Z', '2018-12-31T17:00Z']::timestamptz[]) t
            """)) await insert.ExecuteNonQueryAsync();

        var latest = await centre.AllAsync("observations?indicator=KT03&from=2018&to=2019&limit=1");
        var history = await centre.AllAsync("observations?indicator=KT03&from=2018&to=2019&includeHistory=true&limit=7");
        var asOf = await centre.AllAsync("observations?indicator=KT03&from=2018&to=2019&limit=1&asOf=2026-01-01T20:30:00Z");
        var updates = await centre.AllAsync("observations?indicator=KT03&from=2018&to=2019&updatedAfter=2026-01-01T10:00:00Z&includeHistory=true&limit=9");

        latest.Select(i => ((string)i["period"]!, (int)i["revision"]!)).ShouldBe([("2019", 60), ("2018", 60)]);
        history.Select(i => (int)i["revision"]!).ShouldBe([.. Enumerable.Range(1, 60).Reverse(), .. Enumerable.Range(1, 60).Reverse()]);
        asOf.Select(i => (int)i["revision"]!).ShouldBe([20, 20]);
        updates.Select(i => (int)i["revision"]!).ShouldBe(Enumerable.Range(11, 50).SelectMany(r => new[] { r, r }));
    }

    private string Of(string day) => $"observations?indicator={Indicator}&from={day}&to={day}";

    private async Task<string> ReportAsync(string? day = null, decimal shift = 0)
    {
        day ??= Reader.NextDay();
        (await centre.SubmitAsync(centre.Message(Form, day, shift))).ShouldBe(HttpStatusCode.Created);
        return day;
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
