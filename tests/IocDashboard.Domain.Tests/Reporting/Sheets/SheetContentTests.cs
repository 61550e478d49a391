using IocDashboard.Domain.Reporting;


namespace IocDashboard.Domain.Tests.Reporting.Sheets;

public class SheetContentTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private static readonly CellKey[] Form = [new("NS01", "TKY"), new("NS01", "HAN"), new("NS02", "TKY")];

    [Fact]
    public void Cell_InTheSheet_IsSaidInPlaceOfWhatStands() =>
        Content([Cell(Form[0], "13", 13)], [Stands(Form[0], 12)]).Values.ShouldBe([new(0, "NS01", "TKY", 13, "provisional", null)]);

    [Fact]
    public void Cell_ThatTheSheetLeavesAlone_IsSaidAsItStands() =>
        Content([Cell(Form[2], "5", 5)], [Stands(Form[0], 12)]).Values.Select(v => (v.Position, v.Indicator, v.Value)).ShouldBe([(0, "NS01", 12m), (1, "NS02", 5m)]);

    [Fact]
    public void Cell_ThatWasCleared_IsLeftOut_EvenWhereSomethingStands() =>
        Content([Cell(Form[0], "", null)], [Stands(Form[0], 12)]).Values.ShouldBeEmpty();

    [Fact]
    public void Cell_WithoutFigure_IsSaidMissingWithItsNote() =>
        Content([Cell(Form[0], "", null) with { Status = ObservationStatus.Missing, Note = "Kho bạc đối chiếu" }], []).Values
            .ShouldBe([new(0, "NS01", "TKY", null, "missing", "Kho bạc đối chiếu")]);

    [Fact]
    public void Cell_ThatCannotBeRead_IsAFaultAtItsPlace()
    {
        var (values, faults) = Content([Cell(Form[0], "4", 4), Cell(Form[1], "182.4", null)], []);

        values.Count.ShouldBe(2);
        faults.ShouldHaveSingleItem().Pointer.ShouldBe("/values/1/value");
    }

    private static (IReadOnlyList<SubmittedValue> Values, IReadOnlyList<JudgementError> Faults) Content(SheetCell[] sheet, StandingCell[] standing)
    {
        var (values, faults) = SheetContent.Of(Form, sheet.ToDictionary(c => c.Key), standing.ToDictionary(c => c.Key), _ => ObservationStatus.Provisional);
        return (values, faults);
    }

    private static SheetCell Cell(CellKey key, string text, decimal? value) => new(key, text, value, null, null, 1, "Duyên", At);

    private static StandingCell Stands(CellKey key, decimal value) => new(key, value, ObservationStatus.Provisional, null, VerificationState.Unverified, 1);
}
