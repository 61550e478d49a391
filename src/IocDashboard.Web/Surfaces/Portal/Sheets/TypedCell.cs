using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sheets;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>What the page's script sends for one cell: its name as <c>indicator|area</c>, what was typed, the version that was looked at.</summary>
public sealed record TypedCell(string C, string T, int V)
{
    public CellKey Key => KeyOf(C);

    public static CellKey KeyOf(string cell) => cell.IndexOf('|', StringComparison.Ordinal) is > 0 and var at ? new(cell[..at], cell[(at + 1)..]) : new(cell, "");

    /// <summary>What is to be kept of it; nothing where the indicator is not of the set. What the cell's pane said of it stays.</summary>
    public CellEntry? Entered(SeenSheet seen, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        if (!catalogue.Indicators.TryGetValue(Key.Indicator, out var indicator)) return null;
        var known = seen.Cells.GetValueOrDefault(Key);
        var text = T.Trim();
        // A dash is how officials write that there is no figure; why not, the note must say.
        if (text is "-" or "–" or "—") return new(Key, "", null, ObservationStatus.Missing, known?.Note, V);
        var (value, _) = text.Length == 0 ? (null, null) : NumberReading.Read(text, FormTemplate.NumbersOf(culture), indicator.Decimals);
        return new(Key, text, value, known?.Status == ObservationStatus.Missing ? null : known?.Status, known?.Note, V);
    }

    /// <summary>What is to be kept when the cell's pane says what kind of figure it is, or a note to it: the figure itself stays.</summary>
    public static CellEntry Detailed(SeenSheet seen, CellKey key, ObservationStatus? status, string? note, CultureInfo culture)
    {
        var cell = seen.Cells.GetValueOrDefault(key);
        var missing = status == ObservationStatus.Missing;
        var value = missing ? null : cell is null ? seen.Standing.GetValueOrDefault(key)?.Value : cell.Value;
        var text = missing ? "" : cell?.Text ?? value?.ToString(culture) ?? "";
        return new(key, text, value, status, note, cell?.Version ?? 0);
    }
}

/// <summary>What the script is answered: the version that it looks at from now on, or that the sheet took nothing.</summary>
public sealed record TakenCell(string C, int V, bool Refused, bool Conflict);
