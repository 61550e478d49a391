using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary>The register and the indicator set, answered from memory, without what is hidden from whoever asks.</summary>
internal static class CatalogueEndpoints
{
    public static IResult GetAgencies(HttpContext http, CatalogueCache cache, JsonAnswer json)
    {
        var query = new QueryReader(http.Request);
        var kind = query.Text("kind");
        return json.PageOf(query, [.. cache.Current.AgencyList.Where(a => kind is null || a.Kind == kind)], a => a.Code, AgencyItem.From);
    }

    public static IResult GetAreas(HttpContext http, CatalogueCache cache, JsonAnswer json)
    {
        var query = new QueryReader(http.Request);
        var (kind, parent) = (query.Text("kind"), query.Code("parent", cache.Current.Areas));
        return json.PageOf(
            query, [.. cache.Current.AreaList.Where(a => (kind is null || a.Kind == kind) && (parent is null || a.Parent == parent))], a => a.Code, AreaItem.From);
    }

    /// <summary>The set in force, or, with <c>asOf</c>, the one that was or will be in force then: a day of the province, or an instant.</summary>
    public static IResult GetIndicators(HttpContext http, Sights sights, ProvinceTime time, TimeProvider clock, JsonAnswer json)
    {
        var catalogue = sights.CatalogueFor(ReadingAgency.Of(http.User));
        var query = new QueryReader(http.Request);
        var (agency, field) = (query.Code("agency", catalogue.Agencies), query.Text("field"));
        var day = query.Day("asOf", time) ?? time.DayOf(clock.GetUtcNow());
        return json.PageOf(
            query, [.. catalogue.Book.SetAt(day).Where(v => (agency is null || v.Indicator.Agency == agency) && (field is null || v.Indicator.FieldCode == field))],
            v => v.Code, v => IndicatorItem.From(v, catalogue.Book.SeriesFrom(v.Code, day)));
    }

    public static IResult GetForms(HttpContext http, Sights sights, JsonAnswer json)
    {
        var catalogue = sights.CatalogueFor(ReadingAgency.Of(http.User));
        var query = new QueryReader(http.Request);
        var agency = query.Code("agency", catalogue.Agencies);
        return json.PageOf(query, [.. catalogue.FormList.Where(f => agency is null || f.Agency == agency)], f => f.Code, FormItem.From);
    }
}
