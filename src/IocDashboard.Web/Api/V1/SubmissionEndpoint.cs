using System.Collections.Immutable;
using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>POST /api/v1/submissions</c>: parses JSON or a file of rows, and hands on to the use case.</summary>
public static class SubmissionEndpoint
{
    private const string Channel = "api";

    private static readonly string[] MediaTypes = [RequestBody.Json, ObservationFormats.CsvType, ObservationFormats.SdmxType];

    public static void MapSubmissions(this RouteGroupBuilder v1) =>
        v1.MapPost("/submissions", Post).RequireAuthorization(Policies.SubmitApi)
            .Describe("submitReport", "Sending", "Submits one report, or a draft of it; JSON, the form's CSV template or SDMX-CSV 2.0.")
            .WithQuery("dryRun", "messageId", "complete")
            .Accepts<SubmissionBody>(RequestBody.Json, ObservationFormats.CsvType, ObservationFormats.SdmxType, RequestBody.Anything)
            .Produces<SubmissionReceipt>(StatusCodes.Status201Created)
            .Produces<SubmissionReceipt>()
            .WithProblems(400, 401, 403, 409, 413, 415, 422, 423, 503);

    private static async Task<IResult> Post(
        HttpContext http, SubmitReportHandler submit, CatalogueCache catalogues, TimeProvider clock, CancellationToken cancellation)
    {
        var receivedAt = clock.GetUtcNow();
        if (!TryFlag(http.Request, "dryRun", otherwise: false, out var dryRun)) return BadQuery(http.Request, "dryRun");
        if (!TryFlag(http.Request, "complete", otherwise: true, out var complete)) return BadQuery(http.Request, "complete");
        if (IsOtherSdmx(http.Request))
            return new ApiProblemResult(StatusCodes.Status415UnsupportedMediaType, "", "unsupported-media-type", string.Join(", ", MediaTypes));

        FilledForm? file = null;
        var (message, faults, problem) = await RequestBody.ParseAsync(http.Request, MediaTypes, (type, bytes, errors) =>
        {
            if (type == RequestBody.Json) return SubmissionReader.Read(bytes, errors);
            file = RowsReader.Read(bytes.ToArray(), catalogues.Current, cancellation);
            return RowsMessage.Read(file, http.Request.Query["messageId"], complete, errors);
        }, cancellation);
        if (message is null) return problem!;

        var submission = new Submission(
            message, faults, http.User.FindFirstValue(AccessClaims.Agency) ?? "", http.User.Identity?.Name ?? "", Channel, receivedAt, dryRun)
        {
            Reason = message.Reason,
        };
        var culture = ApiTexts.LanguageOf(http.Request);
        var outcome = await submit.Handle(submission, cancellation);
        if (outcome is SubmissionOutcome.Refused refused) return new ApiProblemResult(StatusOf(refused.Kind), Placed(refused.Errors));

        var receipt = outcome.ReceiptOf()!;
        if (!dryRun) http.Response.Headers.Location = "/api/v1/reports/" + receipt.Report;
        http.Response.Headers.ContentLanguage = culture.TwoLetterISOLanguageName;
        return TypedResults.Json(
            SubmissionReceipt.From(receipt with { Warnings = Placed(receipt.Warnings) }, culture),
            statusCode: outcome is SubmissionOutcome.Accepted ? StatusCodes.Status201Created : StatusCodes.Status200OK);

        ImmutableArray<JudgementError> Placed(ImmutableArray<JudgementError> remarks) => file is { } rows ? [.. remarks.Select(r => RowsMessage.Placed(r, rows))] : remarks;
    }

    // Another version has other columns; without one the columns themselves tell.
    private static bool IsOtherSdmx(HttpRequest request) =>
        request.GetTypedHeaders().ContentType is { } type && type.MediaType.Equals(ObservationFormats.SdmxType, StringComparison.OrdinalIgnoreCase)
        && type.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value is { HasValue: true } version
        && version.Value.Trim('"') != ObservationFormats.SdmxVersion;

    private static bool TryFlag(HttpRequest request, string name, bool otherwise, out bool flag)
    {
        flag = otherwise;
        return !request.Query.TryGetValue(name, out var text) || bool.TryParse(text, out flag);
    }

    private static ApiProblemResult BadQuery(HttpRequest request, string name) =>
        new(StatusCodes.Status400BadRequest, "", "bad-query", name, request.Query[name].ToString());

    private static int StatusOf(Refusal kind) => kind switch
    {
        Refusal.NotYours => StatusCodes.Status403Forbidden,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        Refusal.Locked => StatusCodes.Status423Locked,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
