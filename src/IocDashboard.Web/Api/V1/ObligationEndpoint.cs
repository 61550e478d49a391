using System.Collections.Frozen;
using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>GET /api/v1/obligations</c>: what is owed, by whom, and how it stands or stood.</summary>
internal static class ObligationEndpoint
{
    private static readonly FrozenDictionary<string, ObligationState> States =
        Enum.GetValues<ObligationState>().ToFrozenDictionary(s => JsonNamingPolicy.CamelCase.ConvertName(s.ToString()), StringComparer.Ordinal);

    public static async Task<IResult> Get(
        HttpContext http, CatalogueCache cache, Sights sights, FindObligations find, ProvinceTime time, TimeProvider clock, JsonAnswer json, CancellationToken cancellation)
    {
        var catalogue = cache.Current;
        var query = new QueryReader(http.Request);
        var question = new ObligationQuestion(
            sights.Of(ReadingAgency.Of(http.User)), query.Word("state", States), query.Code("agency", catalogue.Agencies), query.Code("form", catalogue.Forms),
            query.From(time), query.Through(time), query.Instant("asOf"), query.Limit(), PlaceOf(query));
        if (query.Problem is { } problem) return problem;
        var now = clock.GetUtcNow();
        var (rows, more) = await find.Handle(question, cancellation);
        return json.Of(new Page<ObligationItem>(
            rows.ConvertAll(r => ObligationItem.From(r, question.AsOf ?? now)), more ? PageCursor.Write(PageCursor.Of(rows[^1].Report.DueAt), rows[^1].Report.Id) : null));
    }

    private static (DateTimeOffset DueAt, string Id)? PlaceOf(QueryReader query)
    {
        if (query.Cursor(parts: 2) is not [var due, var id]) return null;
        if (PageCursor.TryInstant(due, out var dueAt)) return (dueAt, id);
        query.Bad("cursor");
        return null;
    }
}
