using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>One indicator over its areas: draws a raw figure for each area, then makes them one consistent set.</summary>
internal sealed class IndicatorModel
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string[] _areas;
    private readonly int _province;
    private readonly double[] _weights;
    private readonly ulong[] _seeds;
    private readonly Scale _scale;
    private readonly ulong _seed;
    private readonly double _mood;

    public IndicatorModel(Indicator indicator, IReadOnlyList<string> areas)
    {
        Indicator = indicator;
        Profile = Profile.Of(indicator);
        Rises = Profile.Rises(indicator);
        _areas = [.. areas];
        _province = areas.Count > 1 ? Array.IndexOf(_areas, Area.ProvinceCode) : -1;
        Others = [.. Enumerable.Range(0, _areas.Length).Where(i => i != _province)];
        _weights = Parts.Weights(indicator, [.. Others.Select(i => _areas[i])]);
        _seeds = [.. _areas.Select(a => Noise.Seed(indicator.Code, a))];
        _scale = new Scale(indicator);
        // Related money goes up and down together.
        _seed = Noise.Seed(indicator.Code is "NS02" or "NS03" ? "NS01" : indicator.Code);
        _mood = MoodOf(_seed);
    }

    public Indicator Indicator { get; }
    public Profile Profile { get; }
    public bool Rises { get; }

    /// <summary>The areas that are not the province as a whole, as indexes.</summary>
    public int[] Others { get; }
    public IReadOnlyList<string> Areas => _areas;
    public bool HasParts => _province >= 0;
    public double WeightOf(int other) => _weights[other];
    public Scale Scale => _scale;

    private bool IsSum => Indicator.Aggregation == Aggregation.Sum;

    /// <summary>Raw figures of the areas other than the province (of all, when there is no province among them).</summary>
    public double[] Levels(DateTimeOffset at, double season, int vintage)
    {
        var days = (at - Epoch).TotalDays;
        var (slow, fast) = Indicator.Rhythm switch
        {
            Rhythm.Realtime => (0.5, 0.02),
            Rhythm.Hourly => (0.9, 0.06),
            Rhythm.Daily => (26.0, 1.4),
            Rhythm.Weekly => (60.0, 9.0),
            _ => (200.0, 40.0),
        };
        var common = _mood + (Profile.Swing * 0.34 * ((0.8 * Noise.Wander(_seed + 7, days / slow)) + (0.35 * Noise.Wander(_seed + 9, days / fast))));
        var raw = new double[Others.Length];
        for (var i = 0; i < raw.Length; i++)
        {
            var seed = _seeds[Others[i]];
            var own = (0.30 * Noise.Normal(seed, -1)) + (Profile.Swing * 0.26 * Noise.Wander(seed, days / slow)) + (0.05 * vintage * Noise.Normal(seed, (long)days));
            raw[i] = HasParts && IsSum
                ? Whole(Total(common, season, own) * _weights[i], seed, (long)((days / (Indicator.Accumulation == Accumulation.Period ? fast : slow) * 3) + (seed % 64)))
                : Single(common + (HasParts ? own : own * 1.3), season);
        }

        return raw;
    }

    /// <summary>Raw figures that have grown to this share of their year.</summary>
    public double[] Risen(int year, double share, int vintage)
    {
        var ofYear = (Profile.Level ?? _scale.Value(0.3)) * (1 + (0.03 * Noise.Normal(_seed, year)) + (0.05 * (year - 2026)));
        var raw = new double[Others.Length];
        for (var i = 0; i < raw.Length; i++)
        {
            var part = ofYear * share * (1 + (0.04 * Noise.Normal(_seeds[Others[i]], year)) + (0.002 * vintage * Noise.Normal(_seeds[Others[i]], year + 1)));
            raw[i] = HasParts && IsSum ? Whole(part * _weights[i], _seeds[Others[i]], year) : part;
        }

        return raw;
    }

    /// <summary>Rounds to the indicator's decimals and makes the province of its parts. The raw figures are those of <see cref="Others"/>.</summary>
    public decimal[] Combine(double[] raw)
    {
        var figures = new decimal[_areas.Length];
        var sum = 0m;
        var weighted = 0.0;
        for (var i = 0; i < raw.Length; i++)
        {
            var figure = Round(Math.Clamp(raw[i], IsSum && HasParts ? 0 : (double)Indicator.PlausibleMin, (double)Indicator.PlausibleMax));
            figures[Others[i]] = figure;
            sum += figure;
            weighted += (double)figure * _weights[i];
        }

        if (HasParts)
            figures[_province] = Indicator.Aggregation switch
            {
                Aggregation.Sum => sum,
                Aggregation.Max => figures.Max(),
                _ => Round(weighted),
            };
        return figures;
    }

    /// <summary>
    /// Half an accident in a district is one accident every other day, not none: counts are rounded up as often as their
    /// fraction says. The same place always rounds alike, so what has risen does not fall.
    /// </summary>
    private double Whole(double count, ulong seed, long place) =>
        Indicator.Decimals == 0 ? Math.Floor(count + Noise.Uniform(seed + 13, place)) : count;

    private double Total(double trouble, double season, double own) =>
        Math.Min(Single(trouble, season), (double)Indicator.PlausibleMax * 0.9) * Math.Clamp(1 + (0.35 * own), 0.3, 2.2);

    private double Single(double trouble, double season)
    {
        // With a typical level the season moves the figure; its limits say how wide the swings are.
        if (Profile.Level is { } level)
        {
            var spread = Math.Abs(_scale.Value(1) - _scale.Value(0)) * 0.5;
            var sign = Indicator.Direction == Direction.Higher ? -1 : 1;
            return season * (level + (sign * (trouble - 0.35) * Math.Min(spread, level * 0.25)));
        }

        var value = _scale.Value(trouble);
        return Indicator.Aggregation is Aggregation.Sum or Aggregation.Max && value > 0 ? value * season : _scale.Value(trouble + ((1 - season) * SeasonSign));
    }

    // More of a bad thing in season is trouble; less of a good thing out of season is.
    private double SeasonSign => Indicator.Direction == Direction.Higher ? 0.8 : -0.8;

    private decimal Round(double value) => Math.Round((decimal)value, Indicator.Decimals, MidpointRounding.AwayFromZero);

    // Most indicators do well, about one in ten is in trouble for long, a few are critical.
    private static double MoodOf(ulong seed)
    {
        var luck = Noise.Uniform(seed, 3);
        return luck > 0.97 ? 2.15 : luck > 0.88 ? 1.2 : 0.05 + (0.55 * Noise.Uniform(seed, 4));
    }
}
