using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>A figure that stands: what was last submitted for a cell, or null where nothing was.</summary>
public sealed record StandingCell(CellKey Key, decimal? Value, ObservationStatus Status, string? Note, VerificationState Verification, int Revision);

/// <summary>
/// What a report would say if it were sent now: each cell of its form as the sheet has it, else as it stands. Cells that nobody
/// filled in are left out, so that the judge names them.
/// </summary>
public static class SheetContent
{
    /// <param name="usual">How figures of an indicator usually are, where a cell does not say.</param>
    /// <returns>The values to judge, in the form's order, and what in the sheet cannot be read as a value at all, by position as in the values.</returns>
    public static (ImmutableArray<SubmittedValue> Values, ImmutableArray<JudgementError> Faults) Of(
        IEnumerable<CellKey> form, IReadOnlyDictionary<CellKey, SheetCell> sheet, IReadOnlyDictionary<CellKey, StandingCell> standing,
        Func<string, ObservationStatus> usual)
    {
        var values = ImmutableArray.CreateBuilder<SubmittedValue>();
        var faults = ImmutableArray.CreateBuilder<JudgementError>();
        foreach (var key in form)
        {
            if (sheet.TryGetValue(key, out var cell))
            {
                if (cell.IsBlank) continue;
                if (cell.Text.Length > 0 && cell.Value is null)
                    faults.Add(JudgementError.At($"/values/{values.Count}/value", WhyUnread(cell.Text), cell.Text));
                values.Add(Said(values.Count, key, cell.Value, cell.Status ?? usual(key.Indicator), cell.Note));
            }
            else if (standing.TryGetValue(key, out var stands))
            {
                values.Add(Said(values.Count, key, stands.Value, stands.Status, stands.Note));
            }
        }

        return (values.ToImmutable(), faults.ToImmutable());
    }

    // Whoever typed it had a format of their own; what reads as a number in any is ambiguous and not unreadable.
    private static string WhyUnread(string text) =>
        NumberReading.Read(text, NumberFormat.Vietnamese, CellText.MostDigits).Code ?? JudgementCodes.AmbiguousNumber;

    private static SubmittedValue Said(int position, CellKey key, decimal? value, ObservationStatus status, string? note) => new(
        position, key.Indicator, key.Area, status == ObservationStatus.Missing ? null : value,
        status switch
        {
            ObservationStatus.Estimated => "estimated",
            ObservationStatus.Provisional => "provisional",
            ObservationStatus.Final => "final",
            _ => "missing",
        },
        note);
}
