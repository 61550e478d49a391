namespace IocDashboard.Domain.Reporting;

/// <summary>Why figures that stood are replaced, as it may be kept: as a cell's note may.</summary>
public static class CorrectionReason
{
    public const int Longest = CellText.LongestNote;

    /// <summary>Trimmed and in NFC, null when it says nothing. False when it is too long or cannot be kept as text.</summary>
    public static bool TryKeep(string? reason, out string? kept) => CellText.TryNote(reason, out kept);
}
