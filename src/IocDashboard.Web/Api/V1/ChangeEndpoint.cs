using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>GET /api/v1/changes</c>: which figures were revised since an instant, from what to what, by whom and why.</summary>
internal static class ChangeEndpoint
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    public static async Task<IResult> Get(
        HttpContext http, FindChanges find, CatalogueCache cache, Sights sights, SpecificReads reads, ProvinceTime time, TimeProvider clock, JsonAnswer json,
        CancellationToken cancellation)
    {
        var sight = sights.Of(ReadingAgency.Of(http.User));
        var catalogue = cache.Current.SeenBy(sight);
        var query = new QueryReader(http.Request);
        var indicators = query.Codes("indicator", catalogue.Indicators).ToHashSet(StringComparer.Ordinal);
        var agencies = query.Codes("agency", catalogue.Agencies).ToHashSet(StringComparer.Ordinal);
        var (since, asOf, limit, place) = (query.Instant("since"), query.Instant("asOf"), query.Limit(), PlaceOf(query));
        if (query.Problem is { } problem) return problem;

        var series = catalogue.SeriesById.Values.Where(s =>
            (indicators.Count == 0 || indicators.Contains(s.Indicator)) && (agencies.Count == 0 || agencies.Contains(catalogue.Indicators[s.Indicator].Agency)));
        var (changes, more) = await find.Handle([.. series], since ?? (asOf ?? clock.GetUtcNow()) - Usual, asOf, limit, place, cancellation);
        await reads.NoteAsync(sight, changes.Select(c => catalogue.Indicators[c.Series.Indicator]), http.Request.Path + http.Request.QueryString, cancellation: cancellation);
        return json.Of(new Page<ChangeItem>(changes.ConvertAll(c => ItemOf(c, catalogue, time)), more ? CursorOf(changes[^1]) : null));
    }

    private static ChangeItem ItemOf(ChangedFigure change, CatalogueSnapshot catalogue, ProvinceTime time)
    {
        var measured = change.Rhythm == Observed.Measured;
        return new(
            change.Series.Indicator, change.Series.Area, catalogue.Indicators[change.Series.Indicator].Agency,
            measured ? null : PeriodLetter.PeriodOf(change.Rhythm, time.DayOf(change.TimeKey)).ToString(), measured ? change.TimeKey : null, change.Revision,
            change.Before, change.BeforeStatus, change.After, change.AfterStatus, change.Difference, change.Verification, change.Reason, change.By, change.At);
    }

    private static string CursorOf(ChangedFigure last) => PageCursor.Write(
        PageCursor.Of(last.At), last.Seq.ToString(CultureInfo.InvariantCulture), last.Series.Id.ToString(CultureInfo.InvariantCulture), PageCursor.Of(last.TimeKey));

    private static ChangePlace? PlaceOf(QueryReader query)
    {
        if (query.Cursor(parts: 4) is not [var recorded, var seq, var series, var key]) return null;
        if (PageCursor.TryInstant(recorded, out var at) && PageCursor.TryInstant(key, out var timeKey)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var s)
            && int.TryParse(series, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return new(at, s, id, timeKey);
        query.Bad("cursor");
        return null;
    }
}
