using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Reading;

namespace IocDashboard.Web.Documents.Forms.Preview;

/// <summary>What would become of one cell of a file. <see cref="Asks"/>: taken, but somebody should look, or say why.</summary>
public enum CellVerdict { Refused, Asks, New, Changed, Same }

/// <summary>One cell of a file beside what its report says now.</summary>
/// <param name="Cell">As the file has it.</param>
/// <param name="Key">Null when it is no cell of the form.</param>
/// <param name="Reasons">Why it is refused, or what is asked; by the judge, or by whoever read the file.</param>
public sealed record PreviewRow(FileCell Cell, CellKey? Key, CellNow Now, CellVerdict Verdict, ImmutableArray<JudgementError> Reasons)
{
    /// <summary>The address of what is said about it: a note may be lacking where the value is right.</summary>
    public string Place => Reasons.IsDefaultOrEmpty ? Cell.Place("value") : Reasons[0].Pointer;

    public bool WouldBeWritten => Verdict is CellVerdict.Asks or CellVerdict.New or CellVerdict.Changed && !SaysTheSame(Cell, Now);

    internal static bool SaysTheSame(FileCell cell, CellNow now) =>
        cell.Value == now.Value && cell.Note == now.Note && (cell.Status ?? StatusWords.CodeOf(CellNow.Usual)) == StatusWords.CodeOf(now.Status ?? CellNow.Usual) && !now.IsBlank;
}

/// <summary>Everything that a file would do, said before anything is done.</summary>
/// <param name="Report">Of the report that it was uploaded for.</param>
/// <param name="Faults">Why the file as a whole, or rows of it, cannot be taken. With any of them nothing is written.</param>
/// <param name="Blank">Cells that the file leaves empty: what is there stays.</param>
public sealed record FilePreview(
    string Report, ImmutableArray<PreviewRow> Rows, int Blank, ImmutableArray<JudgementError> Faults, ImmutableArray<JudgementError> Notices)
{
    public int Count(CellVerdict verdict) => Rows.Count(r => r.Verdict == verdict);

    public int ToWrite => Faults.IsEmpty ? Rows.Count(r => r.WouldBeWritten) : 0;

    internal static FilePreview Refused(string report, FilledForm file, params ReadOnlySpan<JudgementError> faults) =>
        new(report, [], file.Blank, [.. file.Faults, .. faults], file.Notices);
}
