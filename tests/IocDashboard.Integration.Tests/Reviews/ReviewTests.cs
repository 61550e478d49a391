using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Reviews;

/// <summary>What a verifier looks at and decides, and what follows from it for the agency and its next submission.</summary>
public sealed class ReviewTests(Centre centre)
{
    private static readonly AuditActor Hanh = new(AuditActor.Person, "hanh", "IOC", null, null);

    private readonly JsonObject _message = centre.NextMessage();

    private string Report => Centre.ReportOf(_message);

    private string Form => (string)_message["form"]!;

    private List<ReviewedCell> Cells => [.. _message["values"]!.AsArray().Select(v => new ReviewedCell((string)v!["indicator"]!, (string)v["area"]!))];

    private T Get<T>() where T : notnull => centre.Host.Services.GetRequiredService<T>();

    [Fact]
    public async Task Return_TellsTheAgencyWhyAndByWhen_AndKeepsWhatWasAccepted()
    {
        await SubmitAsync();
        var mendBy = Centre.Now.AddDays(2);

        (await ReturnAsync(1, mendBy)).Accepted.ShouldBeTrue();

        var seen = (await Get<FindSheet>().Handle(Report, AgencyScope.Of((string)_message["agency"]!), default))!;
        seen.Report.MendBy.ShouldBe(mendBy);
        seen.Reasons[new(Cells[0].Indicator, Cells[0].Area)].ShouldBe("Lệch với báo cáo ngành");
        seen.Standing.Values.Select(s => s.Verification).Order().ShouldBe(
            [.. Enumerable.Repeat(VerificationState.Verified, Cells.Count - 1), VerificationState.Returned]);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Submission_AfterAReturn_AsksTheVerifierOnlyForWhatChanged()
    {
        await SubmitAsync();
        await ReturnAsync(1);
        await SubmitAsync(shift: 1);

        var review = (await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!;

        review.Cells.Where(c => c.Verification != VerificationState.Verified).Select(c => c.Key).ShouldBe([new CellKey(Cells[0].Indicator, Cells[0].Area)]);
        review.Cells[0].ShouldSatisfyAllConditions(
            c => c.IsChanged.ShouldBeTrue(), c => c.Before!.Value.ShouldBe(centre.Plausible(Cells[0].Indicator)), c => c.Value.Value.ShouldBe(centre.Plausible(Cells[0].Indicator, 1)));
        review.Returned!.Reasons.ShouldHaveSingleItem().Reason.ShouldBe("Lệch với báo cáo ngành");
        var queued = (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Report);
        (queued.WasReturned, queued.Report.Returns, queued.IsBarredTo("hanh")).ShouldBe((true, 1, false));
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Queue_PutsWhatWasSentAgainAndLateFirst()
    {
        await SubmitAsync();
        await ReturnAsync(1);
        await SubmitAsync(shift: 1);

        var queue = await Get<FindQueue>().Handle(default);

        queue.Select(q => (q.WasReturned, q.IsLate, q.Flags > 0)).ShouldBe(
            queue.OrderByDescending(q => q.WasReturned).ThenByDescending(q => q.IsLate).ThenByDescending(q => q.Flags > 0).Select(q => (q.WasReturned, q.IsLate, q.Flags > 0)));
        queue.Length.ShouldBe(await Get<FindQueue>().CountAsync(default));
    }

    [Fact]
    public async Task TwoVerifiers_WhereTheFormAsksForThem_AreTwoPeople()
    {
        (await Get<SetTermsHandler>().SetForm(Form, FormTerms.Usual with { Verifiers = 2 }, "Biểu trọng yếu", Hanh, default)).ShouldBe(TermsOutcome.Set);
        try
        {
            await SubmitAsync();
            (await VerifyAsync("hanh")).Report!.State.ShouldBe(ReportState.Submitted);
            (await VerifyAsync("HANH")).Errors.ShouldHaveSingleItem().Code.ShouldBe(ReviewCodes.SameVerifier);
            (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Report).IsBarredTo("hanh").ShouldBeTrue();
            (await VerifyAsync("duc")).Report!.State.ShouldBe(ReportState.Verified);

            (await centre.EventTypesAsync(Report)).TakeLast(2).ShouldBe(["report_checked", "report_verified"]);
            await Ledger.ShouldAgreeAsync(centre.Host.Services);
            var actions = (await Get<FindAudit>().Handle(new(null, Report, null, null), null, 10, default)).Select(e => e.Action);
            actions.ShouldBe([AuditActions.ReportVerified, AuditActions.ReportChecked]);
        }
        finally
        {
            await Get<SetTermsHandler>().SetForm(Form, FormTerms.Usual, "Thử xong", Hanh, default);
        }
    }

    [Fact]
    public async Task Sender_NeverVerifiesTheirOwn()
    {
        await SubmitAsync();
        await using var read = centre.Host.Database.CreateCommand("select submitted_by from report where id = $1");
        read.Parameters.Add(new() { Value = Report });
        var sender = (string)(await read.ExecuteScalarAsync())!;

        (await VerifyAsync(sender)).Errors.ShouldHaveSingleItem().Code.ShouldBe(ReviewCodes.OwnSubmission);
    }

    [Fact]
    public async Task Verifier_WhoMayNotSeeEveryCell_VerifiesNothing()
    {
        var specific = centre.Catalogue.FormList.First(f => f.Rhythm == Rhythm.Daily && f.Indicators.Any(i => centre.Catalogue.Indicators[i.Code].Sharing == SharingClass.Specific));
        var message = centre.Message(specific, "2026-11-05");
        (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);

        var outcome = await Get<VerifyReportHandler>().Handle(Centre.ReportOf(message), new(1, "hanh", Centre.Now), default, Hanh, Sight.OfNobody);

        outcome.Errors.ShouldHaveSingleItem().Code.ShouldBe(ReviewCodes.CellsHidden);
    }

    [Fact]
    public async Task VerifiedFigure_ReplacedByAMachineWithoutAReason_IsTakenInAndAskedAbout()
    {
        await SubmitAsync();
        await VerifyAsync("hanh");
        _message["values"]![0]!["value"] = centre.Plausible(Cells[0].Indicator, 2);

        _message["messageId"] = Guid.CreateVersion7().ToString();
        var asked = (await centre.SubmitAsync(_message, query: "?dryRun=true", language: "en")).ShouldBe(HttpStatusCode.OK);
        asked.Text.ShouldContain("\"no-reason\"");
        _message["reason"] = "  Trạm báo nhầm ";
        _message["messageId"] = Guid.CreateVersion7().ToString();
        var told = (await centre.SubmitAsync(_message)).ShouldBe(HttpStatusCode.Created);
        told.Text.ShouldNotContain("no-reason");

        var review = (await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!;
        review.Submitted.Reason.ShouldBe("Trạm báo nhầm");
        review.Report.State.ShouldBe(ReportState.Submitted);

        // Another reason is another message; the same one is the same.
        (await centre.SubmitAsync(_message)).ShouldBe(HttpStatusCode.OK);
        _message["reason"] = "Khác";
        (await centre.SubmitAsync(_message)).ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Claim_IsTheSubmissionsAlone()
    {
        await SubmitAsync();
        await Get<ClaimReview>().Handle(Report, 1, "hanh", take: true, default);
        (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Report).ClaimedBy.ShouldBe("hanh");
        await Get<ClaimReview>().Handle(Report, 1, "duc", take: false, default);
        (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Report).ClaimedBy.ShouldBe("hanh");

        await SubmitAsync(shift: 1);
        (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Report).ClaimedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Outlier_IsAFlagInTheQueueAndOnItsCell()
    {
        var form = centre.Catalogue.FormList.Last(f => f.Rhythm == Rhythm.Weekly && f.Indicators.All(i => centre.Catalogue.Indicators[i.Code].Sharing == SharingClass.Default));
        var (indicator, area) = (form.Indicators[0].Code, form.Indicators[0].Areas[0]);
        var period = ReportingPeriod.Parse("2026-W39");
        JsonObject message = null!;
        for (var i = 0; i < 9; i++, period = period.Next)
        {
            message = centre.Message(form, period.ToString(), i % 3);
            if (i == 8) message["values"]!.AsArray().First(v => (string)v!["indicator"]! == indicator && (string)v["area"]! == area)!["value"] = centre.Catalogue.Indicators[indicator].PlausibleMax;
            (await centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        }

        var review = (await Get<FindReview>().Handle(Centre.ReportOf(message), Whole(), "hanh", default))!;

        review.Cells.Where(c => c.Flags.Any(f => f.Code == JudgementCodes.Outlier)).ShouldHaveSingleItem().Key.ShouldBe(new CellKey(indicator, area));
        // Rules that are switched on may ask more.
        (await Get<FindQueue>().Handle(default)).Single(q => q.Report.Id == Centre.ReportOf(message)).Flags.ShouldBe(review.Cells.Sum(c => c.Flags.Length) + review.Whole.Length);
    }

    private async Task SubmitAsync(decimal shift = 0)
    {
        _message["messageId"] = Guid.CreateVersion7().ToString();
        if (shift != 0) _message["values"]![0]!["value"] = centre.Plausible(Cells[0].Indicator, shift);
        (await centre.SubmitAsync(_message)).ShouldBe(HttpStatusCode.Created);
    }

    private Task<ReviewOutcome> ReturnAsync(int revision, DateTimeOffset? mendBy = null) => Get<ReturnReportHandler>().Handle(
        Report, new(revision, [new(Cells[0].Indicator, Cells[0].Area, "Lệch với báo cáo ngành")], "hanh", Centre.Now) { MendBy = mendBy, Accepted = [.. Cells] }, default, Hanh);

    private Task<ReviewOutcome> VerifyAsync(string by) => Get<VerifyReportHandler>().Handle(Report, new(1, by, Centre.Now), default, Hanh with { Name = by });

    /// <summary>Of whoever reads the agency's own.</summary>
    private Sight Whole() => Sight.Of((string)_message["agency"]!, centre.Catalogue.Agreements, Centre.Now);
}
