using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Integration.Tests.Reporting;

public sealed class SubmissionTests(Centre centre)
{
    [Fact]
    public async Task Submission_Valid_IsAcceptedWithReceiptAndLocation()
    {
        var message = centre.Message(centre.Daily, centre.NextDay());

        var answer = (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        var report = $"{message["form"]}/{message["agency"]}/{message["period"]}";
        answer.Location!.OriginalString.ShouldBe("/api/v1/reports/" + report);
        ((string?)answer.Json["report"]).ShouldBe(report);
        ((int?)answer.Json["revision"]).ShouldBe(1);
        ((string?)answer.Json["state"]).ShouldBe("submitted");
        ((string?)answer.Json["punctuality"]).ShouldBe("late");
        ((int?)answer.Json["accepted"]).ShouldBe(message["values"]!.AsArray().Count);
        Guid.TryParse((string?)answer.Json["submissionId"], out _).ShouldBeTrue();
        DateTimeOffset.Parse((string)answer.Json["receivedAt"]!).ShouldBe(Centre.Now);
        answer.Json["warnings"]!.AsArray().ShouldBeEmpty();
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }
}
