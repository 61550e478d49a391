using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>The figures that follow the weather: rain, rivers, reservoirs and what floods do to roads, people and schools.</summary>
internal sealed class WeatherFigures(Storms storms, ProvinceTime time)
{
    /// <summary>A source's reading, raw, for the model's areas other than the province; null when the indicator does not follow the weather.</summary>
    public double[]? At(IndicatorModel model, DateTimeOffset at, bool live)
    {
        var code = model.Indicator.Code;
        var river = storms.RiverAt(at, live);
        var rain = storms.RainAt(at, live);
        return code switch
        {
            "TT01" => Each(model, (i, seed) => Rain(rain, seed, at, 34, 0.4)),
            "TT02" => Each(model, (i, seed) => Rain(Math.Max(rain, river * 0.55), seed, at, 82, 3)),
            "TT03" or "TT04" or "TT05" or "TT06" or "TT07" or "TT08" or "TT09" => Each(model, (i, seed) => Stage(model, river, seed, at)),
            "TT10" or "TT11" or "TT12" or "TT13" => Each(model, (i, seed) => Reservoir(model, river, seed, at)),
            "TT14" => Each(model, (i, seed) => 160 + (40 * Noise.Wander(seed, Days(at) * 4)) + (430 * Math.Pow(Math.Max(0, river - 0.2), 1.7))),
            "TT15" => Each(model, (i, seed) => Math.Pow(Math.Max(0, (river * Local(seed)) - 1.1), 1.4) * 26_000 * model.WeightOf(i)),
            "TT16" => Each(model, (i, seed) => Math.Max(0, (river * Local(seed)) - 0.7) * 26 * model.WeightOf(i)),
            _ => null,
        };
    }

    /// <summary>A day's figure, raw; null when the indicator does not follow the weather.</summary>
    public double[]? OfDay(IndicatorModel model, DateOnly day) => model.Indicator.Code switch
    {
        "TT17" => Toll(model, day, 4.5),
        "TT18" => Toll(model, day, 340),
        "GD05" => SchoolsClosed(model, day),
        _ => null,
    };

    private static double[] Each(IndicatorModel model, Func<int, ulong, double> figure) =>
        [.. model.Others.Select((other, i) => figure(i, Noise.Seed(model.Indicator.Code, model.Areas[other])))];

    private static double Rain(double storm, ulong seed, DateTimeOffset at, double atAlarm, double drizzle)
    {
        var showers = Math.Max(0, Noise.Wander(seed, Days(at) * 5) - 1.2) * drizzle * 4;
        return (storm * Local(seed) * atAlarm * (0.7 + (0.3 * Noise.Uniform(seed, at.UtcTicks / TimeSpan.TicksPerMinute / 10)))) + showers;
    }

    // From a quiet river, well below the first alarm, up to the alarms themselves.
    private static double Stage(IndicatorModel model, double flood, ulong seed, DateTimeOffset at)
    {
        var limits = model.Indicator.Thresholds;
        double alarm1 = (double)(limits.Warning ?? 0), low = (double)model.Indicator.PlausibleMin;
        var quiet = low + ((alarm1 - low) * (0.34 + (0.05 * Noise.Wander(seed, Days(at) * 2))));
        // Tides reach the lower gauges twice a day.
        var tide = low < 0 ? 0.12 * Math.Sin(Days(at) * Math.PI * 3.86) : 0;
        var height = flood * (0.85 + (0.3 * Noise.Uniform(seed, 5)));
        return height <= 1 ? quiet + tide + ((alarm1 - quiet) * Math.Max(0, height)) : model.Scale.Value(height);
    }

    private double Reservoir(IndicatorModel model, double flood, ulong seed, DateTimeOffset at)
    {
        double low = (double)model.Indicator.PlausibleMin, warning = (double)(model.Indicator.Thresholds.Warning ?? 0);
        var day = time.DayOf(at).DayOfYear;
        // Emptied by September before the rains, filled by December.
        var filled = 0.52 + (0.36 * Math.Cos((day - 10) / 365.0 * 2 * Math.PI)) + (0.03 * Noise.Wander(seed, Days(at) / 9));
        return low + ((warning - low) * Math.Clamp(filled, 0.1, 0.95)) + ((warning - low) * 0.12 * flood * Local(seed));
    }

    /// <summary>What the year's storms have cost so far: rises on the days after each storm's crest and never falls within the year.</summary>
    private double[] Toll(IndicatorModel model, DateOnly day, double perAlarm) => Each(model, (i, seed) =>
    {
        var toll = 0.0;
        foreach (var storm in storms.In(day.Year))
        {
            var since = (time.StartOf(day.AddDays(1)) - storm.Crest).TotalDays;
            if (since <= 0 || storm.Height < 1.5) continue;
            toll += (storm.Height - 1.4) * perAlarm * Math.Min(1, since / 4) * Noise.Uniform(seed, storm.Crest.DayNumber()) * 2 * model.WeightOf(i);
        }

        return toll;
    });

    private double[] SchoolsClosed(IndicatorModel model, DateOnly day)
    {
        var river = storms.RiverAt(time.At(day, new TimeOnly(9, 0)), live: false);
        return Each(model, (i, seed) => Math.Max(0, (river * Local(seed)) - 0.8) * 190 * model.WeightOf(i));
    }

    /// <summary>How much of a storm reaches one place.</summary>
    private static double Local(ulong seed) => 0.7 + (0.5 * Noise.Uniform(seed, 11));

    private static double Days(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalDays;
}

file static class StormDays
{
    public static long DayNumber(this DateTimeOffset instant) => instant.UtcTicks / TimeSpan.TicksPerDay;
}
