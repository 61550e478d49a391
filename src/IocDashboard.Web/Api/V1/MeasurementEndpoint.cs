using System.Security.Claims;
using IocDashboard.Web.Api.Messages;
using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>POST /api/v1/feeds/{feed}/measurements</c>: parses, and hands on to the use case.</summary>
public static class MeasurementEndpoint
{
    public static void MapMeasurements(this RouteGroupBuilder v1) =>
        v1.MapPost("/feeds/{feed}/measurements", Post).RequireAuthorization(Policies.SubmitApi)
            .Describe("sendMeasurements", "Sending", "Sends measurements of one feed: an array, or one object a line.")
            .Accepts<IReadOnlyList<MeasurementBody>>(RequestBody.Json, RequestBody.NdJson, RequestBody.Anything)
            .Produces<MeasurementReceipt>()
            .WithProblems(400, 401, 403, 404, 413, 415, 422, 429, 503);

    private static async Task<IResult> Post(
        HttpContext http, string feed, ReceiveMeasurementsHandler receive, TimeProvider clock, CancellationToken cancellation)
    {
        var receivedAt = clock.GetUtcNow();
        var (measurements, faults, problem) = await RequestBody.ParseAsync(
            http.Request, [RequestBody.Json, RequestBody.NdJson],
            (type, bytes, errors) => type == RequestBody.Json ? MeasurementReader.ReadArray(bytes, errors) : MeasurementReader.ReadLines(bytes, errors),
            cancellation);
        if (measurements is null) return problem!;

        var agency = http.User.FindFirstValue(AccessClaims.Agency) ?? "";
        var call = new ReceiveMeasurements(feed, agency, http.User.Identity?.Name ?? "", measurements, faults, receivedAt);
        return await receive.Handle(call, cancellation) switch
        {
            MeasurementsOutcome.Received received => TypedResults.Ok(new MeasurementReceipt(received.Accepted, received.Duplicates)),
            MeasurementsOutcome.UnknownFeed => new ApiProblemResult(StatusCodes.Status404NotFound, "", "unknown-feed", feed),
            MeasurementsOutcome.NotYours => new ApiProblemResult(StatusCodes.Status403Forbidden, "", "not-your-agency", agency),
            MeasurementsOutcome.Refused refused => new ApiProblemResult(StatusCodes.Status422UnprocessableEntity, refused.Errors),
            MeasurementsOutcome.Busy busy => new ApiProblemResult(
                StatusCodes.Status429TooManyRequests, [Domain.Reporting.JudgementError.At("", "too-many-requests")], busy.RetryAfter),
            var unknown => throw new InvalidOperationException($"An outcome without an answer: {unknown}"),
        };
    }
}
