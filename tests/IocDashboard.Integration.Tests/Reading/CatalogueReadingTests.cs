using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Reading;

[Collection(ReadingCentre.Name)]
public sealed class CatalogueReadingTests(Centre centre)
{
    [Fact]
    public async Task Indicators_All_HaveEveryColumnAndBothNames()
    {
        var items = await centre.AllAsync("indicators?limit=50");

        items.Count.ShouldBe(122 - 14, "without those of class specific");
        var growth = items.Single(i => (string?)i["code"] == "KT01");
        ((string?)growth["nameVi"]).ShouldBe("Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP)");
        ((string?)growth["nameEn"]).ShouldBe("GRDP growth, constant prices");
        ((string?)growth["shortVi"]).ShouldBe("Tăng trưởng GRDP");
        ((string?)growth["periodicity"]).ShouldBe("quarterly");
        ((string?)growth["direction"]).ShouldBe("higher");
        ((string?)growth["sharingClass"]).ShouldBe("default");
        ((decimal?)growth["target"]).ShouldBe(7m);
        growth.AsObject().Select(p => p.Key).ShouldBe(
            ["code", "fieldCode", "fieldVi", "fieldEn", "nameVi", "nameEn", "shortVi", "shortEn", "unitVi", "unitEn", "decimals", "direction", "periodicity",
             "accumulation", "deadlineRule", "agency", "breakdown", "aggregation", "plausibleMin", "plausibleMax", "target", "targetLow", "targetHigh", "warn",
             "critical", "extreme", "sharingClass", "thresholdBasis", "valueStatus", "areas", "validFrom", "decision", "seriesFrom"]);
        ((decimal?)items.Single(i => (string?)i["code"] == "YT03")["targetHigh"]).ShouldBe(85m);
        // As the catalogue's own file says it.
        ((string?)items.Single(i => (string?)i["code"] == "NN02")["periodicity"]).ShouldBe("halfyear");
    }

    [Fact]
    public async Task Forms_OfAnAgency_AreEnoughForAValidMessage()
    {
        var items = (await centre.ReadAsync("forms?agency=SYT", "SYT", KeyScopes.Submit)).ShouldBe(HttpStatusCode.OK).Items();

        items.Select(i => (string?)i["code"]).ShouldBe(["SYT-D", "SYT-M", "SYT-Q", "SYT-W"]);
        var weekly = items[^1];
        ((string?)weekly["rhythm"]).ShouldBe("weekly");
        var column = weekly["indicators"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)column["code"]).ShouldBe("YT01");
        ((bool?)column["required"]).ShouldBe(true);
        column["areas"]!.AsArray().Select(a => (string?)a).ShouldContain("TKY");
    }

    [Fact]
    public async Task Agencies_AndAreas_AreThoseOfTheRegister()
    {
        var agencies = await centre.AllAsync("agencies?limit=1000");
        var areas = await centre.AllAsync("areas?limit=7");

        agencies.Count(a => ((string)a["kind"]!).StartsWith("district_", StringComparison.Ordinal)).ShouldBe(18);
        areas.Count.ShouldBe(centre.Catalogue.AreaList.Length);
        areas.Select(a => (string?)a["code"]).ShouldBeUnique();
        var district = areas.Single(a => (string?)a["code"] == "TKY");
        ((int?)district["mapColumn"], (int?)district["mapRow"]).ShouldBe((4, 3));
        ((string?)district["shortVi"]).ShouldBe("Tam Kỳ");
    }

    [Fact]
    public async Task Feeds_All_SayRuleAndState()
    {
        var items = (await centre.ReadAsync("feeds")).ShouldBe(HttpStatusCode.OK).Items();

        items.Count.ShouldBe(centre.Catalogue.FeedList.Length);
        var rivers = items.Single(i => (string?)i["code"] == "DKTTV-H");
        ((string?)rivers["rule"]).ShouldBe("end+PT30M");
        ((string?)rivers["agency"]).ShouldBe("DKTTV");
        new[] { "live", "late", "lost", "paused" }.ShouldContain((string?)rivers["state"]);
        rivers["indicators"]!.AsArray().Count.ShouldBe(8);
        rivers.AsObject().ContainsKey("lastAt").ShouldBeTrue();
    }

    [Fact]
    public async Task Feed_ThatNeverSent_IsLostWithoutALastInstant()
    {
        await using var host = await IocHost.StartAsync();
        var token = (await host.Services.GetRequiredService<MachineKeys>().AddAsync("IOC", [KeyScopes.Read], null, "test")).Token;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/feeds?state=lost");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await host.Client.SendAsync(request);

        var items = (await Answer.ReadAsync(response)).ShouldBe(HttpStatusCode.OK).Items();

        items.ShouldNotBeEmpty();
        items.ShouldAllBe(i => i["lastAt"] == null && (string?)i["state"] == "lost");
    }

    [Fact]
    public async Task List_Page_EndsWithACursorOfWhatFollows()
    {
        var first = (await centre.ReadAsync("forms?limit=3")).ShouldBe(HttpStatusCode.OK);
        var second = (await centre.ReadAsync($"forms?limit=3&cursor={first.Json["next"]}")).ShouldBe(HttpStatusCode.OK);

        first.Items().Concat(second.Items()).Select(i => (string?)i["code"]).ShouldBe(centre.Catalogue.FormList.Take(6).Select(f => f.Code));
    }

    [Theory]
    [InlineData("forms?limit=0", "?limit bad-parameter")]
    [InlineData("forms?limit=1001", "?limit bad-parameter")]
    [InlineData("forms?limit=ten", "?limit bad-parameter")]
    [InlineData("forms?cursor=!!", "?cursor bad-parameter")]
    [InlineData("forms?cursor=QUJD", "?cursor bad-parameter")]
    [InlineData("forms?agency=NOBODY", "?agency bad-parameter")]
    [InlineData("feeds?state=silent", "?state unknown-word")]
    [InlineData("indicators?asof=2026-01-01", "?asof unknown-parameter")]
    public async Task Parameter_ThatIsWrong_IsNamed(string path, string error)
    {
        var answer = await centre.ReadAsync(path);

        answer.ShouldBeProblem(422, error);
    }

    [Fact]
    public async Task Problem_InEnglish_IsInEnglish() =>
        ((string?)(await centre.ReadAsync("forms?limit=0", language: "en")).Json["detail"]).ShouldBe("Parameter limit is not valid: “0”.");

    [Fact]
    public async Task List_WithoutAToken_IsRefused()
    {
        using var response = await centre.Host.Client.GetAsync("/api/v1/forms");

        (await Answer.ReadAsync(response)).ShouldBeProblem(401);
    }
}
