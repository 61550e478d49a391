using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// A body named by the regulation or one that supplies figures. Dated: departments and provinces merge, and history
/// stays readable under the old and the new structure. <see cref="ValidTo"/> is exclusive.
/// </summary>
/// <param name="Kind">As in the register: <c>department</c>, <c>district_city</c>, <c>district_town</c>, <c>district_rural</c>, …</param>
public sealed record Agency(
    string Code,
    LocalText Name,
    LocalText ShortName,
    string Kind,
    string Role,
    string? Parent,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    string? Successor)
{
    /// <summary>One of the 18 district-level People's Committees.</summary>
    [JsonIgnore]
    public bool IsDistrict => Kind.StartsWith("district_", StringComparison.Ordinal);
}

/// <summary>
/// A place that figures are about: the province, a district, a station, site or reservoir; or, for an indicator broken
/// down by agency, that agency (same code as in the agency register, <see cref="Kind"/> <c>agency</c>).
/// <see cref="MapColumn"/> and <see cref="MapRow"/> place a district on the hexagon map (pointy-top, odd rows shifted right).
/// </summary>
public sealed record Area(
    string Code, LocalText Name, LocalText ShortName, string Kind, string? Parent, int? MapColumn, int? MapRow)
{
    public const string ProvinceCode = "QNM";

    [JsonIgnore]
    public bool IsDistrict => Kind.StartsWith("district_", StringComparison.Ordinal);
}
