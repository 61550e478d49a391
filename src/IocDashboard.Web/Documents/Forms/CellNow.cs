using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Sheets;

namespace IocDashboard.Web.Documents.Forms;

/// <summary>What one cell of a report says now: as the sheet has it, else as it stands.</summary>
/// <param name="Text">As somebody typed it; null where nobody did.</param>
/// <param name="Status">Null where there is no figure.</param>
/// <param name="Version">Of the sheet's cell, to be written over; 0 where there is none.</param>
public readonly record struct CellNow(string? Text, decimal? Value, ObservationStatus? Status, string? Note, int Version, bool IsVerified)
{
    /// <summary>What a figure is taken for whose status nobody said; as when a sheet is sent (<see cref="SeenSheet.Content"/>).</summary>
    public const ObservationStatus Usual = ObservationStatus.Provisional;

    public bool IsBlank => Value is null && string.IsNullOrEmpty(Text) && Status != ObservationStatus.Missing;

    public static CellNow Of(SeenSheet seen, CellKey key)
    {
        var stands = seen.Standing.GetValueOrDefault(key);
        var verified = stands?.Verification == VerificationState.Verified;
        if (seen.Cells.TryGetValue(key, out var cell))
            return new(cell.Text, cell.Value, cell.Status ?? (cell.IsBlank ? null : Usual), cell.Note, cell.Version, verified);
        return new(null, stands?.Value, stands?.Status, stands?.Note, 0, verified);
    }
}
