namespace IocDashboard.Web.Demo.Figures;

/// <summary>One storm: when the rivers crest (UTC), and how high in steps of alarm (1 = báo động I, 2 = II, 3 = III).</summary>
internal readonly record struct Storm(DateTimeOffset Crest, double Height, TimeSpan Rise, TimeSpan Fall)
{
    /// <summary>How far the rivers have risen towards the crest, 0 to <see cref="Height"/>.</summary>
    public double At(DateTimeOffset instant)
    {
        var away = instant - Crest;
        var reach = away < TimeSpan.Zero ? away / Rise : away / Fall;
        return Math.Abs(reach) > 4 ? 0 : Height * Math.Exp(-reach * reach);
    }

    /// <summary>Rain runs ahead of the rivers and stops before they crest.</summary>
    public double RainAt(DateTimeOffset instant) =>
        new Storm(Crest - (Rise * 0.8), Height, Rise * 0.6, Rise * 0.7).At(instant);
}

/// <summary>
/// The weather that all illustrative figures share, so that rain, rivers, reservoirs, evacuations and closed schools tell one
/// story: storms mostly in October and November. Live, a short flood comes by now and then, rising within minutes.
/// </summary>
internal sealed class Storms
{
    private const int FirstYear = 2018, LastYear = 2040;
    private static readonly TimeSpan LiveCycle = TimeSpan.FromMinutes(50);
    private readonly Storm[][] _byYear = [.. Enumerable.Range(FirstYear, LastYear - FirstYear + 1).Select(Of)];

    /// <summary>Storms that crest within the civil year, in order.</summary>
    public IReadOnlyList<Storm> In(int year) => year is < FirstYear or > LastYear ? [] : _byYear[year - FirstYear];

    public double RiverAt(DateTimeOffset instant, bool live) => Most(instant, live, (s, at) => s.At(at));

    public double RainAt(DateTimeOffset instant, bool live) => Most(instant, live, (s, at) => s.RainAt(at));

    private double Most(DateTimeOffset instant, bool live, Func<Storm, DateTimeOffset, double> measure)
    {
        var most = 0.0;
        foreach (var storm in In(instant.Year)) most = Math.Max(most, measure(storm, instant));
        if (live) most = Math.Max(most, measure(LiveStorm(instant), instant));
        return most;
    }

    /// <summary>The short flood of the current cycle; in about every third cycle none worth the name.</summary>
    internal static Storm LiveStorm(DateTimeOffset instant)
    {
        var cycle = instant.UtcTicks / LiveCycle.Ticks;
        var seed = Noise.Seed("live-flood");
        var middle = new DateTimeOffset((cycle * LiveCycle.Ticks) + (LiveCycle.Ticks / 2), TimeSpan.Zero);
        var height = Noise.Uniform(seed, cycle) < 0.33 ? 0.4 : 1.1 + (1.6 * Noise.Uniform(seed + 1, cycle));
        return new(middle, height, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(7));
    }

    private static Storm[] Of(int year)
    {
        var seed = Noise.Seed("storms", (ulong)year);
        // Month and day before which a storm may not come, and the span of days in which it does.
        (int Month, int Day, int Days)[] windows = [(9, 10, 18), (10, 2, 10), (10, 12, 10), (10, 24, 10), (11, 4, 10), (11, 15, 8), (12, 3, 14)];
        return [.. windows.Select((window, i) =>
        {
            var hours = Noise.Uniform(seed, i) * window.Days * 24;
            var height = 0.5 + (2.6 * Math.Pow(Noise.Uniform(seed + 1, i), 2.2));
            return new Storm(
                new DateTimeOffset(year, window.Month, window.Day, 0, 0, 0, TimeSpan.Zero).AddHours(hours), height,
                TimeSpan.FromHours(14 + (10 * Noise.Uniform(seed + 2, i))), TimeSpan.FromHours(26 + (20 * Noise.Uniform(seed + 3, i))));
        })];
    }
}
