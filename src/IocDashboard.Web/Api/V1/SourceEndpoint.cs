using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary>
/// <c>POST /api/v1/reports/{form}/{agency}/{period}/source</c>: an agency's system says that its figures changed, before it sends them or in
/// place of asking whether they are already known (article 9.1b). Saying the same again is safe.
/// </summary>
internal static class SourceEndpoint
{
    public static void MapSource(this RouteGroupBuilder v1) =>
        v1.MapPost("/reports/{form}/{agency}/{period}/source", Post).RequireAuthorization(Policies.SubmitApi)
            .Describe("tellSourceChanged", "Sending", "Says that the source's figures for a report changed; the report is due again where they are newer than what was received.")
            .Accepts<SourceChangeBody>(RequestBody.Json, RequestBody.Anything)
            .Produces<SourceReceipt>()
            .WithProblems(400, 401, 403, 404, 413, 415, 422, 423, 503);

    private static async Task<IResult> Post(HttpContext http, string form, string agency, string period, TellSourceChangedHandler tell, CancellationToken cancellation)
    {
        var own = http.User.FindFirstValue(AccessClaims.Agency) ?? "";
        if (own != agency) return new ApiProblemResult(StatusCodes.Status403Forbidden, [JudgementError.At("", SubmissionCodes.NotYourAgency, own)]);
        var (message, _, problem) = await RequestBody.ParseAsync(http.Request, [RequestBody.Json], (_, bytes, errors) => SourceChangeReader.Read(bytes, errors), cancellation);
        if (message is null) return problem!;
        var answer = await tell.Handle($"{form}/{agency}/{period}", message.ChangedAt, http.User.Identity?.Name ?? "", cancellation);
        return answer.Errors is [var error, ..]
            ? new ApiProblemResult(StatusOf(error.Code), answer.Errors)
            : TypedResults.Json(SourceReceipt.Of(answer.Report!, message.ChangedAt));
    }

    private static int StatusOf(string code) => code switch
    {
        "unknown-report" => StatusCodes.Status404NotFound,
        JudgementCodes.PeriodLocked => StatusCodes.Status423Locked,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
