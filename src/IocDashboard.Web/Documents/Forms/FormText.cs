using System.Globalization;
using System.Resources;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Documents.Forms;

/// <summary>Words inside a form's files, by explicit culture. Vietnamese is neutral, English in <c>FormText.en.resx</c>.</summary>
internal static class FormText
{
    public static readonly ResourceManager Resources = new(typeof(FormText));

    public static string Get(string name, CultureInfo culture) =>
        Resources.GetString(name, culture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string Format(string name, CultureInfo culture, params ReadOnlySpan<object?> values) =>
        string.Format(culture, Get(name, culture), values);

    /// <summary>With the days that it covers: a week's number alone says little.</summary>
    public static string Period(ReportingPeriod period, CultureInfo culture)
    {
        var (first, last) = (period.FirstDay.ToDateTime(TimeOnly.MinValue), period.LastDay.ToDateTime(TimeOnly.MinValue));
        return Format("Period." + period.Rhythm, culture, period.Ordinal, period.Year, first, last);
    }

    /// <summary>As a number is written in the declared format, for people to see which one that is.</summary>
    public static string Example(NumberFormat format) => format == NumberFormat.Vietnamese ? "1.234.567,8" : "1,234,567.8";
}
