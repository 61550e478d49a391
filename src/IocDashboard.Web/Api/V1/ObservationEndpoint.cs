using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Net.Http.Headers;

namespace IocDashboard.Web.Api.V1;

/// <summary><c>GET /api/v1/observations</c>: figures as they are known now, or were known at an instant.</summary>
internal static class ObservationEndpoint
{
    public static async Task<IResult> Get(
        HttpContext http, FindObservations find, FindUpdates findUpdates, CatalogueCache cache, Sights sights, SpecificReads reads, ProvinceTime time,
        JsonAnswer json, AuditTrail audit, CancellationToken cancellation)
    {
        // What is hidden from whoever asks is unknown to the whole question: its codes, and its series.
        var sight = sights.Of(ReadingAgency.Of(http.User));
        var catalogue = cache.Current.SeenBy(sight);
        if (FormatOf(http.Request) is not { } format) return new ApiProblemResult(StatusCodes.Status406NotAcceptable, [JudgementError.At("", "not-acceptable")]);
        var query = new QueryReader(http.Request);
        var indicators = query.Codes("indicator", catalogue.Indicators).ToHashSet(StringComparer.Ordinal);
        var areas = query.Codes("area", catalogue.Areas).ToHashSet(StringComparer.Ordinal);
        var agencies = query.Codes("agency", catalogue.Agencies).ToHashSet(StringComparer.Ordinal);
        var question = new ObservationQuestion(
            [], query.From(time), query.Through(time), query.Instant("asOf"), query.Flag("includeHistory"), query.Instant("updatedAfter"),
            query.Limit(), PlaceOf(query));
        if (query.Problem is { } problem) return problem;

        var series = catalogue.SeriesById.Values.Where(s =>
        {
            return (indicators.Count == 0 || indicators.Contains(s.Indicator)) && (areas.Count == 0 || areas.Contains(s.Area))
                && (agencies.Count == 0 || agencies.Contains(catalogue.Indicators[s.Indicator].Agency));
        });
        question = question with { Series = [.. series.OrderBy(s => s.Indicator, StringComparer.Ordinal).ThenBy(s => s.Area, StringComparer.Ordinal)] };
        var (rows, more) = question.UpdatedAfter is { } since
            ? await findUpdates.Handle(question, since, cancellation)
            : await find.Handle(question, cancellation);
        await reads.NoteAsync(sight, rows.Select(r => catalogue.Indicators[r.Series.Indicator]), http.Request.Path + http.Request.QueryString, cancellation: cancellation);
        var items = rows.ConvertAll(r => ItemOf(r, catalogue, time));
        var next = more ? CursorOf(rows[^1].Place) : null;
        if (format != Format.Json) await audit.WriteAsync(http, format == Format.Csv ? ObservationFormats.CsvType : ObservationFormats.SdmxType, items.Count, cancellation);
        return format switch
        {
            Format.Csv => new TaggedAnswer(ObservationFormats.Csv(items), ObservationFormats.CsvContentType, next),
            Format.Sdmx => new TaggedAnswer(ObservationFormats.Sdmx(items, catalogue), ObservationFormats.SdmxContentType, next),
            _ => json.Of(new Page<ObservationItem>(items, next)),
        };
    }

    private static ObservationItem ItemOf(ObservationRow row, CatalogueSnapshot catalogue, ProvinceTime time)
    {
        var measured = row.Rhythm == 'I';
        return new(
            row.Series.Indicator, row.Series.Area, catalogue.Indicators[row.Series.Indicator].Agency,
            measured ? null : PeriodLetter.PeriodOf(row.Rhythm, time.DayOf(row.TimeKey)).ToString(), measured ? row.TimeKey : null,
            row.Value, row.Status, row.Verification, row.Revision, row.ReceivedAt, row.Seq, row.RecordedAt, row.Note);
    }

    private static string CursorOf(ObservationPlace place) => PageCursor.Write(
        place.Indicator, place.Area, PageCursor.Of(place.TimeKey), place.Revision.ToString(CultureInfo.InvariantCulture),
        place.Seq.ToString(CultureInfo.InvariantCulture), PageCursor.Of(place.RecordedAt));

    private static ObservationPlace? PlaceOf(QueryReader query)
    {
        if (query.Cursor(parts: 6) is not [var indicator, var area, var time, var revision, var seq, var recorded]) return null;
        if (PageCursor.TryInstant(time, out var timeKey) && PageCursor.TryInstant(recorded, out var recordedAt)
            && int.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var r)
            && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var s))
            return new(indicator, area, timeKey, r, s, recordedAt);
        query.Bad("cursor");
        return null;
    }

    private enum Format { Json, Csv, Sdmx }

    /// <summary>The best liked format that we have; JSON when anything will do; null when none will.</summary>
    private static Format? FormatOf(HttpRequest request)
    {
        var wishes = request.GetTypedHeaders().Accept;
        if (wishes.Count == 0) return Format.Json;
        foreach (var wish in wishes.Where(w => w.Quality is not 0).OrderByDescending(w => w.Quality ?? 1))
        {
            if (wish.MatchesAllTypes || Is(wish, "application/json") || Is(wish, "application/*")) return Format.Json;
            if (Is(wish, ObservationFormats.CsvType) || Is(wish, "text/*")) return Format.Csv;
            if (Is(wish, ObservationFormats.SdmxType) && VersionOf(wish) is null or ObservationFormats.SdmxVersion) return Format.Sdmx;
        }

        return null;
    }

    private static bool Is(MediaTypeHeaderValue wish, string type) => wish.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static string? VersionOf(MediaTypeHeaderValue wish) =>
        wish.Parameters.FirstOrDefault(p => p.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.GetUnescapedValue().ToString();
}
