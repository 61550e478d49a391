using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// How a figure moved against the period before and the same period last year. Rates, levels and small counts change in
/// their own unit; from 1.000 on the change is a percentage, since nobody weighs a thousand against nothing.
/// </summary>
public static class ChangeText
{
    private const decimal RelativeFrom = 1_000, SmallBase = 10;

    /// <param name="round">Leaves out the decimals of percentages, where space has run out.</param>
    public static ValueList<Change> Of(Figure figure, CultureInfo culture, bool round = false)
    {
        var changes = new List<Change>(2);
        Add("Change.Previous", figure.PreviousValue);
        Add("Change.YearAgo", figure.YearAgoValue);
        return new(changes);

        void Add(string label, decimal? then)
        {
            if (figure.Value is not { } now || then is not { } before) return;
            var delta = now - before;
            var text = Words(figure.Indicator, now, before, culture, round);
            changes.Add(new(SurfaceText.Get(label, culture), text, text != "0" && IsWorse(figure.Indicator, before, delta)));
        }
    }

    private static string Words(Indicator indicator, decimal now, decimal before, CultureInfo culture, bool round)
    {
        var isRate = indicator.Unit.Vi is "%" or "‰";
        if (isRate || Math.Abs(before) < SmallBase || Math.Abs(now) < RelativeFrom)
            return NumberText.Signed(now - before, indicator.Decimals, culture);
        var percent = 100 * (now - before) / Math.Abs(before);
        var text = NumberText.Signed(percent, round || Math.Abs(percent) >= 10 ? 0 : 1, culture);
        return text == "0" ? text : text + "%";
    }

    /// <summary>Away from where the indicator should go; for a band, further from its middle and outside it.</summary>
    private static bool IsWorse(Indicator indicator, decimal before, decimal delta) => indicator.Direction switch
    {
        Direction.Higher => delta < 0,
        Direction.Lower => delta > 0,
        Direction.Band when indicator.Thresholds is { TargetLow: { } low, TargetHigh: { } high } =>
            Outside(before + delta, low, high) > Outside(before, low, high),
        _ => false,
    };

    private static decimal Outside(decimal value, decimal low, decimal high) => Math.Max(0, Math.Max(low - value, value - high));
}
