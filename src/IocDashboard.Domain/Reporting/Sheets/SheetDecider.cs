using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>What became of one entry.</summary>
/// <param name="Cell">The cell as it is now: the entry, or what somebody else wrote in the meantime.</param>
/// <param name="Conflict">The entry was not taken: the cell had changed since its writer looked. It is kept beside the cell.</param>
public sealed record EntryOutcome(SheetCell Cell, bool Conflict);

/// <summary>What may be written into a sheet, and by whom it may be sent. Time is in the commands.</summary>
public static class SheetDecider
{
    /// <summary>As many characters as a person may type into a figure's cell; more is an accident of the clipboard.</summary>
    public const int LongestText = 64;

    /// <summary>Two people never overwrite each other unseen: an entry is taken where its cell still stands as its writer saw it, or says the same already.</summary>
    public static EntryOutcome Write(SheetCell? current, CellEntry entry, string by, DateTimeOffset at)
    {
        var written = new SheetCell(entry.Key, entry.Text, entry.Value, entry.Status, entry.Note, (current?.Version ?? 0) + 1, by, at.ToUniversalTime());
        if (current is null) return new(written, Conflict: false);
        if (SaysTheSame(current, written)) return new(current, Conflict: false);
        return entry.Base == current.Version ? new(written, Conflict: false) : new(current, Conflict: true);
    }

    /// <summary>Why nothing may be written now; null when it may.</summary>
    public static JudgementError? Closed(Report? report, Sheet? sheet, DateTimeOffset now) => (report, sheet) switch
    {
        (null, _) => JudgementError.At("/period", JudgementCodes.PeriodNotOpen),
        ({ } r, _) when ReportDecider.IsLocked(r, now) => JudgementError.At("/period", JudgementCodes.PeriodLocked, r.Period.ToString()),
        ({ } r, _) when now < r.OpensAt => JudgementError.At("/period", JudgementCodes.PeriodNotOpen, r.Period.ToString()),
        (_, { State: SheetState.WithHead }) => JudgementError.At("", SheetCodes.WithHead),
        _ => null,
    };

    /// <summary>Text and note as they may be kept, or why not.</summary>
    public static ImmutableArray<JudgementError> Unkeepable(CellEntry entry, out CellEntry kept)
    {
        kept = entry;
        var text = entry.Text.Trim();
        if (text.Length > LongestText || text.AsSpan().ContainsAnyInRange('\u0000', '\u001F') || !CellText.TryNote(text, out _))
            return [JudgementError.At("/text", JudgementCodes.UnreadableNumber, entry.Key.Indicator, entry.Key.Area)];
        if (!CellText.TryNote(entry.Note, out var note)) return [JudgementError.At("/note", JudgementCodes.BadNote, entry.Key.Indicator, entry.Key.Area)];
        kept = entry with { Text = text, Note = note };
        return [];
    }

    private static bool SaysTheSame(SheetCell one, SheetCell other) =>
        one.Text == other.Text && one.Value == other.Value && one.Status == other.Status && one.Note == other.Note;
}

/// <summary>Codes of refusals that concern a sheet as a whole.</summary>
public static class SheetCodes
{
    /// <summary>It lies before the agency's head.</summary>
    public const string WithHead = "sheet-with-head";

    /// <summary>Somebody wrote into it since whoever completes it looked.</summary>
    public const string Changed = "sheet-changed";

    /// <summary>This agency's reports are sent by its head.</summary>
    public const string HeadApproves = "head-approves";

    /// <summary>It was not laid before the head.</summary>
    public const string NotWithHead = "sheet-not-with-head";

    /// <summary>Nothing was written into it.</summary>
    public const string Empty = "sheet-empty";

    /// <summary>Figures that were verified are corrected with a reason.</summary>
    public const string ReasonNeeded = "correction-reason-needed";
}
