using System.Globalization;
using System.Resources;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Surfaces.Shared.Requests;

/// <summary>The words of data requests in the language of the circuit, for whoever asks and whoever answers. Vietnamese is neutral, English in <c>RequestWords.en.resx</c>.</summary>
public static class RequestWords
{
    public static readonly ResourceManager Resources = new(typeof(RequestWords));

    public static string R(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new ArgumentException($"No text named {name}.", nameof(name));

    public static string R(string name, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.CurrentCulture, R(name), values);

    /// <summary>As it was asked; a question that is an indicator's name is that name in the reader's language.</summary>
    /// <param name="seen">The catalogue as the reader sees it.</param>
    public static string NameOf(Question question, CatalogueSnapshot seen) =>
        question.Indicator is { } code && seen.Indicators.TryGetValue(code, out var indicator) && indicator.Name.Vi == question.Text
            ? indicator.Name.In(CultureInfo.CurrentUICulture)
            : question.Text;

    public static string? UnitOf(Question question, CatalogueSnapshot seen) =>
        question.Indicator is { } code && seen.Indicators.TryGetValue(code, out var indicator) ? indicator.Unit.In(CultureInfo.CurrentUICulture) : question.Unit;

    /// <summary>What was answered, as people read it; a dash where there is none.</summary>
    public static string ValueOf(GivenAnswer? answer) => answer switch
    {
        { Value: { } value } => NumberText.Trimmed(value, value.Scale, CultureInfo.CurrentUICulture),
        { Text: { } text } => text,
        _ => "—",
    };
}
