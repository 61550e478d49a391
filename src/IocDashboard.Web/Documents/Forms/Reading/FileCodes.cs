namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>Stable codes of what can be wrong with a file; each has a text in resources. Those of its figures are the judge's.</summary>
public static class FileCodes
{
    public const string TooLarge = "file-too-large";
    public const string TooLargeUnpacked = "file-too-large-unpacked";
    public const string Encrypted = "file-encrypted";
    public const string OldFormat = "old-format";
    public const string Macros = "macro-file";
    public const string UnknownFormat = "unknown-file-format";
    public const string Damaged = "damaged-file";
    public const string NotATemplate = "not-a-template";
    public const string NewerTemplate = "newer-template";
    public const string CodesMissing = "codes-missing";
    public const string OtherForm = "other-form";
    public const string OtherAgency = "other-agency";
    public const string OtherPeriod = "other-period";
    public const string TooManyRows = "too-many-rows";
    public const string NotUtf8 = "file-not-utf8";
    public const string BadQuotes = "bad-quotes";
    public const string BadRow = "bad-row";
    public const string MissingColumn = "missing-column";
    public const string DuplicateColumn = "duplicate-column";
    public const string NumberFormatMissing = "number-format-missing";
    public const string UnknownName = "unknown-name";
    public const string AmbiguousName = "ambiguous-name";
    public const string FormulaCell = "formula-cell";
    public const string ErrorCell = "error-cell";
    public const string DateCell = "date-cell";
    public const string PercentCell = "percent-cell";
    public const string MergedCell = "merged-cell";
    public const string TooManyDigits = "too-many-digits", NotANumber = "not-a-number";
    public const string DeleteNotTaken = "delete-not-taken";

    /// <summary>A notice, never an error.</summary>
    public const string FormulaValue = "formula-value", HiddenRows = "hidden-rows", NamesMatched = "names-matched";
}
