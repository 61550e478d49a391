using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Surfaces.Shared.Charts;

/// <summary>
/// A bullet graph in a box of 100 × 10: the bar is the value, ticks are the target, lighter grounds the worse ranges.
/// Null parts are not drawn; a bar that is null is a figure that is not known.
/// </summary>
public sealed record Bullet(string? Bar, Ground? Warning, Ground? Critical, ValueList<string> Targets)
{
    /// <summary>Null for an indicator without target or limits: there is nothing to measure the value by.</summary>
    public static Bullet? Of(Indicator indicator, decimal? value)
    {
        var limits = indicator.Thresholds;
        if (limits is { TargetLow: null, Warning: null, Critical: null }) return null;
        var (low, high) = Domain(indicator, value);
        if (high <= low) return null;

        var higher = indicator.Direction == Direction.Higher;
        return new(
            value is { } v ? Text(At(v)) : null, Worse(limits.Warning), Worse(limits.Critical),
            new(Ticks().Select(t => Text(At(t)))));

        double At(decimal x) => (double)(100 * (Math.Clamp(x, low, high) - low) / (high - low));

        Ground? Worse(decimal? limit) => limit is not { } x
            ? null
            : higher ? new("0", Text(At(x))) : new(Text(At(x)), Text(100 - At(x)));

        IEnumerable<decimal> Ticks()
        {
            if (limits.TargetLow is { } first) yield return first;
            if (limits.TargetHigh is { } second && second != limits.TargetLow) yield return second;
        }
    }

    /// <summary>From nothing (or from the lowest plausible value) to a little beyond what the limits or the target need.</summary>
    private static (decimal Low, decimal High) Domain(Indicator indicator, decimal? value)
    {
        var limits = indicator.Thresholds;
        decimal[] marks = [.. new[] { limits.TargetLow, limits.TargetHigh, limits.Warning, limits.Critical, value }.OfType<decimal>()];
        var (least, most) = (marks.Min(), marks.Max());
        var room = (most - least) * 0.2m;

        // Rates that all lie near 100 would be a full bar whatever happens; they begin below their worst mark.
        var isNarrow = least > 0 && least > most * 0.6m;
        var low = isNarrow ? Math.Max(indicator.PlausibleMin, least - (2 * room)) : least < 0 ? least - room : 0;
        var high = Math.Min(Math.Max(indicator.PlausibleMax, most), most + room);
        return (low, high > low ? high : low + 1);
    }

    private static string Text(double coordinate) => coordinate.ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>A stretch of a bullet's ground: where it begins and how wide it is, of 100.</summary>
public sealed record Ground(string X, string Width);
