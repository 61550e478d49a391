using System.Collections.Frozen;
using System.Text.Json;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>GET /api/v1/feeds</c>.</summary>
internal static class FeedListEndpoint
{
    private static readonly FrozenDictionary<string, FeedState> States =
        Enum.GetValues<FeedState>().ToFrozenDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), StringComparer.Ordinal);

    public static async Task<IResult> Get(HttpContext http, Sights sights, FindFeeds find, TimeProvider clock, JsonAnswer json, CancellationToken cancellation)
    {
        var catalogue = sights.CatalogueFor(ReadingAgency.Of(http.User));
        var query = new QueryReader(http.Request);
        var agency = query.Code("agency", catalogue.Agencies);
        var state = query.Word("state", States);
        if (query.Problem is { } problem) return problem;
        var now = clock.GetUtcNow();
        var heard = (await find.Handle(cancellation)).ToDictionary(f => f.Key, f => f.Value.At(now), StringComparer.Ordinal);
        return json.PageOf(
            query,
            [.. catalogue.FeedList.Where(f => heard.ContainsKey(f.Code) && (agency is null || f.Agency == agency) && (state is null || heard[f.Code].State == state))],
            f => f.Code, f => ItemOf(f, heard[f.Code]));
    }

    private static FeedItem ItemOf(Feed feed, FeedHealth health) => new(
        feed.Code, feed.Agency, feed.Rhythm.Name(), [.. feed.Indicators.Select(ColumnItem.From)], feed.Rule, health.State,
        health.LastAt, health.LastReceivedAt, health.Since);
}
