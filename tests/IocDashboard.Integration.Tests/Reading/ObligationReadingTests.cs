using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Reading;

[Collection(ReadingCentre.Name)]
public sealed class ObligationReadingTests(Centre centre)
{
    [Fact]
    public async Task Obligation_OfAForm_IsReadAsTheContractSays()
    {
        await centre.Host.OpenAsync();

        var item = (await centre.ReadAsync("obligations?form=CTK-Q&from=2026-Q4&to=2026-Q4")).ShouldBe(HttpStatusCode.OK).Items().ShouldHaveSingleItem();

        item.AsObject().Select(p => p.Key).ShouldBe(["form", "agency", "period", "state", "opensAt", "dueAt", "lockAt", "overdueSince", "submittedAt", "punctuality"]);
        ((string?)item["period"]).ShouldBe("2026-Q4");
        ((string?)item["agency"]).ShouldBe("CTK");
        ((string?)item["state"]).ShouldBe("open");

        // Of its two rules the later one counts: ten working days after the quarter, and not 1 December.
        Instant(item, "dueAt").ShouldBe(new DateTimeOffset(2027, 1, 15, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task States_OfAllObligations_PartThem()
    {
        await centre.Host.OpenAsync();
        await centre.Host.SweepAsync();
        var all = await centre.AllAsync("obligations?limit=1000");

        var parts = new List<JsonNode>();
        foreach (var state in new[] { "upcoming", "open", "dueSoon", "overdue", "draft", "submitted", "returned", "verified", "locked", "excused" })
        {
            var part = await centre.AllAsync($"obligations?state={state}&limit=700");
            part.ShouldAllBe(o => (string?)o["state"] == state);
            parts.AddRange(part);
        }

        parts.Count.ShouldBe(all.Count);
        all.Select(o => $"{o["form"]}/{o["period"]}").ShouldBeUnique();
        parts.Count(o => (string?)o["state"] == "overdue").ShouldBeGreaterThan(0);
        parts.Count(o => (string?)o["state"] == "upcoming").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Pages_OfObligations_AreInTheOrderOfTheirDueInstants()
    {
        await centre.Host.OpenAsync();

        var items = await centre.AllAsync("obligations?agency=SYT&state=overdue&limit=7");

        items.Count.ShouldBeGreaterThan(7);
        items.Select(i => Instant(i, "dueAt")).ShouldBeInOrder();
        items.Select(i => $"{i["form"]}/{i["period"]}").ShouldBeUnique();
    }

    [Fact]
    public async Task AsOf_AnInstantBetween_TellsHowItStoodThen()
    {
        var day = Reader.NextDay();
        var form = centre.Daily();
        await centre.Host.OpenAsync();
        await centre.Host.SweepAsync();
        var opened = centre.Clock.GetUtcNow();
        centre.Clock.Advance(TimeSpan.FromMilliseconds(5));
        (await centre.SubmitAsync(centre.Message(form, day))).ShouldBe(HttpStatusCode.Created);
        var path = $"obligations?form={form.Code}&from={day}&to={day}";

        var now = (await centre.ReadAsync(path)).Items().ShouldHaveSingleItem();
        var then = (await centre.ReadAsync($"{path}&asOf={Text(opened)}")).Items().ShouldHaveSingleItem();
        var overdueThen = (await centre.ReadAsync($"{path}&state=overdue&asOf={Text(opened)}")).Items();
        var overdueNow = (await centre.ReadAsync($"{path}&state=overdue")).Items();

        ((string?)now["state"]).ShouldBe("submitted");
        ((string?)now["punctuality"]).ShouldBe("late");
        now["overdueSince"].ShouldNotBeNull();
        ((string?)then["state"]).ShouldBe("overdue");
        then["submittedAt"].ShouldBeNull();
        overdueThen.ShouldHaveSingleItem();
        overdueNow.ShouldBeEmpty();
    }

    [Fact]
    public async Task AsOf_BeforeAnythingWasOpened_IsEmpty()
    {
        await centre.Host.OpenAsync();

        (await centre.ReadAsync("obligations?asOf=2026-01-01T00:00:00%2B07:00&limit=1000")).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task Timeliness_OfAnAgency_CountsEveryObligationOnce()
    {
        await centre.Host.OpenAsync();
        await centre.Host.SweepAsync();
        var day = Reader.NextDay();
        (await centre.SubmitAsync(centre.Message(centre.Catalogue.Forms["BATGT-D"], day))).ShouldBe(HttpStatusCode.Created);

        var items = (await centre.ReadAsync($"timeliness?from=2026-10-01&to=2026-11-30&groupBy=agency&limit=1000")).ShouldBe(HttpStatusCode.OK).Items();

        var traffic = items.Single(i => (string?)i["agency"] == "BATGT");
        ((int)traffic["expected"]!).ShouldBe((int)traffic["onTime"]! + (int)traffic["late"]! + (int)traffic["missing"]!);
        ((int)traffic["received"]!).ShouldBe((int)traffic["onTime"]! + (int)traffic["late"]!);
        ((int)traffic["late"]!).ShouldBeGreaterThan(0);
        items.ShouldAllBe(i => (decimal)i["reportingRate"]! >= 0 && (decimal)i["reportingRate"]! <= 1 && (decimal)i["onTimeRate"]! <= (decimal)i["reportingRate"]!);
    }

    [Theory]
    [InlineData("agency", "CTK")]
    [InlineData("field", "KT")]
    [InlineData("form", "CTK-M")]
    public async Task Timeliness_ByEachGroup_NamesIt(string groupBy, string member)
    {
        await centre.Host.OpenAsync();

        var items = await centre.AllAsync($"timeliness?from=2026-01&to=2026-10&groupBy={groupBy}&limit=5");

        items.Select(i => (string?)i[groupBy]).ShouldContain(member);
        items.Select(i => (string?)i[groupBy]).ShouldBeUnique();
    }

    [Theory]
    [InlineData("obligations?state=late", "?state unknown-word")]
    [InlineData("obligations?form=NONE", "?form bad-parameter")]
    [InlineData("obligations?asOf=now", "?asOf bad-parameter")]
    [InlineData("obligations?cursor=QQ", "?cursor bad-parameter")]
    [InlineData("timeliness?groupBy=person", "?groupBy unknown-word")]
    public async Task Parameter_ThatIsWrong_IsNamed(string path, string error) => (await centre.ReadAsync(path)).ShouldBeProblem(422, error);

    private static DateTimeOffset Instant(JsonNode item, string name) => DateTimeOffset.Parse((string)item[name]!, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
