using System.Globalization;
using CsvHelper;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Surfaces.Console.Audit;

/// <summary><c>GET /console/audit.csv</c>: the found entries, newest first. The export is itself on the trail.</summary>
internal static class AuditExport
{
    public const string Path = "/console/audit.csv";

    // Cells that a spreadsheet would take for a formula begin with an apostrophe.
    private static readonly CsvWriterOptions Safe = CsvWriterOptions.Default with
    {
        Separator = ',', Injection = CsvInjection.Escape, InjectionEscape = '\'', WriteByteOrderMark = true,
    };

    public static void MapAuditExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Write).RequireAuthorization(Policies.ReadAudit).ExcludeFromDescription();

    public static AuditQuestion Question(string? action, string? who, string? from, string? to, ProvinceTime time) => new(
        string.IsNullOrEmpty(action) ? null : action, who,
        Day(from) is { } first ? time.StartOf(first) : null, Day(to) is { } last && last < DateOnly.MaxValue ? time.StartOf(last.AddDays(1)) : null);

    public static string QueryOf(string? action, string? who, string? from, string? to, long? below) => QueryString.Create(
        new KeyValuePair<string, string?>[] { new("action", action), new("who", who), new("from", from), new("to", to), new("below", below?.ToString(CultureInfo.InvariantCulture)) }
            .Where(p => !string.IsNullOrEmpty(p.Value))).Value ?? "";

    private static async Task Write(
        HttpContext http, FindAudit find, AuditTrail audit, ProvinceTime time, TimeProvider clock,
        string? action, string? who, string? from, string? to, CancellationToken cancellation)
    {
        await audit.RecordAsync(AuditActions.AuditExported, QueryOf(action, who, from, to, null), AuditOutcome.Done, cancellation: cancellation);
        var name = $"audit-{time.Local(clock.GetUtcNow()).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.csv";
        http.Response.ContentType = "text/csv; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename={name}";
        http.Response.Headers.CacheControl = "no-store";
        await using var csv = CsvWriter.Create(http.Response.Body, Safe, leaveOpen: true);
        await csv.WriteRecordAsync(["seq", "at", "actor_kind", "actor", "agency", "address", "trace", "action", "subject", "outcome", "before", "after"], cancellation);
        // Whole, however long: page by page, so that memory does not grow with it. A file that stops early would look complete.
        var (question, below) = (Question(action, who, from, to, time), default(long?));
        while (true)
        {
            var page = await find.Handle(question, below, 1_000, cancellation);
            foreach (var entry in page) await csv.WriteRecordAsync(FieldsOf(entry), cancellation);
            if (page.Count < 1_000) break;
            below = page[^1].Seq;
        }
    }

    private static string?[] FieldsOf(AuditEntry entry) =>
    [
        entry.Seq.ToString(CultureInfo.InvariantCulture), entry.At.ToString("O", CultureInfo.InvariantCulture), entry.Actor.Kind, entry.Actor.Name,
        entry.Actor.Agency, entry.Actor.Address, entry.Actor.Trace, entry.Action, entry.Subject,
        entry.Outcome == AuditOutcome.Done ? "done" : "refused", entry.Before, entry.After,
    ];

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["d/M/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
