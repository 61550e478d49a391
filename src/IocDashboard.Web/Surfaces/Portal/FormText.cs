using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>What people call a form: its code says agency and rhythm, its indicators say what it is about.</summary>
public static class FormText
{
    private const int MostIndicators = 2, MostFields = 2;

    /// <summary>One or two indicators are named themselves; of more, their fields and how often they are due.</summary>
    public static string Title(Form form, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var names = form.Indicators.Select(i => catalogue.Indicators.GetValueOrDefault(i.Code)?.ShortName.In(culture)).OfType<string>().ToList();
        if (names.Count is > 0 and <= MostIndicators) return string.Join("; ", names);
        var fields = form.Indicators.Select(i => catalogue.Indicators.GetValueOrDefault(i.Code)?.Field.In(culture)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var named = string.Join(", ", fields.Take(MostFields));
        if (fields.Count == 0) return form.Code;
        var about = fields.Count <= MostFields ? named : PortalText.T("Form.AndMore", named, fields.Count - MostFields);
        return PortalText.T($"Form.{form.Rhythm}", about);
    }
}
