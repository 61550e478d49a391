using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Alerts;

/// <summary>
/// Which alert limit a value has crossed. For <see cref="Direction.Higher"/> a value below a limit is worse; for
/// <see cref="Direction.Lower"/> and <see cref="Direction.Band"/> a value at or above it. Context figures and missing
/// values are never abnormal: silence is shown by age, not by severity.
/// </summary>
public static class SeverityRule
{
    /// <summary>
    /// The limits are those of the whole. A part of a sum that is to be high lies below them by being a part, so it is never
    /// abnormal; one that is to be low and crosses them alone is.
    /// </summary>
    public static Severity Of(Indicator indicator, string area, decimal? value) =>
        indicator.Direction == Direction.Higher && indicator.IsPartOfSum(area) ? Severity.Normal : Of(indicator, value);

    public static Severity Of(Indicator indicator, decimal? value)
    {
        if (value is not { } v || indicator.Direction == Direction.Context) return Severity.Normal;
        var limits = indicator.Thresholds;
        if (Crossed(indicator.Direction, limits.Extreme, v)) return Severity.Extreme;
        if (Crossed(indicator.Direction, limits.Critical, v)) return Severity.Critical;
        return Crossed(indicator.Direction, limits.Warning, v) ? Severity.Warning : Severity.Normal;
    }

    private static bool Crossed(Direction direction, decimal? limit, decimal value) =>
        limit is { } l && (direction == Direction.Higher ? value < l : value >= l);
}
