using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>The answer to a submission.</summary>
public sealed record SubmissionReceipt(
    Guid? SubmissionId, string Report, int Revision, ReportState State, Punctuality Punctuality,
    DateTimeOffset DueAt, DateTimeOffset ReceivedAt, int Accepted, ImmutableArray<ContentRemark> Warnings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? DryRun)
{
    public static SubmissionReceipt From(Receipt receipt, CultureInfo culture) => new(
        receipt.SubmissionId, receipt.Report, receipt.Revision, receipt.State, receipt.Punctuality,
        receipt.DueAt, receipt.ReceivedAt, receipt.Accepted, [.. receipt.Warnings.Select(w => ContentRemark.From(w, culture))],
        DryRun: receipt.SubmissionId is null ? true : null);
}

/// <summary>An error or a warning about one place of a message.</summary>
public sealed record ContentRemark(string Pointer, string Code, string Detail)
{
    public static ContentRemark From(JudgementError error, CultureInfo culture) =>
        new(error.Pointer, error.Code, CodeTexts.Detail(error.Code, error.Arguments, culture));
}
