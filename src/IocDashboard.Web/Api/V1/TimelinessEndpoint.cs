using System.Collections.Frozen;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>GET /api/v1/timeliness</c>: over the deadlines between <c>from</c> and <c>to</c>, by default those of the last thirty days.</summary>
internal static class TimelinessEndpoint
{
    private static readonly TimeSpan UsualWindow = TimeSpan.FromDays(30);

    private static readonly FrozenDictionary<string, TimelinessGroup> Groups =
        Enum.GetValues<TimelinessGroup>().ToFrozenDictionary(g => g.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    public static async Task<IResult> Get(
        HttpContext http, Sights sights, MeasureTimeliness measure, ProvinceTime time, TimeProvider clock, JsonAnswer json, CancellationToken cancellation)
    {
        var query = new QueryReader(http.Request);
        var asOf = query.Instant("asOf");
        var before = query.Through(time) ?? asOf ?? clock.GetUtcNow();
        var from = query.From(time) ?? before - UsualWindow;
        var groupBy = query.Word("groupBy", Groups) ?? TimelinessGroup.Agency;
        if (query.Problem is { } problem) return problem;
        var groups = await measure.Handle(from, before, groupBy, sights.Of(ReadingAgency.Of(http.User)), cancellation, asOf);
        return json.PageOf(query, groups, g => g.Group, g => TimelinessItem.From(groupBy, g.Group, g.Measure, g.ToReceipt));
    }
}
