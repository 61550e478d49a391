using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Reviews;

/// <summary>What a verifier has decided on cells is kept for them, for one submission, until it is decided.</summary>
// In a centre of its own: it writes rows that follow from no event, which others hold against the history.
public sealed class ReviewDraftTests(Centre centre) : IClassFixture<Centre>
{
    private readonly JsonObject _message = centre.NextMessage();

    private string Report => Centre.ReportOf(_message);

    private (string Indicator, string Area) Cell(int at) => ((string)_message["values"]![at]!["indicator"]!, (string)_message["values"]![at]!["area"]!);

    private T Get<T>() where T : notnull => centre.Host.Services.GetRequiredService<T>();

    [Fact]
    public async Task Draft_IsReadWithTheReport_ByItsPersonAlone()
    {
        await SubmitAsync();
        var draft = Draft("hanh");

        var keptAt = (await Get<KeepReviewDraft>().Handle(draft, default))!.Value;

        var found = (await ReadAsync("hanh"))!;
        found.Cells.ShouldBe(draft.Cells);
        (found.Revision, found.State, found.MendBy, found.WrittenAt).ShouldBe((1, ReportState.Submitted, draft.MendBy, keptAt));
        found.FateUnder((await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!.Report).ShouldBe(DraftFate.Holds);
        (await ReadAsync("duc")).ShouldBeNull();
    }

    [Fact]
    public async Task Draft_WrittenAgain_TakesThePlaceOfTheOneBefore_AndEmptyItIsGone()
    {
        await SubmitAsync();
        await Get<KeepReviewDraft>().Handle(Draft("hanh"), default);

        await Get<KeepReviewDraft>().Handle(Draft("hanh") with { Cells = [Draft("hanh").Cells[1]] }, default);
        (await ReadAsync("hanh"))!.Cells.ShouldHaveSingleItem().ShouldBe(Draft("hanh").Cells[1]);

        await Get<KeepReviewDraft>().Handle(Draft("hanh") with { Cells = [] }, default);
        (await ReadAsync("hanh")).ShouldBeNull();
    }

    [Fact]
    public async Task Decision_DropsTheDraftOfWhoeverDecided_AndTellsTheOthers()
    {
        await SubmitAsync();
        await Get<KeepReviewDraft>().Handle(Draft("hanh"), default);
        await Get<KeepReviewDraft>().Handle(Draft("duc"), default);

        await VerifyAsync("hanh");
        // A write that was under way comes after the decision: there is nothing left for it to be a draft of.
        (await Get<KeepReviewDraft>().Handle(Draft("hanh"), default)).ShouldBeNull();

        (await ReadAsync("hanh")).ShouldBeNull();
        var review = (await Get<FindReview>().Handle(Report, Whole(), "duc", default))!;
        review.Draft!.FateUnder(review.Report).ShouldBe(DraftFate.Decided);
        await Get<KeepReviewDraft>().DropAsync(review.Draft, default);
        (await ReadAsync("duc")).ShouldBeNull();
    }

    [Fact]
    public async Task FirstOfTwo_WhoHasConfirmed_GetsNoLateDraftBack_AndMayBeginANewOne()
    {
        await SubmitAsync();
        // As the event of a first confirmation leaves it: neither the revision nor the state has changed.
        await CheckAsync("hanh");

        (await Get<KeepReviewDraft>().Handle(Draft("hanh"), default)).ShouldBeNull();
        (await Get<KeepReviewDraft>().Handle(Draft("duc"), default)).ShouldNotBeNull();
        (await Get<KeepReviewDraft>().Handle(Draft("hanh") with { AfterOwnCheck = true }, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Write_WhileADecisionIsUnderWay_WaitsForIt()
    {
        await SubmitAsync();
        await using var connection = await centre.Host.Database.OpenConnectionAsync();
        await using var deciding = await connection.BeginTransactionAsync();
        await using (var decide = new NpgsqlCommand("update report set state = 4 where id = $1", connection, deciding) { Parameters = { new() { Value = Report } } })
            (await decide.ExecuteNonQueryAsync()).ShouldBe(1);

        var write = Get<KeepReviewDraft>().Handle(Draft("hanh"), default);
        (await Task.WhenAny(write, Task.Delay(300))).ShouldNotBe(write);
        await deciding.CommitAsync();

        (await write).ShouldBeNull();
    }

    [Fact]
    public async Task Submission_Again_EndsTheDraftOfTheOneBefore()
    {
        await SubmitAsync();
        await Get<KeepReviewDraft>().Handle(Draft("hanh"), default);
        await SubmitAsync();

        (await Get<KeepReviewDraft>().Handle(Draft("duc"), default)).ShouldBeNull();

        var review = (await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!;
        review.Draft!.FateUnder(review.Report).ShouldBe(DraftFate.SentAgain);
        review.BeforeRevision.ShouldBe(1);
        (await ReadAsync("duc")).ShouldBeNull();
    }

    [Fact]
    public async Task Lock_AloneEndsNoDraft()
    {
        await SubmitAsync();
        var locked = (await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!.Report with { State = ReportState.Locked, LockedFrom = ReportState.Submitted };

        Draft("hanh").FateUnder(locked).ShouldBe(DraftFate.Holds);
        Draft("hanh").FateUnder(locked with { LockedFrom = ReportState.Verified }).ShouldBe(DraftFate.Decided);
    }

    [Fact]
    public async Task Lock_WhileAVerifierGoesOn_KeepsWhatTheyWrite()
    {
        await SubmitAsync();
        await Get<KeepReviewDraft>().Handle(Draft("hanh"), default);
        await LockAsync();

        // Whom to ask is noted under a lock too, and its exception finds all of it.
        var more = Draft("hanh") with { Cells = [Draft("hanh").Cells[1] with { IsAsked = true }] };
        await Get<KeepReviewDraft>().Handle(more, default);

        var review = (await Get<FindReview>().Handle(Report, Whole(), "hanh", default))!;
        review.Draft!.Cells.ShouldBe(more.Cells);
        review.Draft.FateUnder(review.Report with { State = ReportState.Locked, LockedFrom = ReportState.Submitted }).ShouldBe(DraftFate.Holds);
    }

    private async Task CheckAsync(string by)
    {
        await using var command = centre.Host.Database.CreateCommand("update report set checked_by = $2 where id = $1");
        command.Parameters.Add(new() { Value = Report });
        command.Parameters.Add(new() { Value = by });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private async Task LockAsync()
    {
        await using var command = centre.Host.Database.CreateCommand("update report set locked_from = state, state = $2 where id = $1");
        command.Parameters.Add(new() { Value = Report });
        command.Parameters.Add(new() { Value = (short)ReportState.Locked });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }

    private ReviewDraft Draft(string by) => new(
        Report, by, 1, ReportState.Submitted,
        [
            new(Cell(0).Indicator, Cell(0).Area, new(ReturnKind.Unit, "Đơn vị là nghìn"), null, IsAsked: true),
            new(Cell(1).Indicator, Cell(1).Area, null, new(ReturnKind.Other, "đang đối chiếu"), IsAsked: false),
        ],
        Centre.Now.AddDays(2), default);

    private async Task<ReviewDraft?> ReadAsync(string by) => (await Get<FindReview>().Handle(Report, Whole(), by, default))!.Draft;

    private async Task SubmitAsync()
    {
        _message["messageId"] = Guid.CreateVersion7().ToString();
        (await centre.SubmitAsync(_message)).ShouldBe(HttpStatusCode.Created);
    }

    private async Task VerifyAsync(string by) =>
        (await Get<VerifyReportHandler>().Handle(Report, new(1, by, Centre.Now), default, new AuditActor(AuditActor.Person, by, "IOC", null, null))).Accepted.ShouldBeTrue();

    /// <summary>Of whoever reads the agency's own.</summary>
    private Sight Whole() => Sight.Of((string)_message["agency"]!, centre.Catalogue.Agreements, Centre.Now);
}
