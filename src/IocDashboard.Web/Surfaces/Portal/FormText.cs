using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>What people call a form: its code says agency and rhythm, its indicators say what it is about.</summary>
public static class FormText
{
    private const int MostFields = 2;

    public static string Title(Form form, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var fields = form.Indicators.Select(i => catalogue.Indicators.GetValueOrDefault(i.Code)?.Field.In(culture)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var named = string.Join(", ", fields.Take(MostFields));
        return fields.Count switch { 0 => form.Code, <= MostFields => named, _ => PortalText.T("Form.AndMore", named, fields.Count - MostFields) };
    }
}
