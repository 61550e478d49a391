using System.Globalization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>How one figure and all numbers beside it are shown: divided by <see cref="Divisor"/>, with the unit that says so.</summary>
public readonly record struct NumberScale(decimal Divisor, int Decimals, string Unit);

/// <summary>Numbers as people read them: <c>1.234,5</c> in Vietnamese, <c>1,234.5</c> in English, a true minus, digits grouped.</summary>
public static class NumberText
{
    private const string Minus = "−";

    /// <summary>From 100.000 on a figure is shown in thousands or millions and its unit says so.</summary>
    public static NumberScale ScaleOf(Indicator indicator, decimal? value, CultureInfo culture)
    {
        var unit = indicator.Unit.In(culture);
        return decimal.Abs(value ?? 0) switch
        {
            >= 1_000_000_000 => Scaled("Scale.Billion", 1_000_000_000),
            >= 1_000_000 => Scaled("Scale.Million", 1_000_000),
            >= 100_000 => Scaled("Scale.Thousand", 1_000),
            // Four digits before the decimal mark say enough; a tenth of a thousandth would be false precision.
            >= 1_000 => new(1, 0, unit),
            _ => new(1, indicator.Decimals, unit),
        };

        NumberScale Scaled(string name, decimal divisor) => new(
            divisor, decimal.Abs(value!.Value) / divisor < 10 ? 2 : 1, SurfaceText.Format(name, culture, unit).Trim());
    }

    public static string Value(decimal value, NumberScale scale, CultureInfo culture) =>
        Plain(value / scale.Divisor, scale.Decimals, culture);

    /// <summary>A part of one as a percentage; a dash where there is nothing to be a part of.</summary>
    public static string Rate(decimal? rate, CultureInfo culture) => rate is { } part ? Plain(part * 100, 1, culture) + "%" : "—";

    public static string Plain(decimal value, int decimals, CultureInfo culture)
    {
        var rounded = decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        var digits = decimal.Abs(rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), culture);
        return rounded < 0 ? Minus + digits : digits;
    }

    /// <summary>Limits and targets: at most that many decimals, none that say nothing (95, 99,5, 6,5).</summary>
    public static string Trimmed(decimal value, int decimals, CultureInfo culture)
    {
        var rounded = decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        var needed = 0;
        while (needed < decimals && decimal.Round(rounded, needed) != rounded) needed++;
        return Plain(rounded, needed, culture);
    }

    /// <summary>A change: +2,10, −386; a change that rounds to nothing is 0 without a sign.</summary>
    public static string Signed(decimal value, int decimals, CultureInfo culture)
    {
        var rounded = decimal.Round(value, decimals, MidpointRounding.AwayFromZero);
        return rounded > 0 ? "+" + Plain(rounded, decimals, culture) : rounded == 0 ? "0" : Plain(rounded, decimals, culture);
    }

    /// <summary>For machines: the <c>value</c> of a data element.</summary>
    public static string Machine(decimal value) => value.ToString("0.############", CultureInfo.InvariantCulture);
}
