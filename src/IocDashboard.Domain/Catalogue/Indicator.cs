using System.Text.Json.Serialization;

namespace IocDashboard.Domain.Catalogue;

/// <summary>Which way is good: a higher value, a lower one, one inside a band, or neither (context only).</summary>
public enum Direction { Higher, Lower, Band, Context }

/// <summary>What a value covers: its own period, the year up to the period's end (lũy kế), or a stock at its end.</summary>
public enum Accumulation { Period, Cumulative, Stock }

/// <summary>By what an indicator is broken down (phân tổ); the areas of a series follow from it.</summary>
public enum Breakdown { Province, District, Agency, Station, Site, Reservoir }

public enum Aggregation { Last, Sum, Ratio, Mean, Max }

/// <summary>Article 2 of the regulation: <c>Default</c> is readable by every agency, <c>Specific</c> only under an agreement.</summary>
public enum SharingClass { Default, Specific }

/// <summary>
/// Target and alert limits in the indicator's own unit. For <see cref="Direction.Higher"/> a value below a limit is worse,
/// for <see cref="Direction.Lower"/> and <see cref="Direction.Band"/> a value at or above it.
/// A band's target is a range, <see cref="TargetLow"/> to <see cref="TargetHigh"/>; otherwise both equal the one target.
/// </summary>
public sealed record Thresholds(
    decimal? TargetLow, decimal? TargetHigh, decimal? Warning, decimal? Critical, decimal? Extreme, string Basis);

/// <summary>
/// One indicator of the approved set (bộ chỉ số), as its latest governed event left it.
/// Codes are stable; <see cref="Agency"/> alone answers for it (article 3.3: no overlap).
/// </summary>
/// <param name="ShortName">What a wall tile shows; equal to <see cref="Name"/> where no shorter one is registered.</param>
/// <param name="DeadlineRule">The grammar of <c>DeadlineRule</c>: <c>end+5bd@17:00</c>, <c>stale=PT15M</c> …</param>
/// <param name="PlausibleMin">Values below are refused with <c>out-of-range</c>; see <see cref="LeastPlausible"/> for parts of a sum.</param>
/// <param name="PlausibleMax">Values above are refused with <c>out-of-range</c>.</param>
public sealed record Indicator(
    string Code,
    string FieldCode,
    LocalText Field,
    LocalText Name,
    LocalText ShortName,
    LocalText Unit,
    int Decimals,
    Direction Direction,
    Rhythm Rhythm,
    Accumulation Accumulation,
    string DeadlineRule,
    string Agency,
    Breakdown Breakdown,
    Aggregation Aggregation,
    decimal PlausibleMin,
    decimal PlausibleMax,
    Thresholds Thresholds,
    SharingClass Sharing,
    string ValueStatus)
{
    /// <summary>First day on which it is no longer of the set; its code is never given to another. Null: it is of the set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? RetiredFrom { get; init; }

    /// <summary>One district's or agency's share of a sum over the province. Range and limits in the register are those of the whole.</summary>
    public bool IsPartOfSum(string? area) =>
        Aggregation == Aggregation.Sum && Breakdown is (Breakdown.District or Breakdown.Agency) && area is not (null or Area.ProvinceCode);

    /// <summary>The least plausible value of an area: a part of a sum may be smaller than the least whole, down to nothing.</summary>
    public decimal LeastPlausible(string? area) => IsPartOfSum(area) ? Math.Min(0, PlausibleMin) : PlausibleMin;
}
