using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>How one cell stands, most pressing first: what must be mended, what is asked, what was sent back, what is saved.</summary>
public enum CellLook { Empty, Saved, Bad, Ask, Returned, Missing, Standing, Accepted, Conflict }

/// <summary>One cell, ready to be drawn.</summary>
/// <param name="Text">In the reader's number format; as typed where it could not be read.</param>
/// <param name="Message">What is wrong or asked; null when nothing is.</param>
/// <param name="CanWrite">False where the figure was verified and nobody has begun to correct it, and where the sheet is closed.</param>
/// <param name="Version">Of the cell in the sheet; 0 where it was never written.</param>
public sealed record CellView(
    CellKey Key, string Text, string Previous, string LastYear, string Change, CellLook Look, string? Message, string? Note, bool CanWrite, int Version);

/// <summary>One line of a block, ready to be drawn; equal lines look the same.</summary>
public sealed record LineView(int Number, string Name, ImmutableArray<CellView> Cells)
{
    public bool Equals(LineView? other) => other is not null && Number == other.Number && Name == other.Name && Cells.AsSpan().SequenceEqual(other.Cells.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Number, Name);
}

public sealed record BlockView(SheetBlock Block, ImmutableArray<LineView> Lines);

/// <summary>What the judge said of the sheet as it is now, cell by cell, and what concerns it as a whole.</summary>
public sealed record JudgedSheet(ImmutableDictionary<CellKey, JudgementError> Errors, ImmutableDictionary<CellKey, JudgementError> Asks, ImmutableArray<JudgementError> Whole)
{
    public static readonly JudgedSheet Nothing = new(
        ImmutableDictionary<CellKey, JudgementError>.Empty, ImmutableDictionary<CellKey, JudgementError>.Empty, []);

    /// <param name="values">That were judged: pointers name their positions.</param>
    public static JudgedSheet Of(ImmutableArray<SubmittedValue> values, IEnumerable<JudgementError> errors, IEnumerable<JudgementError> asks)
    {
        var whole = ImmutableArray.CreateBuilder<JudgementError>();
        return new(ByCell(values, errors, whole), ByCell(values, asks, whole), whole.ToImmutable());
    }

    private static ImmutableDictionary<CellKey, JudgementError> ByCell(
        ImmutableArray<SubmittedValue> values, IEnumerable<JudgementError> said, ImmutableArray<JudgementError>.Builder whole)
    {
        var cells = ImmutableDictionary.CreateBuilder<CellKey, JudgementError>();
        foreach (var error in said)
        {
            var parts = error.Pointer.Split('/');
            if (parts is ["", "values", var at, ..] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < values.Length)
                cells.TryAdd(new(values[position].Indicator!, values[position].Area!), error);
            // A blank cell is seen to be blank; the count at the foot says how many are left.
            else if (error.Code != JudgementCodes.MissingValue && error.Code != JudgementCodes.NoValues)
                whole.Add(error);
        }

        return cells.ToImmutable();
    }
}

/// <summary>A sheet as one person sees it, ready to be drawn. Made anew when anything about it changes; lines that are as they were are the same objects.</summary>
public sealed record SheetView(
    SeenSheet Seen, JudgedSheet Judged, ImmutableArray<BlockView> Blocks, int Filled, int Cells, ObligationState State, bool CanWrite, bool IsCorrecting)
{
    public int Errors => Judged.Errors.Count;

    public int Asks => Judged.Asks.Count;

    public int Left => Cells - Filled;

    /// <param name="conflicts">Entries of this person that were not taken, by cell.</param>
    /// <param name="correcting">Verified figures may be changed.</param>
    /// <param name="nameOf">How the person of an account is called.</param>
    public static SheetView Of(
        SeenSheet seen, JudgedSheet judged, ImmutableArray<SheetBlock> blocks, IReadOnlyDictionary<CellKey, CellEntry> conflicts, bool correcting,
        DateTimeOffset now, SheetView? before, Func<string, string> nameOf, CultureInfo culture)
    {
        var report = seen.Report;
        var state = Obligation.StateAt(report, now);
        var canWrite = SheetDecider.Closed(report, seen.Sheet, now) is null;
        var painter = new Painter(seen, judged, conflicts, canWrite, correcting || report.State is ReportState.Open or ReportState.Draft, nameOf, culture);
        var views = ImmutableArray.CreateBuilder<BlockView>(blocks.Length);
        var (filled, cells) = (0, 0);
        for (var b = 0; b < blocks.Length; b++)
        {
            var old = before is not null && b < before.Blocks.Length ? before.Blocks[b].Lines : [];
            var lines = ImmutableArray.CreateBuilder<LineView>(blocks[b].Lines.Length);
            for (var i = 0; i < blocks[b].Lines.Length; i++)
            {
                var line = blocks[b].Lines[i];
                var view = new LineView(i + 1, line.Name, [.. line.Cells.Select((key, c) => painter.Cell(key, blocks[b].IsMatrix ? blocks[b].Columns[c].Indicator : blocks[b].Columns[i].Indicator))]);
                lines.Add(i < old.Length && old[i].Equals(view) ? old[i] : view);
                cells += view.Cells.Length;
                filled += view.Cells.Count(c => c.Look != CellLook.Empty);
            }

            views.Add(new(blocks[b], lines.ToImmutable()));
        }

        return new(seen, judged, views.ToImmutable(), filled, cells, state, canWrite, correcting);
    }

    private sealed class Painter(
        SeenSheet seen, JudgedSheet judged, IReadOnlyDictionary<CellKey, CellEntry> conflicts, bool canWrite, bool open,
        Func<string, string> nameOf, CultureInfo culture)
    {
        public CellView Cell(CellKey key, Indicator indicator)
        {
            var cell = seen.Cells.GetValueOrDefault(key);
            var stands = seen.Standing.GetValueOrDefault(key);
            var past = seen.Past.GetValueOrDefault(key);
            var isMissing = cell is null ? stands?.Status == ObservationStatus.Missing : cell.Status == ObservationStatus.Missing;
            var value = cell is null ? stands?.Value : cell.Value;
            var text = cell is { Value: null, Text.Length: > 0 } ? cell.Text : value is { } figure ? Number(figure, indicator) : isMissing ? "—" : "";
            var look = LookOf(key, cell, stands, isMissing);
            return new(
                key, text, Number(past.Previous, indicator), Number(past.LastYear, indicator), Change(value, past.Previous, indicator), look,
                MessageOf(key, look), cell is null ? stands?.Note : cell.Note, CanWrite(cell, stands), cell?.Version ?? 0);
        }

        // What was sent is corrected, not typed over: by saying so first. What was sent back is open.
        private bool CanWrite(SheetCell? cell, StandingCell? stands) =>
            canWrite && (open || cell is not null || stands is null || stands.Verification == VerificationState.Returned);

        private CellLook LookOf(CellKey key, SheetCell? cell, StandingCell? stands, bool isMissing)
        {
            if (conflicts.ContainsKey(key)) return CellLook.Conflict;
            if (judged.Errors.ContainsKey(key)) return CellLook.Bad;
            if (cell is { IsBlank: true } || (cell is null && stands is null)) return CellLook.Empty;
            if (cell is null && stands!.Verification == VerificationState.Returned) return CellLook.Returned;
            if (judged.Asks.ContainsKey(key)) return CellLook.Ask;
            if (isMissing) return CellLook.Missing;
            return cell is not null ? CellLook.Saved : stands!.Verification == VerificationState.Verified ? CellLook.Accepted : CellLook.Standing;
        }

        private string? MessageOf(CellKey key, CellLook look) => look switch
        {
            CellLook.Conflict => T("Cell.Conflict", seen.Cells.GetValueOrDefault(key) is { } theirs ? nameOf(theirs.By) : "", conflicts[key].Text),
            CellLook.Returned => seen.Reasons.GetValueOrDefault(key),
            _ when (judged.Errors.GetValueOrDefault(key) ?? judged.Asks.GetValueOrDefault(key)) is { } said => CodeTexts.Detail(said.Code, said.Arguments, culture),
            _ => null,
        };

        // All digits that were typed, also those that the judge will refuse: a figure is never shown rounder than it is.
        private string Number(decimal? value, Indicator indicator) =>
            value is { } figure ? NumberText.Trimmed(figure, Math.Max(indicator.Decimals, figure.Scale), culture) : "";

        private string Change(decimal? value, decimal? before, Indicator indicator)
        {
            if (value is not { } now || before is not { } then) return "";
            if (decimal.Abs(then) < 10 || indicator.Unit.Vi.Contains('%')) return NumberText.Signed(now - then, indicator.Decimals, culture);
            var percent = (now - then) / decimal.Abs(then) * 100;
            return NumberText.Signed(percent, decimal.Abs(percent) < 100 ? 1 : 0, culture) + "%";
        }
    }
}
