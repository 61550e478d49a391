using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Features.Sheets;

namespace IocDashboard.Integration.Tests.Files;

[Collection(FilesCentre.Name)]
public sealed class PreviewTests(Centre centre)
{
    [Fact]
    public async Task File_CommittedTwice_ChangesNothingTheSecondTime()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        foreach (var key in desk.Keys) book.Number(key, desk.Plausible(key));
        book.Text(desk.Keys[0], "Số ước", "note").Text(desk.Keys[0], "ước tính", "status");
        var file = book.Save();

        var first = await desk.CommitAsync(await desk.PreviewAsync(file));
        var again = await desk.PreviewAsync(file);
        var second = await desk.CommitAsync(again);

        first.Errors.ShouldBeEmpty();
        first.Entries.Length.ShouldBe(desk.Keys.Length);
        again.Rows.ShouldAllBe(r => r.Verdict == CellVerdict.Same);
        (again.ToWrite, second.Entries.Length, second.Accepted).ShouldBe((0, 0, true));
        var sheet = await desk.SeenAsync();
        sheet.Cells.Values.ShouldAllBe(c => c.Version == 1);
        (sheet.Cells[desk.Keys[0]].Status, sheet.Cells[desk.Keys[0]].Note).ShouldBe((ObservationStatus.Estimated, "Số ước"));
    }

    [Fact]
    public async Task Cells_AreNewChangedSameRefusedOrBlank()
    {
        var desk = await Desk.NextAsync(centre, f => Desk.HasGrid(f) && f.Indicators.Sum(i => i.Areas.Length) > 6);
        var keys = desk.Keys;
        await WriteAsync(desk, keys[0], desk.Plausible(keys[0]));
        await WriteAsync(desk, keys[1], desk.Plausible(keys[1]));
        using var book = Workbook.Of(await desk.TemplateAsync());
        book.Number(keys[1], desk.Plausible(keys[1], 1)).Number(keys[2], desk.Plausible(keys[2]))
            .Number(keys[3], centre.Catalogue.Indicators[keys[3].Indicator].PlausibleMax + 1_000)
            .Text(keys[4], "không có số liệu", "status").Text(keys[5], "không có số liệu", "status").Text(keys[5], "Chờ đối chiếu", "note");

        var preview = await desk.PreviewAsync(book.Save());

        Verdict(0).ShouldBe(CellVerdict.Same);
        Verdict(1).ShouldBe(CellVerdict.Changed);
        Verdict(2).ShouldBe(CellVerdict.New);
        (Verdict(3), Row(3).Reasons[0].Code).ShouldBe((CellVerdict.Refused, JudgementCodes.OutOfRange));
        (Verdict(4), Row(4).Reasons[0].Code).ShouldBe((CellVerdict.Refused, JudgementCodes.MissingNote));
        Verdict(5).ShouldBe(CellVerdict.New);
        preview.Blank.ShouldBe(keys.Length - 6);
        preview.ToWrite.ShouldBe(3);
        (await desk.SeenAsync()).Cells.Count.ShouldBe(2);

        PreviewRow Row(int at) => preview.Rows.Single(r => r.Key == keys[at]);
        CellVerdict Verdict(int at) => Row(at).Verdict;
    }

    [Fact]
    public async Task Cell_ChangedSinceThePreview_KeepsTheOthersValue()
    {
        var desk = await Desk.NextAsync(centre);
        using var book = Workbook.Of(await desk.TemplateAsync());
        foreach (var key in desk.Keys.Take(2)) book.Number(key, desk.Plausible(key));
        var preview = await desk.PreviewAsync(book.Save());
        await WriteAsync(desk, desk.Keys[0], desk.Plausible(desk.Keys[0], 3));

        var outcome = await desk.CommitAsync(preview);

        outcome.Entries.Count(e => e.Conflict).ShouldBe(1);
        var sheet = await desk.SeenAsync();
        sheet.Cells[desk.Keys[0]].Value.ShouldBe(desk.Plausible(desk.Keys[0], 3));
        sheet.Cells[desk.Keys[1]].Value.ShouldBe(desk.Plausible(desk.Keys[1]));
    }

    [Fact]
    public async Task File_ForAnotherAgencysReport_IsAnsweredAsForNone()
    {
        var (desk, other) = (await Desk.NextAsync(centre), await Desk.NextAsync(centre, f => f.Agency == "SYT"));
        using var book = Workbook.Of(await desk.TemplateAsync());
        book.Number(desk.Keys[0], desk.Plausible(desk.Keys[0]));

        var preview = await desk.Service<PreviewFileHandler>().Handle(desk.Report, desk.Read(book.Save()), Web.Platform.Access.AgencyScope.Of("nobody"), "x", CancellationToken.None);

        preview.Rows.ShouldBeEmpty();
        preview.Faults.Single().Code.ShouldBe("unknown-form");
        other.Report.ShouldNotBe(desk.Report);
    }

    private static async Task WriteAsync(Desk desk, CellKey key, decimal value)
    {
        var seen = await desk.SeenAsync();
        var entry = new CellEntry(key, value.ToString(Desk.Vietnamese), value, null, null, seen.Cells.GetValueOrDefault(key)?.Version ?? 0);
        (await desk.Service<WriteCellsHandler>().Handle(desk.Report, [entry], desk.Scope, "other", CancellationToken.None)).Errors.ShouldBeEmpty();
    }
}
