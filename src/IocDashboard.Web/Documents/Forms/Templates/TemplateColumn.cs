using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms.Templates;

/// <summary>One column of a sheet: what it is called, how it is coded, what stands in it for a cell of the form.</summary>
/// <param name="Heading">Over several columns together, null where each stands for itself.</param>
internal sealed record TemplateColumn(string Kind, FormIndicator? Indicator, string? Heading, string Label, double Width, Func<CellKey, TemplateValue> Of)
{
    public string Code => TemplateCodes.Of(Indicator?.Code, Kind);

    /// <summary>The columns of a block, from the second on: the first holds the rows' codes.</summary>
    public static IReadOnlyList<TemplateColumn> For(FormTemplate template, FormBlock block)
    {
        var culture = template.Culture;
        return block.IsGrid
            ? [Names(TemplateCodes.AreaName, "Column.Area", 26, c => template.AreaName(c.Area)), .. block.Indicators.SelectMany(Figures)]
            : [
                Names(TemplateCodes.IndicatorName, "Column.Indicator", 44, c => Indicator(c).Name.In(culture)),
                Names(TemplateCodes.AreaName, "Column.Area", 24, c => template.AreaName(c.Area)),
                Names("unit", "Column.Unit", 16, c => Indicator(c).Unit.In(culture)),
                .. Figures(null),
            ];

        Indicator Indicator(CellKey cell) => template.Catalogue.Indicators[cell.Indicator];

        TemplateColumn Names(string kind, string label, double width, Func<CellKey, string> name) =>
            new(kind, null, null, FormText.Get(label, culture), width, c => new(name(c), null, TemplateStyles.Name));

        IEnumerable<TemplateColumn> Figures(FormIndicator? of)
        {
            var indicator = of is null ? null : template.Catalogue.Indicators[of.Code];
            var heading = indicator is null ? null : $"{indicator.Code} · {indicator.Name.In(culture)}";
            var period = FormText.Period(template.Period, culture);
            return
            [
                new(TemplateCodes.Previous, of, heading, FormText.Format("Column.Previous", culture, FormText.Period(template.Period.Previous, culture)), 14,
                    c => new(null, template.Previous(c), TemplateStyles.Previous(Indicator(c).Decimals))),
                new(TemplateCodes.Value, of, heading, FormText.Format("Column.Value", culture, period, indicator?.Unit.In(culture) ?? "").TrimEnd(), 16, Value),
                new(TemplateCodes.Status, of, heading, FormText.Get("Column.Status", culture), 16,
                    c => new(template.Now(c).Status is { } status ? StatusWords.Of(status, culture) : null, null, TemplateStyles.Choice)),
                new(TemplateCodes.Note, of, heading, FormText.Get("Column.Note", culture), 28, c => new(template.Now(c).Note, null, TemplateStyles.Note)),
            ];
        }

        TemplateValue Value(CellKey cell)
        {
            var now = template.Now(cell);
            return new(now.Value is null ? now.Text : null, now.Value, TemplateStyles.Entry(Indicator(cell).Decimals));
        }
    }
}

/// <summary>What one cell of the workbook holds: text, a number, or nothing yet.</summary>
internal readonly record struct TemplateValue(string? Text, decimal? Number, uint Style);
