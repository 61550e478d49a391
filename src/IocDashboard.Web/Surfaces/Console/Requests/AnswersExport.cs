using System.Globalization;
using CsvHelper;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Web.Documents;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Shared.Requests;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>
/// <c>GET /console/requests/{number}/answers.csv</c>: each agency's answers on a line, as far as the reader may see them. The export,
/// and the reading of specific figures in it, are on the audit trail before it is sent.
/// </summary>
internal static class AnswersExport
{
    private static readonly CsvWriterOptions Plain = CsvWriterOptions.Default with { Separator = ',', WriteByteOrderMark = true };

    public static void MapAnswersExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet(RequestLinks.All + "/{number}/answers.csv", Write).RequireAuthorization(Policies.AskForData).ExcludeFromDescription();

    private static async Task Write(
        HttpContext http, string number, FindDataRequests find, CatalogueCache catalogues, Sights sights, SpecificReads reads, AuditTrail audit,
        CancellationToken cancellation)
    {
        var sight = sights.Of(ReadingAgency.Of(http.User));
        var seen = catalogues.Current.SeenBy(sight);
        if ((await find.One(number, cancellation))?.SeenBy(seen, catalogues.Current) is not { } request)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var shown = request.Questions.Select(q => q.Indicator is { } code ? seen.Indicators.GetValueOrDefault(code) : null).OfType<Indicator>();
        await reads.NoteAsync(sight, shown, RequestLinks.Export(number), cancellation: cancellation);
        await audit.RecordAsync(
            AuditActions.FiguresExported, number, AuditOutcome.Done, after: new() { ["format"] = "text/csv", ["rows"] = request.Agencies.Length }, cancellation: cancellation);
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename={request.Number}.csv";
        http.Response.Headers.CacheControl = "no-store";
        await using var csv = CsvWriter.Create(http.Response.Body, Plain, leaveOpen: true);
        await csv.WriteRecordAsync(Harmless(["request", "agency", "name", "state", "punctuality", "due_at", "answered_at", "revision", "answered_by", .. request.Questions.SelectMany(q => new[] { HeadOf(q, seen), q.Id + " note" })]), cancellation);
        foreach (var asked in request.Agencies) await csv.WriteRecordAsync(Harmless(LineOf(request, asked, seen)), cancellation);
    }

    private static string HeadOf(Question question, CatalogueSnapshot seen) =>
        RequestWords.UnitOf(question, seen) is { } unit ? $"{RequestWords.NameOf(question, seen)} ({unit})" : RequestWords.NameOf(question, seen);

    private static IEnumerable<string?> LineOf(DataRequest request, AskedAgency asked, CatalogueSnapshot seen)
    {
        yield return request.Number;
        yield return asked.Agency;
        yield return seen.Agencies.TryGetValue(asked.Agency, out var agency) ? agency.Name.In(CultureInfo.CurrentUICulture) : "";
        yield return Word(asked.State.ToString());
        yield return Word(asked.Punctuality.ToString());
        yield return Text(asked.JudgedBy);
        yield return Text(asked.AnsweredAt);
        yield return asked.Revision.ToString(CultureInfo.InvariantCulture);
        yield return asked.AnsweredBy;
        foreach (var question in request.Questions)
        {
            var answer = asked.Answers.FirstOrDefault(a => a.Question == question.Id);
            yield return answer?.Value?.ToString(CultureInfo.InvariantCulture) ?? answer?.Text;
            yield return answer?.Note;
        }
    }

    private static string?[] Harmless(IEnumerable<string?> cells) => [.. cells.Select(c => SpreadsheetCell.Harmless(c ?? ""))];

    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string? Text(DateTimeOffset? instant) => instant?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
