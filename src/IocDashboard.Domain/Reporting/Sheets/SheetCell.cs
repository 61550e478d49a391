namespace IocDashboard.Domain.Reporting;

/// <summary>One cell of a sheet by name.</summary>
public readonly record struct CellKey(string Indicator, string Area);

/// <summary>
/// What the people of an agency have put into one cell before the report is complete: as they wrote it, readable or not, so that
/// nothing typed is lost. Instants are UTC.
/// </summary>
/// <param name="Text">As typed; empty where the cell was cleared or has no figure.</param>
/// <param name="Value">What it was read as, in the format of whoever typed it; null where it could not be read, and where it is empty.</param>
/// <param name="Status">Null: as the indicator's figures usually are.</param>
/// <param name="Version">Grows by one with each writing of this cell.</param>
public sealed record SheetCell(
    CellKey Key, string Text, decimal? Value, ObservationStatus? Status, string? Note, int Version, string By, DateTimeOffset At)
{
    /// <summary>Says nothing: neither a figure nor that there is none.</summary>
    public bool IsBlank => Text.Length == 0 && Status != ObservationStatus.Missing;
}

/// <summary>What somebody puts into a cell that stood at <paramref name="Base"/> when they began; 0 for a cell that was never written.</summary>
public sealed record CellEntry(CellKey Key, string Text, decimal? Value, ObservationStatus? Status, string? Note, int Base);

/// <summary>Editing, or laid before the head of the agency, who sends it to the centre or gives it back.</summary>
public enum SheetState { Editing, WithHead }

/// <summary>The sheet of one report. There is none before the first cell is written, and none after it was sent.</summary>
/// <param name="Version">Grows by one with each writing of any cell: what is completed is what was looked at.</param>
/// <param name="HandedBy">Who laid it before the head.</param>
/// <param name="GivenBack">Why the head gave it back, until it is handed over again.</param>
public sealed record Sheet(string Report, SheetState State, long Version, string? HandedBy, DateTimeOffset? HandedAt, string? GivenBack);
