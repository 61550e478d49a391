using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting.Sheets;

public class SheetDeciderTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 25, 3, 0, 0, TimeSpan.Zero);
    private static readonly CellKey Key = new("NS01", "TKY");

    [Fact]
    public void Cell_NeverWritten_IsTakenWhateverItsBase() =>
        SheetDecider.Write(null, Entry("12", 0), "Duyên", At).ShouldBe(new(Cell("12", 1, "Duyên"), Conflict: false));

    [Fact]
    public void Cell_AsItsWriterSawIt_IsWrittenOver() =>
        SheetDecider.Write(Cell("12", 3, "Hồng"), Entry("13", 3), "Duyên", At).ShouldBe(new(Cell("13", 4, "Duyên"), Conflict: false));

    [Fact]
    public void Cell_ThatChangedMeanwhile_StaysAndTheEntryConflicts() =>
        SheetDecider.Write(Cell("12", 4, "Hồng"), Entry("13", 3), "Duyên", At).ShouldBe(new(Cell("12", 4, "Hồng"), Conflict: true));

    [Fact]
    public void Entry_ThatSaysTheSame_ChangesNothingAndConflictsWithNothing() =>
        SheetDecider.Write(Cell("12", 4, "Hồng"), Entry("12", 1), "Duyên", At).ShouldBe(new(Cell("12", 4, "Hồng"), Conflict: false));

    /// <summary>Any two people, any order: whatever was typed either stands at some time or is reported back as a conflict.</summary>
    [Fact]
    public void Entries_OfTwoPeople_AreNeverLostUnseen() =>
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[1, 5]).List[1, 30].Sample(steps =>
        {
            SheetCell? cell = null;
            foreach (var (who, seenBack, figure) in steps)
            {
                var saw = Math.Max(0, (cell?.Version ?? 0) - seenBack);
                var outcome = SheetDecider.Write(cell, Entry($"{figure}", saw), $"p{who}", At);

                if (!outcome.Conflict) outcome.Cell.Text.ShouldBe($"{figure}");
                else (saw != cell!.Version && outcome.Cell == cell).ShouldBeTrue();
                outcome.Cell.Version.ShouldBeGreaterThanOrEqualTo(cell?.Version ?? 0);
                cell = outcome.Cell;
            }
        });

    [Theory]
    [InlineData("12\t3")]
    [InlineData("12\0")]
    [InlineData("12", 0xD800)] // an attribute cannot hold half a pair
    public void Text_ThatCannotBeKept_IsRefused(string text, int last = ' ') =>
        SheetDecider.Unkeepable(Entry(text + (char)last, 0), out _).ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.UnreadableNumber);

    [Fact]
    public void Text_IsKeptAsTyped_WithoutSpacesAround()
    {
        SheetDecider.Unkeepable(Entry("  chưa rõ ", 0), out var kept).ShouldBeEmpty();
        kept.Text.ShouldBe("chưa rõ");
    }

    private static CellEntry Entry(string text, int seen) => new(Key, text, null, null, null, seen);

    private static SheetCell Cell(string text, int version, string by) => new(Key, text, null, null, null, version, by, At);
}
