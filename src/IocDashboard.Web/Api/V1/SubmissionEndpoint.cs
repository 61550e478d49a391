using System.Security.Claims;
using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>POST /api/v1/submissions</c>: parses, and hands on to the use case.</summary>
public static class SubmissionEndpoint
{
    private const string Channel = "api";

    public static void MapSubmissions(this RouteGroupBuilder v1) =>
        v1.MapPost("/submissions", Post).RequireAuthorization(Policies.SubmitApi)
            .Describe("submitReport", "Sending", "Submits one report, or a draft of it.")
            .WithQuery("dryRun")
            .Accepts<SubmissionBody>(RequestBody.Json, RequestBody.Anything)
            .Produces<SubmissionReceipt>(StatusCodes.Status201Created)
            .Produces<SubmissionReceipt>()
            .WithProblems(400, 401, 403, 409, 413, 415, 422, 423, 503);

    private static async Task<IResult> Post(
        HttpContext http, SubmitReportHandler submit, TimeProvider clock, CancellationToken cancellation)
    {
        var receivedAt = clock.GetUtcNow();
        if (!TryDryRun(http.Request, out var dryRun))
            return new ApiProblemResult(StatusCodes.Status400BadRequest, "", "bad-query", "dryRun", http.Request.Query["dryRun"].ToString());

        var (message, faults, problem) = await RequestBody.ParseAsync(
            http.Request, [RequestBody.Json], (_, bytes, errors) => SubmissionReader.Read(bytes, errors), cancellation);
        if (message is null) return problem!;

        var submission = new Submission(
            message, faults, http.User.FindFirstValue(AccessClaims.Agency) ?? "", http.User.Identity?.Name ?? "", Channel, receivedAt, dryRun);
        var culture = ApiTexts.LanguageOf(http.Request);
        var outcome = await submit.Handle(submission, cancellation);
        if (outcome is SubmissionOutcome.Refused refused) return new ApiProblemResult(StatusOf(refused.Kind), refused.Errors);

        var receipt = outcome.ReceiptOf()!;
        if (!dryRun) http.Response.Headers.Location = "/api/v1/reports/" + receipt.Report;
        http.Response.Headers.ContentLanguage = culture.TwoLetterISOLanguageName;
        return TypedResults.Json(
            SubmissionReceipt.From(receipt, culture),
            statusCode: outcome is SubmissionOutcome.Accepted ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static bool TryDryRun(HttpRequest request, out bool dryRun)
    {
        dryRun = false;
        return !request.Query.TryGetValue("dryRun", out var text) || bool.TryParse(text, out dryRun);
    }

    private static int StatusOf(Refusal kind) => kind switch
    {
        Refusal.NotYours => StatusCodes.Status403Forbidden,
        Refusal.Conflict => StatusCodes.Status409Conflict,
        Refusal.Locked => StatusCodes.Status423Locked,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
