using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>The catalogue with the indicator set of another day, and the forms and feeds that follow from it.</summary>
internal static class CatalogueAtDay
{
    public static CatalogueSnapshot Of(CatalogueSnapshot whole, DateOnly day) => Of(whole, day, whole.Book, whole.Calendars);

    /// <summary>The same by another book and other calendars than the whole has now.</summary>
    public static CatalogueSnapshot Of(CatalogueSnapshot whole, DateOnly day, IndicatorBook book, CalendarBook calendars)
    {
        var versions = book.Codes.Select(code => book.At(code, day)).OfType<IndicatorVersion>().ToDictionary(v => v.Code, StringComparer.Ordinal);
        var indicators = versions.Values.Select(v => whole.Indicators.TryGetValue(v.Code, out var now) ? v.Indicator with { Sharing = now.Sharing } : v.Indicator).ToList();
        var forms = Assignments.Forms(indicators, i => versions[i.Code].Areas, code => whole.Forms.TryGetValue(code, out var held) ? held.AssignedFrom : day).ToList();
        // A form that asks nothing then is still the form of earlier or later reports.
        var silent = whole.FormList.ExceptBy(forms.Select(f => f.Code), f => f.Code).Select(f => f with { Indicators = [] });
        return new(
            indicators, whole.AgencyList, whole.AreaList, forms.Concat(silent), Assignments.Feeds(indicators, i => versions[i.Code].Areas),
            whole.SeriesById.Values.Where(s => versions.ContainsKey(s.Indicator)), calendars, whole.Agreements, whole.Rules.Rules, whole.Terms, whole.Trusts.Values, book);
    }
}
