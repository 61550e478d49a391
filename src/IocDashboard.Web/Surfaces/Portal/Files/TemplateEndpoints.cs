using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms;
using IocDashboard.Web.Documents.Forms.Templates;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Surfaces.Portal.Files;

/// <summary>
/// <c>GET /portal/forms/{form}/{period}/template.xlsx</c> and <c>.csv</c>: one's own agency's report as a file to fill in, with what
/// was put into it so far, in the reader's language.
/// </summary>
internal static class TemplateEndpoints
{
    public static string Path(string form, string period, string ending) => $"/portal/forms/{form}/{period}/template.{ending}";

    public static void MapTemplates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/portal/forms/{form}/{period}/template.xlsx", (HttpContext http, string form, string period, FindSheet find, CatalogueCache catalogues, CancellationToken cancellation) =>
            Answer(http, form, period, find, catalogues, ".xlsx", XlsxTemplate.ContentType, XlsxTemplate.Write, cancellation)).RequireAuthorization(Policies.Report).ExcludeFromDescription();
        routes.MapGet("/portal/forms/{form}/{period}/template.csv", (HttpContext http, string form, string period, FindSheet find, CatalogueCache catalogues, CancellationToken cancellation) =>
            Answer(http, form, period, find, catalogues, ".csv", CsvTemplate.ContentType, CsvTemplate.Write, cancellation)).RequireAuthorization(Policies.Report).ExcludeFromDescription();
    }

    private static async Task<IResult> Answer(
        HttpContext http, string form, string periodText, FindSheet find, CatalogueCache catalogues, string ending, string contentType,
        Func<FormTemplate, byte[]> write, CancellationToken cancellation)
    {
        var scope = Reporters.ScopeOf(http.User);
        if (!ReportingPeriod.TryParse(periodText, out var period)) return Results.NotFound();
        var seen = await find.Handle(ReportKey.Of(form, http.User.FindFirstValue(AccessClaims.Agency) ?? "", period), scope, cancellation);
        if (seen is null) return Results.NotFound();

        var culture = CultureInfo.CurrentUICulture;
        var template = new FormTemplate(catalogues.Current.At(period.FirstDay), seen, FormTemplate.NumbersOf(culture), culture);
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(write(template), contentType, template.FileName + ending);
    }
}
