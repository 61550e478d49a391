using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.Reading;

[Collection(ReadingCentre.Name)]
public sealed class ReportReadingTests(Centre centre)
{
    [Fact]
    public async Task Report_OpenedAndSilent_HasNoValues()
    {
        await centre.Host.OpenAsync();

        var report = (await centre.ReadAsync("reports/CTK-Y/CTK/2027")).ShouldBe(HttpStatusCode.OK).Json;

        ((string?)report["state"]).ShouldBe("open");
        ((string?)report["obligation"]).ShouldBe("upcoming");
        ((string?)report["punctuality"]).ShouldBe("notDue");
        report["values"]!.AsArray().ShouldBeEmpty();
        ((string?)report["events"]!.AsArray().ShouldHaveSingleItem()!["type"]).ShouldBe("reportOpened");
    }

    [Fact]
    public async Task Report_SubmittedTwice_HasTheLatestValuesAndEveryRevision()
    {
        var day = Reader.NextDay();
        var form = centre.Daily();
        (await centre.SubmitAsync(centre.Message(form, day))).ShouldBe(HttpStatusCode.Created);
        var second = (await centre.SubmitAsync(centre.Message(form, day, shift: 2))).ShouldBe(HttpStatusCode.Created);

        var answer = await centre.ReadAsync($"reports/{form.Code}/{form.Agency}/{day}", form.Agency, KeyScopes.Submit);

        var report = answer.ShouldBe(HttpStatusCode.OK).Json;
        second.Location!.OriginalString.ShouldBe($"/api/v1/reports/{(string?)report["report"]}");
        ((string?)report["state"]).ShouldBe("submitted");
        ((int?)report["revision"]).ShouldBe(2);
        report["revisions"]!.AsArray().Select(r => (int)r!["revision"]!).ShouldBe([1, 2]);
        report["values"]!.AsArray().Count.ShouldBe(form.Indicators.Sum(i => i.Areas.Length));
        report["values"]!.AsArray().ShouldAllBe(v => (int)v!["revision"]! == 2);
        var types = report["events"]!.AsArray().Select(e => (string)e!["type"]!).ToList();
        types[0].ShouldBe("reportOpened");
        types.Count(t => t == "reportSubmitted").ShouldBe(2);
        types.Count(t => t == "reportFellOverdue").ShouldBe(1);
        var overdue = report["events"]!.AsArray().Single(e => (string?)e!["type"] == "reportFellOverdue")!;
        ((string?)overdue["at"]).ShouldBe((string?)report["dueAt"]);
        overdue["foundAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task Cell_Unchanged_KeepsItsRevisionAsInTheObservations()
    {
        var day = Reader.NextDay();
        var form = centre.Daily();
        var message = centre.Message(form, day);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var changed = message["values"]![0]!;
        message["messageId"] = Guid.CreateVersion7().ToString();
        changed["value"] = centre.Plausible((string)changed["indicator"]!, 2);
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        var report = (await centre.ReadAsync($"reports/{form.Code}/{form.Agency}/{day}", form.Agency)).ShouldBe(HttpStatusCode.OK).Json;
        var observed = await centre.AllAsync($"observations?indicator={string.Join(',', form.Indicators.Select(i => i.Code))}&from={day}&to={day}", form.Agency);

        ((int?)report["revision"]).ShouldBe(2);
        var revisions = report["values"]!.AsArray().ToDictionary(v => ((string)v!["indicator"]!, (string)v["area"]!), v => (int)v!["revision"]!);
        revisions[((string)changed["indicator"]!, (string)changed["area"]!)].ShouldBe(2);
        revisions.Values.Count(r => r == 1).ShouldBe(revisions.Count - 1);
        observed.ToDictionary(o => ((string)o["indicator"]!, (string)o["area"]!), o => (int)o["revision"]!).ShouldBe(revisions, ignoreOrder: true);
    }

    [Fact]
    public async Task Draft_AfterASubmission_ChangesNothingAndIsReadByItsOwnAgencyAlone()
    {
        var day = Reader.NextDay();
        var form = centre.Daily();
        (await centre.SubmitAsync(centre.Message(form, day))).ShouldBe(HttpStatusCode.Created);
        var message = centre.Message(form, day, shift: 2);
        message["complete"] = false;

        var receipt = (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created).Json;

        ((string?)receipt["state"]).ShouldBe("draft");
        var path = $"reports/{form.Code}/{form.Agency}/{day}";
        var own = (await centre.ReadAsync(path, form.Agency)).ShouldBe(HttpStatusCode.OK).Json;
        ((string?)own["state"]).ShouldBe("submitted");
        own["values"]!.AsArray().ShouldAllBe(v => (int)v!["revision"]! == 1);
        own["draft"]!.AsArray().ShouldAllBe(v => (int)v!["revision"]! == 2);
        var others = (await centre.ReadAsync(path, form.Agency == "STC" ? "SYT" : "STC")).ShouldBe(HttpStatusCode.OK).Json;
        others.AsObject().ContainsKey("draft").ShouldBeFalse();
        others["revisions"]!.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Draft_ToEverybodyElse_IsAsIfItWereNotThere()
    {
        await centre.Host.OpenAsync();
        var (form, period) = (centre.Catalogue.Forms["SYT-M"], "2026-11");
        var (report, owed) = ($"reports/{form.Code}/{form.Agency}/{period}", $"obligations?form={form.Code}&from={period}&to={period}");
        var before = (await centre.ReadAsync(report)).Text + (await centre.ReadAsync(owed)).Text;
        var message = centre.Message(form, period);
        (message["complete"], message["values"]![0]!["note"]) = (false, "bản nháp");
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        var after = (await centre.ReadAsync(report)).Text + (await centre.ReadAsync(owed)).Text;
        var own = await centre.ReadAsync(report, form.Agency);

        after.ShouldBe(before);
        own.Text.ShouldContain("bản nháp");
        own.Text.ShouldContain((string)message["messageId"]!);
        (await centre.ReadAsync($"obligations?state=draft&form={form.Code}", form.Agency)).Items().ShouldNotBeEmpty();
        (await centre.ReadAsync($"obligations?state=draft&form={form.Code}")).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task Report_OfAnotherAgency_IsClosedToASubmitKeyAndOpenToAReadKey()
    {
        await centre.Host.OpenAsync();

        (await centre.ReadAsync("reports/CTK-Q/CTK/2026-Q4", "SYT", KeyScopes.Submit)).ShouldBeProblem(403, " not-your-agency");
        (await centre.ReadAsync("reports/CTK-Q/CTK/2026-Q4", "SYT")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SpecificCells_OfAnotherAgency_AreLeftOut()
    {
        var day = Reader.NextDay();
        (await centre.SubmitAsync(centre.Message(centre.Catalogue.Forms["SYT-D"], day))).ShouldBe(HttpStatusCode.Created);

        var own = Indicators(await centre.ReadAsync($"reports/SYT-D/SYT/{day}", "SYT"));
        var others = Indicators(await centre.ReadAsync($"reports/SYT-D/SYT/{day}", "STC"));

        own.ShouldContain("YT06");
        others.ShouldNotContain("YT06");
        others.ShouldContain("YT02");
    }

    [Theory]
    [InlineData("reports/CTK-Q/CTK/2026-Q5")]
    [InlineData("reports/CTK-Q/SYT/2026-Q4")]
    [InlineData("reports/NONE/CTK/2026-Q4")]
    [InlineData("reports/CTK-Q/CTK/2031-Q4")]
    public async Task Report_NeverOpened_IsNotFound(string path) => (await centre.ReadAsync(path)).ShouldBeProblem(404);

    private static IReadOnlyList<string?> Indicators(Answer report) => [.. report.Json["values"]!.AsArray().Select(v => (string?)v!["indicator"])];
}
