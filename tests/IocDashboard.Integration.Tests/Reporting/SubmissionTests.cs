using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Reporting;

public sealed class SubmissionTests(Centre centre)
{
    [Fact]
    public async Task Submission_Valid_IsAcceptedWithReceiptAndLocation()
    {
        var message = centre.NextMessage();

        var answer = (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        answer.Location!.OriginalString.ShouldBe("/api/v1/reports/" + Centre.ReportOf(message));
        ((string?)answer.Json["report"]).ShouldBe(Centre.ReportOf(message));
        ((int?)answer.Json["revision"]).ShouldBe(1);
        ((string?)answer.Json["state"]).ShouldBe("submitted");
        ((string?)answer.Json["punctuality"]).ShouldBe("late");
        ((int?)answer.Json["accepted"]).ShouldBe(message["values"]!.AsArray().Count);
        Guid.TryParse((string?)answer.Json["submissionId"], out _).ShouldBeTrue();
        DateTimeOffset.Parse((string)answer.Json["receivedAt"]!).ShouldBe(Centre.Now);
        answer.Json["warnings"]!.AsArray().ShouldBeEmpty();
        answer.Json["dryRun"].ShouldBeNull();
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Submission_BeforeItsDeadline_IsOnTime()
    {
        var form = centre.Catalogue.FormList.First(f => f.Rhythm == Domain.Catalogue.Rhythm.Yearly);

        var answer = (await centre.SubmitAsync(centre.Message(form, "2026"))).ShouldBe(HttpStatusCode.Created);

        ((string?)answer.Json["punctuality"]).ShouldBe("onTime");
        DateTimeOffset.Parse((string)answer.Json["dueAt"]!).ShouldBeGreaterThan(Centre.Now);
    }

    [Fact]
    public async Task Message_SentAgain_GetsTheSameReceiptAndChangesNothing()
    {
        var message = centre.NextMessage();
        var first = (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var kept = await centre.KeptAsync(message);

        // Written otherwise: other white space, other order of properties, numbers as strings with closing zeros.
        var again = new JsonObject();
        foreach (var (name, value) in message.Reverse()) again[name] = value!.DeepClone();
        foreach (var value in again["values"]!.AsArray()) value!["value"] = Closing(value["value"]!.ToJsonString());
        var second = (await centre.SubmitAsync(again)).ShouldBe(HttpStatusCode.OK);

        second.Text.ShouldBe(first.Text);
        second.Location.ShouldBe(first.Location);
        (await centre.KeptAsync(message)).ShouldBe(kept);
    }

    [Fact]
    public async Task MessageId_WithOtherContent_IsAConflict()
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        message["values"]![0]!["note"] = "khác";

        (await centre.SubmitAsync(message)).ShouldBeProblem(409, "/messageId message-id-reused");
        message["values"] = new JsonArray();
        (await centre.SubmitAsync(message)).ShouldBeProblem(409, "/messageId message-id-reused");
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task MessageId_OfARefusedMessage_IsFree()
    {
        var message = centre.NextMessage();
        message["values"]![0]!["status"] = "guess";
        (await centre.SubmitAsync(message)).ShouldBeProblem(422, "/values/0/status unknown-status");
        message["values"]![0]!["status"] = "final";

        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Message_TwentyTimesAtOnce_IsTakenInOnce()
    {
        var message = centre.NextMessage();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => centre.SubmitAsync(message)));

        answers.Count(a => a.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(19);
        answers.Select(a => a.Text).Distinct().Count().ShouldBe(1);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task MessageId_OnTwoFormsAtOnce_IsTakenInOnce()
    {
        // Different forms share no lock: only the unique key tells.
        var forms = centre.Catalogue.FormList.Where(f => f.Rhythm != Domain.Catalogue.Rhythm.Daily).GroupBy(f => f.Agency).First(g => g.Count() > 1).Take(2).ToList();
        for (var round = 0; round < 5; round++)
        {
            var messages = forms.ConvertAll(f => centre.Message(f, ReportingPeriod.Containing(f.Rhythm, new DateOnly(2026, 11, 20)).ToString(), round));
            foreach (var message in messages) message["messageId"] = $"both-{round}";

            var answers = await Task.WhenAll(messages.Select(m => centre.SubmitAsync(m)));

            answers.Select(a => (int)a.Status).Order().ShouldBe([201, 409]);
        }

        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task DryRun_Judges_AndKeepsNothing()
    {
        var message = centre.NextMessage();
        var kept = await centre.KeptAsync(message);

        var answer = (await centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK);

        ((bool?)answer.Json["dryRun"]).ShouldBe(true);
        answer.Json["submissionId"].ShouldBeNull();
        ((int?)answer.Json["revision"]).ShouldBe(1);
        ((string?)answer.Json["state"]).ShouldBe("submitted");
        ((int?)answer.Json["accepted"]).ShouldBe(message["values"]!.AsArray().Count);
        answer.Location.ShouldBeNull();
        (await centre.KeptAsync(message)).ShouldBe(kept);

        message["values"]![0]!["area"] = "XXX";
        (await centre.SubmitAsync(message, query: "?dryRun=true")).Errors.ShouldContain("/values/0/area unknown-area");
        message["values"]![0]!["area"] = "QNM";
        (await centre.SubmitAsync(message, query: "?dryRun=maybe")).ShouldBeProblem(400);
    }

    [Fact]
    public async Task Revision_OfSomeCells_NeverOverwritesAndLeavesTheOthers()
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var before = (await centre.KeptAsync(message)).Observations;
        var revised = message.DeepClone().AsObject();
        revised["messageId"] = Guid.CreateVersion7().ToString();
        revised["values"]![0]!["value"] = centre.Plausible((string)revised["values"]![0]!["indicator"]!, 1);
        revised["values"]![1]!["status"] = "final";

        var answer = (await centre.SubmitAsync(revised)).ShouldBe(HttpStatusCode.Created);

        ((int?)answer.Json["revision"]).ShouldBe(2);
        (await centre.KeptAsync(message)).Observations.ShouldBe(before + 2);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);

        revised["messageId"] = Guid.CreateVersion7().ToString();
        ((int?)(await centre.SubmitAsync(revised)).ShouldBe(HttpStatusCode.Created).Json["revision"]).ShouldBe(3);
        (await centre.KeptAsync(message)).Observations.ShouldBe(before + 2);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Draft_IsKeptInTheHistory_AndStandsNowhereElse()
    {
        var message = centre.NextMessage();
        var complete = message.DeepClone();
        message["complete"] = false;
        message["values"]!.AsArray().RemoveAt(0);
        var before = (await centre.KeptAsync(message)).Observations;

        var draft = (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        ((string?)draft.Json["state"]).ShouldBe("draft");
        ((string?)draft.Json["punctuality"]).ShouldBe("overdue");
        (await centre.KeptAsync(message)).Observations.ShouldBe(before);
        complete["messageId"] = Guid.CreateVersion7().ToString();
        var submitted = (await centre.SubmitAsync(complete)).ShouldBe(HttpStatusCode.Created);
        ((int?)submitted.Json["revision"]).ShouldBe(2);
        ((string?)submitted.Json["state"]).ShouldBe("submitted");
        (await centre.KeptAsync(message)).Observations.ShouldBe(before + complete["values"]!.AsArray().Count);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Submission_ForAReportThatNoJobOpened_OpensIt()
    {
        var message = centre.NextMessage();
        await using (var gone = centre.Host.Database.CreateCommand(
            "with r as (delete from report where id = $1), e as (delete from history.mt_events where stream_id = $1) delete from history.mt_streams where id = $1"))
        {
            gone.Parameters.Add(new NpgsqlParameter { Value = Centre.ReportOf(message) });
            await gone.ExecuteNonQueryAsync();
        }

        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        (await centre.EventTypesAsync(Centre.ReportOf(message))).ShouldBe(["report_opened", "report_fell_overdue", "report_submitted"]);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Value_FarFromItsPast_IsAWarning()
    {
        var days = Enumerable.Range(10, 10).Select(day => $"2026-11-{day}").ToList();
        var odd = centre.Message(centre.WithAPast, days[^1]);
        var code = (string)odd["values"]![0]!["indicator"]!;
        var of = centre.Catalogue.Indicators[code];
        foreach (var (day, i) in days.SkipLast(1).Select((d, i) => (d, i)))
            (await centre.SubmitAsync(centre.Message(centre.WithAPast, day, i % 3))).ShouldBe(HttpStatusCode.Created);
        odd["values"]![0]!["value"] = decimal.Round(of.PlausibleMax, of.Decimals);

        var answer = (await centre.SubmitAsync(odd, language: "en")).ShouldBe(HttpStatusCode.Created);

        var warning = answer.Json["warnings"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)warning["pointer"]).ShouldBe("/values/0/value");
        ((string?)warning["code"]).ShouldBe("outlier");
        ((string)warning["detail"]!).ShouldContain("unusual");
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Report_VerifiedReturnedAndResubmitted_KeepsEveryStepOfEachFigure()
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var verify = centre.Host.Services.GetRequiredService<VerifyReportHandler>();
        var sendBack = centre.Host.Services.GetRequiredService<ReturnReportHandler>();
        var (first, second) = (message["values"]![0]!, message["values"]![1]!);

        (await verify.Handle(Centre.ReportOf(message), new VerifyReport(2, "operator", Centre.Now), CancellationToken.None)).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.RevisionSuperseded);
        (await verify.Handle(Centre.ReportOf(message), new VerifyReport(1, "operator", Centre.Now), CancellationToken.None)).Accepted.ShouldBeTrue();
        (await verify.Handle("NO-D/NO/2026-11-01", new VerifyReport(1, "operator", Centre.Now), CancellationToken.None)).Report.ShouldBeNull();
        await Ledger.ShouldAgreeAsync(centre.Host.Services);

        var reasons = new[] { first, second }.Select(v => new ReturnReason((string)v["indicator"]!, (string)v["area"]!, "Lệch với báo cáo ngành"));
        (await sendBack.Handle(Centre.ReportOf(message), new ReturnReport(1, [.. reasons], "operator", Centre.Now), CancellationToken.None)).Accepted.ShouldBeTrue();
        await Ledger.ShouldAgreeAsync(centre.Host.Services);

        // One of the two is corrected, the other confirmed as it was.
        message["messageId"] = Guid.CreateVersion7().ToString();
        first["value"] = centre.Plausible((string)first["indicator"]!, 2);
        var before = (await centre.KeptAsync(message)).Observations;
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        (await centre.KeptAsync(message)).Observations.ShouldBe(before + 2);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    private static string Closing(string number) => number.Contains('.', StringComparison.Ordinal) ? number + "00" : number + ".00";
}
