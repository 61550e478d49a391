using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Integration.Tests.DataRequests;

/// <summary>Requests as agencies' own systems see and answer them, and as a table that leaves.</summary>
public sealed class RequestInterfaceTests(Centre centre)
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(9);

    [Fact]
    public async Task Requests_OfOnesOwnAgency_AreListedWithTheirQuestions()
    {
        var number = await centre.Host.AskedAsync(Within, "SCT", "STC");

        foreach (var scope in new[] { KeyScopes.Submit, KeyScopes.Read })
        {
            var item = (await ListAsync("SCT", scope)).Single(i => (string)i["number"]! == number);
            ((string)item["state"]!, (string)item["punctuality"]!, (string)item["authority"]!).ShouldBe(("open", "notDue", "VPUBND"));
            item["questions"]!.AsArray().Select(q => (string)q!["kind"]!).ShouldBe(["figure", "text"]);
        }

        (await ListAsync("SXD", KeyScopes.Read)).ShouldAllBe(i => (string)i["number"]! != number);
        (await ListAsync("SCT", KeyScopes.Read, "?state=accepted")).ShouldAllBe(i => (string)i["state"]! == "accepted");
    }

    [Fact]
    public async Task Pages_OfRequests_HoldEachOnce()
    {
        for (var i = 0; i < 5; i++) await centre.Host.AskedAsync(Within, "SGTVT");
        var (seen, next) = (new List<string>(), "");
        do
        {
            var page = await GetAsync("SGTVT", KeyScopes.Read, "?limit=2" + next);
            seen.AddRange(page["items"]!.AsArray().Select(i => (string)i!["number"]!));
            next = (string?)page["next"] is { } cursor ? "&cursor=" + cursor : "";
        }
        while (next.Length > 0);

        seen.Count.ShouldBe(5);
        seen.ShouldBe(seen.Distinct().Order());
    }

    [Fact]
    public async Task Answers_SentTwice_AreTakenInOnce()
    {
        var number = await centre.Host.AskedAsync(Within, "SCT");
        var message = Message(4.5m);

        var first = (await AnswerAsync(number, message)).ShouldBe(HttpStatusCode.Created);
        ((int)first.Json["revision"]!, (string)first.Json["state"]!, (string)first.Json["punctuality"]!, (int)first.Json["accepted"]!).ShouldBe((1, "answered", "onTime", 1));
        message["answers"]![0]!["value"] = "4.50";
        (await AnswerAsync(number, message)).ShouldBe(HttpStatusCode.OK).Json["receivedAt"]!.ToJsonString().ShouldBe(first.Json["receivedAt"]!.ToJsonString());
        message["answers"]![0]!["value"] = 5;
        (await AnswerAsync(number, message)).ShouldBeProblem(409);
        (await centre.EventTypesAsync(number)).ShouldBe(["data_requested", "data_request_answered"]);

        // At once, and with an id of its own: what stands is not said again.
        var again = Message(4.5m);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AnswerAsync(number, again)));
        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        (await centre.EventTypesAsync(number)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Answers_ThatAreWrong_ChangeNothing_AndSayWhy()
    {
        var number = await centre.Host.AskedAsync(Within, "SCT");
        var wrong = (await AnswerAsync(number, JsonNode.Parse("""{"messageId":"x","answers":[{"question":"q1","value":1.25,"note":5},{"question":"q7"}]}""")!)).ShouldBeProblem(422);
        wrong.Json["errors"]!.AsArray().Select(e => $"{e!["pointer"]} {e["code"]}").ShouldBe(
            ["/answers/0/note wrong-type", "/answers/0/value bad-precision", "/answers/1/question unknown-question"], ignoreOrder: true);
        (await AnswerAsync(number, JsonNode.Parse("[]")!)).ShouldBeProblem(422);
        (await AnswerAsync(number, JsonNode.Parse("""{"messageId":"x"}""")!)).ShouldBeProblem(422);
        (await AnswerAsync("YC-1999-001", Message(1))).ShouldBeProblem(404);
        (await AnswerAsync("YC-%EF%BF%BE", Message(1))).ShouldBeProblem(404);
        (await AnswerAsync(number, Message(1), "SXD")).ShouldBeProblem(404);
        (await centre.EventTypesAsync(number)).ShouldBe(["data_requested"]);

        var (review, host) = (centre.Host.Get<ReviewAnswersHandler>(), centre.Host);
        (await AnswerAsync(number, Message(1))).ShouldBe(HttpStatusCode.Created);
        await review.Accept(number, new("SCT", 1, "An", host.Now()), Requests.Office, default);
        (await AnswerAsync(number, Message(2))).ShouldBeProblem(423);
        var withdrawn = await host.AskedAsync(Within, "SCT");
        await review.Withdraw(withdrawn, new("Đã có", "An", host.Now()), Requests.Office, default);
        ((string)(await AnswerAsync(withdrawn, Message(2))).ShouldBeProblem(423).Json["code"]!).ShouldBe(RequestCodes.Withdrawn);
    }

    [Fact]
    public async Task Export_IsATableWithoutFormulas_ForWhoeverMayAsk()
    {
        var number = await centre.Host.AskedAsync(Within, "SCT", "STC");
        await centre.Host.Get<AnswerDataRequestHandler>().Send(
            number, new("f", [new("q1", 2.5m, null, "=cmd()"), new("q2", null, "@SUM(1,2)", null)], []), AgencyScope.Of("SCT"), "Hồng", default);
        using var asker = await Visitor.OfAsync(centre.Host, Roles.Leader, "UBND", "lanh.dao.xuat");
        using var reporter = await Visitor.OfAsync(centre.Host, Roles.AgencyReporter, "SCT", "nguoi.nhap.xuat");

        var csv = await asker.Client.GetStringAsync($"/console/requests/{number}/answers.csv");
        csv.ShouldContain("Thu nội địa (tỷ đồng)");
        csv.ShouldContain(",2.5,'=cmd(),");
        csv.ShouldContain("'@SUM(1,2)");
        csv.ShouldContain($"{number},STC,");
        (await reporter.Client.GetAsync($"/console/requests/{number}/answers.csv")).StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.Redirect);
        (await asker.Client.GetAsync("/console/requests/YC-1999-001/answers.csv")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task ConsolePage_ShowsAnswers_AndAnUnknownNumberIs404()
    {
        var number = await centre.Host.AskedAsync(Within, "SCT");
        await centre.Host.AnswerAsync(number, "SCT", 17.5m);
        using var asker = await Visitor.OfAsync(centre.Host, Roles.Supervisor, "IOC", "truc.xem");

        (await asker.Client.GetStringAsync($"/console/requests/{number}")).ShouldContain("17,5");
        (await asker.Client.GetStringAsync("/console/requests")).ShouldContain(number);
        (await asker.Client.GetAsync("/console/requests/YC-1999-001")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static JsonObject Message(decimal value) => new()
    {
        ["messageId"] = Guid.CreateVersion7().ToString(), ["answers"] = new JsonArray(new JsonObject { ["question"] = "q1", ["value"] = value }),
    };

    private Task<Answer> AnswerAsync(string number, JsonNode message, string asAgency = "SCT") =>
        centre.PostAsync($"/api/v1/requests/{number}/answers", message.ToJsonString(), asAgency);

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string agency, string scope, string query = "?limit=1000") =>
        [.. (await GetAsync(agency, scope, query))["items"]!.AsArray().Select(i => i!)];

    private async Task<JsonNode> GetAsync(string agency, string scope, string query)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/requests" + query);
        request.Headers.Authorization = new("Bearer", await centre.TokenAsync(agency, scope));
        using var response = await centre.Host.Client.SendAsync(request);
        return (await Answer.ReadAsync(response)).ShouldBe(HttpStatusCode.OK).Json;
    }
}
