using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Web.Api.Messages;

/// <summary>
/// A file of rows as a message: the form's CSV template, or SDMX-CSV 2.0. What no row can say, its id and whether it is complete,
/// stands in the address. Errors are named by the file's lines and columns.
/// </summary>
internal static class RowsMessage
{
    /// <returns>Null when the rows do not say which report they are for: then there is nothing to judge them by.</returns>
    public static SubmissionMessage? Read(FilledForm file, string? messageId, bool complete, List<JudgementError> errors)
    {
        errors.AddRange(file.Faults);
        for (var i = 0; i < file.Cells.Length; i++)
            if (file.Cells[i].Fault is { } fault) errors.Add(fault with { Pointer = $"/values/{i}/value" });
        if (string.IsNullOrWhiteSpace(messageId)) errors.Add(JudgementError.At("/messageId", "missing-field", "messageId"));
        else if (messageId.Length > SubmissionReader.MostIdLength) errors.Add(JudgementError.At("/messageId", "too-long", "200"));

        var (form, agency, period) = (file.Report.Form, file.Report.Agency, file.Report.Period);
        foreach (var (name, value) in new[] { ("form", form), ("agency", agency), ("period", period) })
            if (value is null && !file.IsUnreadable) errors.Add(JudgementError.At("/" + name, "missing-field", name));
        return form is null || agency is null || period is null || file.IsUnreadable
            ? null
            : new SubmissionMessage(messageId ?? "", form, agency, period, complete, [.. file.Cells.Select((c, i) => Value(c, i, file))]);
    }

    /// <summary>The error at its place in the file: <c>/values/3/value</c> becomes <c>/lines/5/value_vi</c>.</summary>
    public static JudgementError Placed(JudgementError error, FilledForm file) =>
        error.Pointer.Split('/') is ["", "values", var position, .. var field]
        && int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < file.Cells.Length
            ? error with { Pointer = file.Cells[at].Place(field is [var named] ? named : "value") }
            : error;

    // In a template an empty status is the usual one, here as in the portal; SDMX has a code for it.
    private static SubmittedValue Value(FileCell cell, int position, FilledForm file) =>
        cell.At(position) with { Status = cell.Status ?? (file.Numbers is null ? null : StatusWords.CodeOf(CellNow.Usual)) };
}
