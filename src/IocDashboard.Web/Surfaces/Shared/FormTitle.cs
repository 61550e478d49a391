using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>What people call a form: its code says agency and rhythm, its indicators say what it is about.</summary>
public static class FormTitle
{
    private const int MostIndicators = 2, MostFields = 2;

    /// <summary>One or two indicators are named themselves; of more, their fields and how often they are due.</summary>
    public static string Of(Form form, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var indicators = form.Indicators.Select(i => catalogue.Indicators.GetValueOrDefault(i.Code)).OfType<Indicator>().ToList();
        if (indicators.Count == 0) return form.Code;
        if (indicators.Count <= MostIndicators) return string.Join("; ", indicators.Select(i => i.ShortName.In(culture)));
        var fields = indicators.Select(i => i.Field.In(culture)).Distinct(StringComparer.Ordinal).ToList();
        var named = string.Join(", ", fields.Take(MostFields));
        var about = fields.Count <= MostFields ? named : SurfaceText.Format("Form.AndMore", culture, named, fields.Count - MostFields);
        return SurfaceText.Format($"Form.{form.Rhythm}", culture, about);
    }
}
