using System.Collections.Frozen;
using System.Security.Claims;
using System.Text.Json;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary>
/// <c>GET /api/v1/requests</c> and <c>POST /api/v1/requests/{number}/answers</c>: what the caller's own agency is asked out of its
/// rhythm, and its answer. They are no items of <c>/obligations</c>, whose shape has a form and a period.
/// </summary>
public static class DataRequestEndpoints
{
    private static readonly FrozenDictionary<string, AnswerState> States =
        Enum.GetValues<AnswerState>().ToFrozenDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), StringComparer.Ordinal);

    public static void MapDataRequests(this RouteGroupBuilder v1)
    {
        v1.MapGet("/requests", Get).RequireAuthorization(Policies.AgencyApi)
            .Describe("listDataRequests", "Reading", "What the caller's agency is asked ad hoc, and how its answers stand.")
            .WithQuery("state", "from", "limit", "cursor")
            .Produces<Page<DataRequestItem>>().Produces(StatusCodes.Status304NotModified).WithProblems(401, 403, 422, 503);
        v1.MapPost("/requests/{number}/answers", Post).RequireAuthorization(Policies.SubmitApi)
            .Describe("answerDataRequest", "Sending", "Answers an ad-hoc data request: all of its questions in one message.")
            .Accepts<AnswersBody>(RequestBody.Json, RequestBody.Anything)
            .Produces<AnswersReceipt>(StatusCodes.Status201Created)
            .Produces<AnswersReceipt>()
            .WithProblems(400, 401, 403, 404, 409, 413, 415, 422, 423, 503);
    }

    private static async Task<IResult> Get(
        HttpContext http, FindOwnRequests find, ProvinceTime time, TimeProvider clock, JsonAnswer json, CancellationToken cancellation)
    {
        var query = new QueryReader(http.Request);
        var (state, from, limit) = (query.Word("state", States), query.From(time), query.Limit());
        var after = PlaceOf(query);
        if (query.Problem is { } problem) return problem;
        var rows = await find.Handle(ScopeOf(http.User), from ?? DateTimeOffset.UnixEpoch, limit + 1, cancellation, state, after);
        var (now, page) = (clock.GetUtcNow(), rows.Take(limit).ToList());
        return json.Of(new Page<DataRequestItem>(
            page.ConvertAll(r => DataRequestItem.From(r.Request, r.Asked, now)),
            rows.Count > limit ? PageCursor.Write(PageCursor.Of(page[^1].Asked.DueAt), page[^1].Request.Number) : null));
    }

    private static async Task<IResult> Post(HttpContext http, string number, AnswerDataRequestHandler answer, CancellationToken cancellation)
    {
        var (message, faults, problem) = await RequestBody.ParseAsync(http.Request, [RequestBody.Json], (_, bytes, errors) => AnswersReader.Read(bytes, errors), cancellation);
        if (message is null) return problem!;

        var outcome = await answer.Send(number, message with { Faults = faults }, ScopeOf(http.User), http.User.Identity?.Name ?? "", cancellation);
        if (outcome.Receipt is not { } receipt) return new ApiProblemResult(StatusOf(outcome.Errors[0].Code), outcome.Errors);
        return TypedResults.Json(
            new AnswersReceipt(
                receipt.Request, receipt.Agency, receipt.Revision, receipt.State, receipt.Punctuality, receipt.DueAt, receipt.ReceivedAt, receipt.Accepted),
            statusCode: outcome.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static AgencyScope ScopeOf(ClaimsPrincipal caller) => AgencyScope.Of(caller.FindFirstValue(AccessClaims.Agency) ?? "");

    private static (DateTimeOffset DueAt, string Number)? PlaceOf(QueryReader query)
    {
        if (query.Cursor(parts: 2) is not [var due, var number]) return null;
        if (PageCursor.TryInstant(due, out var dueAt)) return (dueAt, number);
        query.Bad("cursor");
        return null;
    }

    private static int StatusOf(string code) => code switch
    {
        RequestCodes.Unknown => StatusCodes.Status404NotFound,
        SubmissionCodes.MessageIdReused => StatusCodes.Status409Conflict,
        _ when RequestCodes.IsClosed(code) => StatusCodes.Status423Locked,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
