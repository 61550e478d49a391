using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>
/// Turns trouble into a value of one indicator and back: 0 is its target, 1 its warning, 2 critical, 3 extreme; below 0 is
/// better than the target. So one line of trouble can be drawn for a rate, a count or a level alike.
/// </summary>
internal sealed class Scale
{
    private readonly List<double> _values = [];
    private readonly double _min, _max;

    public Scale(Indicator indicator)
    {
        (_min, _max) = ((double)indicator.PlausibleMin, (double)indicator.PlausibleMax);
        var limits = indicator.Thresholds;
        var sign = indicator.Direction == Direction.Higher ? -1 : 1;
        var target = indicator.Direction == Direction.Band && limits is { TargetLow: { } low, TargetHigh: { } high }
            ? ((double)low + (double)high) / 2
            : (double?)(limits.TargetHigh ?? limits.TargetLow);
        double? warning = (double?)limits.Warning, critical = (double?)limits.Critical, extreme = (double?)limits.Extreme;

        if (warning is null)
        {
            // A target alone, or nothing: a fifth of it is a clear difference.
            var middle = target ?? _min + ((_max - _min) * 0.4);
            _values.AddRange([middle, middle + (sign * Math.Max(Math.Abs(middle) * 0.2, (_max - _min) * 0.02))]);
            return;
        }

        var step = critical is { } c && c != warning ? Math.Abs(c - warning.Value) : Math.Max(Math.Abs(warning.Value) * 0.3, (_max - _min) * 0.02);
        if (target is null || target == warning) target = Math.Clamp(warning.Value - (sign * step * 0.8), _min, _max);
        _values.AddRange([target.Value, warning.Value]);
        if (critical is not null) _values.Add(critical.Value);
        if (critical is not null && extreme is not null) _values.Add(extreme.Value);
    }

    /// <summary>The value at that much trouble, inside the plausible range.</summary>
    public double Value(double trouble)
    {
        var at = Math.Clamp((int)Math.Floor(trouble), 0, _values.Count - 2);
        return Math.Clamp(_values[at] + ((_values[at + 1] - _values[at]) * (trouble - at)), _min, _max);
    }

    public double Target => _values[0];
}
