namespace IocDashboard.Domain.DataRequests;

/// <summary>How long texts of requests may be, and which may be kept.</summary>
public static class RequestText
{
    public const int LongestTitle = 200, LongestQuestion = 500, LongestUnit = 60, LongestReason = 1_000, LongestText = 4_000;

    /// <summary>The text trimmed and in NFC, null when it says nothing; false when it is too long or cannot be kept.</summary>
    public static bool TryKeep(string? text, int longest, out string? kept) => Reporting.CellText.TryNote(text, out kept, longest);
}
