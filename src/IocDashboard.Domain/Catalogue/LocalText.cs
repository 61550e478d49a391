using System.Globalization;

namespace IocDashboard.Domain.Catalogue;

/// <summary>A name or unit in both of the centre's languages; Vietnamese is the one that binds.</summary>
public sealed record LocalText(string Vi, string En)
{
    /// <summary>English for any English culture, Vietnamese for every other.</summary>
    public string In(CultureInfo culture) =>
        culture.TwoLetterISOLanguageName == "en" ? En : Vi;

    public override string ToString() => Vi;
}
