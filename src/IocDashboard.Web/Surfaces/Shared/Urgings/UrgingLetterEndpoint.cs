using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Letters;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Surfaces.Shared.Urgings;

/// <summary>
/// <c>GET /console/urgings/{id}/letter.docx</c> for who urges and <c>/portal/urgings/{id}/letter.docx</c> for who is urged: a letter of
/// urging as an official document. Another agency's letter is not found.
/// </summary>
internal static class UrgingLetterEndpoint
{
    public static string Path(Guid urging) => $"/console/urgings/{urging}/letter.docx";

    public static string PortalPath(Guid urging) => $"/portal/urgings/{urging}/letter.docx";

    public static void MapUrgingLetters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/console/urgings/{id:guid}/letter.docx", (HttpContext http, Guid id, FindUrgings find, CatalogueCache catalogues, ProvinceTime time, CancellationToken cancellation) =>
            Answer(http, id, agency: null, find, catalogues, time, cancellation)).RequireAuthorization(Policies.Urge).ExcludeFromDescription();
        routes.MapGet("/portal/urgings/{id:guid}/letter.docx", (HttpContext http, Guid id, FindUrgings find, CatalogueCache catalogues, ProvinceTime time, CancellationToken cancellation) =>
            Answer(http, id, http.User.FindFirstValue(AccessClaims.Agency) ?? "", find, catalogues, time, cancellation)).RequireAuthorization(Policies.Report).ExcludeFromDescription();
    }

    private static async Task<IResult> Answer(HttpContext http, Guid id, string? agency, FindUrgings find, CatalogueCache catalogues, ProvinceTime time, CancellationToken cancellation)
    {
        if (await find.One(id, cancellation) is not { } letter || (agency is not null && letter.Agency != agency)) return Results.NotFound();
        var catalogue = catalogues.Current;
        var file = UrgingLetterFile.Write(new(
            NameOf(catalogue.Agencies.GetValueOrDefault(letter.Body)?.Parent ?? Superior, catalogue), NameOf(letter.Body, catalogue), letter.Number, SurfaceText.Get("Letter.Place", Vietnamese), time.DayOf(letter.SentAt),
            letter.Subject, [.. letter.Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]));
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(file, UrgingLetterFile.ContentType, $"{letter.Number.Replace('/', '-')}.docx");
    }

    private static string NameOf(string body, CatalogueSnapshot catalogue) => catalogue.Agencies.TryGetValue(body, out var known) ? known.Name.In(Vietnamese) : body;

    // Above whatever body names none.
    private const string Superior = Domain.Escalation.EscalationBodies.Leadership;

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
}
