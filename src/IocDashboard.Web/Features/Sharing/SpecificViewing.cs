using System.Globalization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>
/// Which of another agency's specific figures one viewing of a page has put on the audit trail: each indicator once for the
/// present and once for each past instant. The circuit takes it over from the page that it goes on with.
/// </summary>
public sealed class SpecificViewing
{
    /// <summary>What is viewed; another is another viewing.</summary>
    public string Of { get; init; } = "";

    public HashSet<string> Noted { get; init; } = new(StringComparer.Ordinal);

    /// <param name="asOf">Null: the present.</param>
    public bool Has(Indicator indicator, DateTimeOffset? asOf) => Noted.Contains(KeyOf(indicator, asOf));

    internal void Add(Indicator indicator, DateTimeOffset? asOf) => Noted.Add(KeyOf(indicator, asOf));

    private static string KeyOf(Indicator indicator, DateTimeOffset? asOf) =>
        asOf is { } at ? string.Create(CultureInfo.InvariantCulture, $"{indicator.Code}@{at.UtcTicks}") : indicator.Code;
}
