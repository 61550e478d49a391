using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>Where the parts of a cell stand in a file, shared by all cells of a column or of a file of rows.</summary>
/// <param name="Sheet">Null in a file of rows.</param>
/// <param name="Value">A column's letters in a workbook, its name in a file of rows; the others likewise.</param>
public sealed record FileColumns(string? Sheet, string Indicator, string Area, string Value, string Status, string Note)
{
    /// <summary><c>Nhập!D9</c>, or <c>/lines/12/value_vi</c>; lines are counted from one.</summary>
    public string Place(int line, string column) => Sheet is null
        ? "/lines/" + line.ToString(CultureInfo.InvariantCulture) + (column.Length == 0 ? "" : "/" + column)
        : Sheet + "!" + column + line.ToString(CultureInfo.InvariantCulture);
}

/// <summary>One cell of a form as a file gives it: text or number, not judged.</summary>
/// <param name="Text">The value as it stands in the file; empty when there is none.</param>
/// <param name="Value">Null when there is none, or none that can be read.</param>
/// <param name="Status">The contract's code, or the word that is none; null when empty.</param>
/// <param name="Fault">Why its value cannot be read, with the place.</param>
public sealed record FileCell(
    FileColumns Columns, int Line, string? Indicator, string? Area, string Text, decimal? Value, string? Status, string? Note, JudgementError? Fault)
{
    /// <summary>Of a field as the judge names it: <c>value</c>, <c>status</c>, <c>note</c>, <c>indicator</c>, <c>area</c>.</summary>
    public string Place(string field) => Columns.Place(Line, field switch
    {
        "status" => Columns.Status,
        "note" => Columns.Note,
        "indicator" => Columns.Indicator,
        "area" => Columns.Area,
        _ => Columns.Value,
    });

    public SubmittedValue At(int position) => new(position, Indicator, Area, Value, Status, Note);
}

/// <summary>Which report a file is for, as it says itself; null what it does not say.</summary>
public sealed record FileReport(string? Form, string? Agency, string? Period);

/// <summary>What a file holds.</summary>
/// <param name="Cells">Those that say something; blank ones are counted in <paramref name="Blank"/>.</param>
/// <param name="Faults">What is wrong with the file or a part of it, by place. A cell's own fault is with the cell.</param>
/// <param name="Notices">What its sender should know: hidden rows that were read, formulas whose result was taken.</param>
public sealed record FilledForm(
    FileReport Report, NumberFormat? Numbers, ImmutableArray<FileCell> Cells, int Blank,
    ImmutableArray<JudgementError> Faults, ImmutableArray<JudgementError> Notices)
{
    public static FilledForm Unreadable(string code, params ReadOnlySpan<string> arguments) =>
        new(new(null, null, null), null, [], 0, [JudgementError.At("", code, arguments)], []);

    /// <summary>Nothing in it can be judged.</summary>
    public bool IsUnreadable => Cells.IsEmpty && !Faults.IsEmpty;
}

/// <summary>How far the reading of a file has come.</summary>
public readonly record struct FileProgress(int Rows, int Cells);
