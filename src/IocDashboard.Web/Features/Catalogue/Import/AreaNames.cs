using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>
/// An area's name without the words for its kind, as maps and tiles call it: Huyện Tây Giang is Tây Giang, Trạm đo mưa Trà My is
/// Trà My. In Vietnamese they come first, in English last.
/// </summary>
internal static class AreaNames
{
    private static readonly FrozenDictionary<string, (string Vietnamese, string English)> Kinds = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["district_city"] = ("Thành phố ", " City"),
        ["district_town"] = ("Thị xã ", " Town"),
        ["district_rural"] = ("Huyện ", " District"),
        ["river_station"] = ("Trạm thủy văn ", " gauge"),
        ["rain_station"] = ("Trạm đo mưa ", " rain gauge"),
        ["air_station"] = ("Trạm quan trắc không khí ", " air station"),
        ["salinity_station"] = ("Trạm đo mặn ", " salinity station"),
        ["reservoir"] = ("Hồ ", " reservoir"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static LocalText WithoutKind(LocalText name, string kind) => Kinds.TryGetValue(kind, out var words)
        ? new(
            name.Vi.StartsWith(words.Vietnamese, StringComparison.OrdinalIgnoreCase) ? name.Vi[words.Vietnamese.Length..].Trim() : name.Vi,
            name.En.EndsWith(words.English, StringComparison.OrdinalIgnoreCase) ? name.En[..^words.English.Length].Trim() : name.En)
        : name;
}
