using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Sheets;

/// <summary>What two people of one agency type into a sheet, what becomes of it, and that nobody else's hands reach it.</summary>
public sealed class SheetTests(Centre centre)
{
    private readonly JsonObject _message = centre.NextMessage();

    private string Report => Centre.ReportOf(_message);

    private string Agency => (string)_message["agency"]!;

    private AgencyScope Own => AgencyScope.Of(Agency);

    private T Get<T>() where T : notnull => centre.Host.Services.GetRequiredService<T>();

    private List<CellKey> Keys => [.. _message["values"]!.AsArray().Select(v => new CellKey((string)v!["indicator"]!, (string)v["area"]!))];

    [Fact]
    public async Task Cells_AsTyped_AreKept_AndTheReportIsADraftOfItsOwnAgency()
    {
        await OpenAsync();
        var outcome = await Write("Duyên", new(Keys[0], "12", 12, null, null, 0), new(Keys[1], "chưa rõ", null, null, "hỏi lại trạm", 0));

        outcome.Accepted.ShouldBeTrue();
        var seen = (await Seen())!;
        seen.Cells.Values.Select(c => (c.Key, c.Text, c.Value, c.Note, c.By, c.Version)).ShouldBe(
            [(Keys[0], "12", 12m, null, "Duyên", 1), (Keys[1], "chưa rõ", null, "hỏi lại trạm", "Duyên", 1)], ignoreOrder: true);
        seen.Report.State.ShouldBe(ReportState.Draft);
        (await centre.EventTypesAsync(Report)).ShouldContain("report_draft_begun");
        (await Get<FindSheet>().Handle(Report, AgencyScope.Of(Agency == "SYT" ? "STC" : "SYT"), default)).ShouldBeNull();
    }

    [Fact]
    public async Task TwoPeople_AtOneCell_LoseNothing()
    {
        await OpenAsync();
        await Write("Hồng", new CellEntry(Keys[0], "12", 12, null, null, 0));
        var late = await Write("Duyên", new CellEntry(Keys[0], "13", 13, null, null, 0), new CellEntry(Keys[1], "5", 5, null, null, 0));

        late.Entries.Select(e => e.Conflict).ShouldBe([true, false]);
        (await Seen())!.Cells[Keys[0]].Text.ShouldBe("12");
        (await Past(Keys[0])).ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Text.ShouldBe("13"), p => p.NotTaken.ShouldBeTrue(), p => p.By.ShouldBe("Duyên"));

        // Having seen the other's figure, hers may stand; the other's is kept beside it.
        (await Write("Duyên", new CellEntry(Keys[0], "13", 13, null, null, 1))).Entries.ShouldHaveSingleItem().Conflict.ShouldBeFalse();
        (await Past(Keys[0])).Select(p => p.Text).ShouldBe(["12", "13"], ignoreOrder: true);
    }

    [Fact]
    public async Task TwoPeople_WritingAllCellsAtOnce_EndInOneOfBoth_AndTheRestIsKept()
    {
        await OpenAsync();
        var writers = Enumerable.Range(0, 8).Select(i => Write($"người {i}", [.. Keys.Select(k => new CellEntry(k, $"{i}", i, null, null, 0))]));
        var outcomes = await Task.WhenAll(writers);

        outcomes.ShouldAllBe(o => o.Accepted);
        foreach (var key in Keys)
        {
            var stands = (await Seen())!.Cells[key];
            var past = await Past(key);
            past.Select(p => p.Text).Append(stands.Text).ShouldBe(Enumerable.Range(0, 8).Select(i => $"{i}"), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Sheet_Complete_IsTakenInAsTheInterfaceWould_AndClosed()
    {
        await FillAsync("Duyên");
        var judged = await Get<CompleteSheetHandler>().Judge((await Seen())!, "Duyên", default);
        judged.ShouldBeOfType<SubmissionOutcome.WouldBe>().Receipt.Accepted.ShouldBe(Keys.Count);

        (await Complete("Duyên")).ShouldBeOfType<SubmissionOutcome.Accepted>().Receipt.Accepted.ShouldBe(Keys.Count);
        var seen = (await Seen())!;
        (seen.Sheet, seen.Cells.Count, seen.Report.State).ShouldBe((null, 0, ReportState.Submitted));
        seen.Standing.Count.ShouldBe(Keys.Count);
        (await Past(Keys[0])).ShouldHaveSingleItem().NotTaken.ShouldBeFalse();
        (await Complete("Duyên", 1)).ShouldBeOfType<SubmissionOutcome.Refused>().Errors.ShouldHaveSingleItem().Code.ShouldBe(SheetCodes.Empty);
    }

    [Fact]
    public async Task Sheet_ThatChangedSinceItWasLookedAt_IsNotSentUnseen()
    {
        await FillAsync("Duyên");
        var looked = (await Seen())!.Sheet!.Version;
        await Write("Hồng", new CellEntry(Keys[0], $"{Plausible(Keys[0], 1)}", Plausible(Keys[0], 1), null, null, 1));

        (await Complete("Duyên", looked)).ShouldBeOfType<SubmissionOutcome.Refused>().Errors.ShouldHaveSingleItem().Code.ShouldBe(SheetCodes.Changed);
        (await Seen())!.Report.State.ShouldBe(ReportState.Draft);
    }

    [Fact]
    public async Task Cell_ThatCannotBeRead_KeepsTheSheetFromBeingSent()
    {
        await FillAsync("Duyên");
        await Write("Duyên", new CellEntry(Keys[0], "182.4", null, null, null, 1));

        var refused = (await Complete("Duyên")).ShouldBeOfType<SubmissionOutcome.Refused>();
        refused.Errors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Pointer.ShouldBe("/values/0/value"), e => e.Code.ShouldBe(JudgementCodes.AmbiguousNumber));
        (await Seen())!.Cells[Keys[0]].Text.ShouldBe("182.4");
    }

    [Fact]
    public async Task Head_WhoApproves_SendsWhatWasLaidBeforeThem()
    {
        await Get<AgencySettings>().SetHeadApprovesAsync(Agency, true, Own, Actor("Lợi"), default);
        try
        {
            await FillAsync("Duyên");
            var version = (await Seen())!.Sheet!.Version;
            (await Complete("Duyên")).ShouldBeOfType<SubmissionOutcome.Refused>().Errors.ShouldHaveSingleItem().Code.ShouldBe(SheetCodes.HeadApproves);
            (await Get<HandSheetOverHandler>().LayBeforeHead(Report, version, Own, "Duyên", default)).ShouldBeEmpty();
            (await Write("Hồng", new CellEntry(Keys[0], "1", 1, null, null, 1))).Errors.ShouldHaveSingleItem().Code.ShouldBe(SheetCodes.WithHead);

            (await Get<HandSheetOverHandler>().GiveBack(Report, " ", Own, "Lợi", default)).ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.MissingReason);
            (await Get<HandSheetOverHandler>().GiveBack(Report, "Xem lại ô đầu", Own, "Lợi", default)).ShouldBeEmpty();
            (await Seen())!.Sheet!.GivenBack.ShouldBe("Xem lại ô đầu");
            (await Get<HandSheetOverHandler>().LayBeforeHead(Report, version, Own, "Duyên", default)).ShouldBeEmpty();

            (await Complete("Lợi", asHead: true)).ShouldBeOfType<SubmissionOutcome.Accepted>();
            (await centre.EventTypesAsync(Report)).Where(e => e != "report_fell_overdue").TakeLast(5).ShouldBe(
                ["report_draft_begun", "report_laid_before_head", "report_given_back_by_head", "report_laid_before_head", "report_submitted"]);
        }
        finally
        {
            await Get<AgencySettings>().SetHeadApprovesAsync(Agency, false, Own, Actor("Lợi"), default);
        }
    }

    [Fact]
    public async Task Figures_ThatWereVerified_AreCorrectedWithAReason()
    {
        await FillAsync("Duyên");
        await Complete("Duyên");
        await Get<VerifyReportHandler>().Handle(Report, new(1, "TTDH", centre.Clock.GetUtcNow()), default);
        await Write("Duyên", new CellEntry(Keys[0], $"{Plausible(Keys[0], 2)}", Plausible(Keys[0], 2), null, null, 0));

        (await Complete("Duyên")).ShouldBeOfType<SubmissionOutcome.Refused>().Errors.ShouldHaveSingleItem().Code.ShouldBe(SheetCodes.ReasonNeeded);
        (await Complete("Duyên", reason: "Trạm báo nhầm")).ShouldBeOfType<SubmissionOutcome.Accepted>();
        (await Seen())!.Standing[Keys[0]].ShouldSatisfyAllConditions(
            s => s.Revision.ShouldBe(2), s => s.Value.ShouldBe(Plausible(Keys[0], 2)), s => s.Verification.ShouldBe(VerificationState.Unverified));
        (await Seen())!.Standing[Keys[1]].Verification.ShouldBe(VerificationState.Verified);
    }

    [Fact]
    public async Task AnotherAgencysSheet_IsNotThere()
    {
        await FillAsync("Duyên");
        var other = AgencyScope.Of(Agency == "SYT" ? "STC" : "SYT");

        (await Get<WriteCellsHandler>().Handle(Report, [new(Keys[0], "1", 1, null, null, 1)], other, "X", default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(SubmissionCodes.UnknownForm);
        (await Get<CompleteSheetHandler>().Handle(new(Report, 1, null, true, Actor("X")), other, default)).ShouldBeOfType<SubmissionOutcome.Refused>().Errors[0].Code.ShouldBe(SubmissionCodes.UnknownForm);
        (await Get<HandSheetOverHandler>().LayBeforeHead(Report, 1, other, "X", default)).ShouldHaveSingleItem().Code.ShouldBe(SubmissionCodes.UnknownForm);
        (await Get<FindCellPast>().Handle(Report, Keys[0], other, default)).ShouldBeEmpty();
        (await Get<AgencySettings>().SetHeadApprovesAsync(Agency, true, other, Actor("X"), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Period_ThatIsLockedOrNotOpen_TakesNothing()
    {
        var form = (string)_message["form"]!;
        foreach (var (period, code) in new[] { ("2026-06-01", JudgementCodes.PeriodLocked), ("2026-11-25", JudgementCodes.PeriodNotOpen), ("2099-01-01", JudgementCodes.PeriodNotOpen) })
        {
            var outcome = await Get<WriteCellsHandler>().Handle($"{form}/{Agency}/{period}", [new(Keys[0], "1", 1, null, null, 0)], Own, "Duyên", default);
            outcome.Errors.ShouldHaveSingleItem().Code.ShouldBe(code, period);
        }
    }

    private Task<WriteOutcome> Write(string by, params CellEntry[] entries) => Get<WriteCellsHandler>().Handle(Report, entries, Own, by, default);

    private Task<SeenSheet?> Seen() => Get<FindSheet>().Handle(Report, Own, default);

    private async Task<IReadOnlyList<PastCell>> Past(CellKey key) => await Get<FindCellPast>().Handle(Report, key, Own, default);

    private async Task FillAsync(string by)
    {
        await OpenAsync();
        (await Write(by, [.. Keys.Select(k => new CellEntry(k, $"{Plausible(k)}", Plausible(k), null, null, 0))])).Accepted.ShouldBeTrue();
    }

    private async Task<SubmissionOutcome> Complete(string by, long? version = null, string? reason = null, bool asHead = false) =>
        await Get<CompleteSheetHandler>().Handle(new(Report, version ?? (await Seen())!.Sheet!.Version, reason, asHead, Actor(by)), Own, default);

    private decimal Plausible(CellKey key, decimal shift = 0) => centre.Plausible(key.Indicator, shift);

    private static AuditActor Actor(string name) => new(AuditActor.Person, name, null, null, null);

    // The report's obligation is opened by a job; a test of one report does not wait for its turn.
    private async Task OpenAsync()
    {
        await Get<Web.Features.Obligations.OpenObligations>().Handle(default);
    }
}
