namespace IocDashboard.Web.Demo.Figures;

/// <summary>
/// Randomness without state: the same seed and place give the same number on every machine and after every restart, so the
/// simulated agencies go on exactly where the illustrative history ended.
/// </summary>
internal static class Noise
{
    public static ulong Seed(string text, ulong salt = 0)
    {
        // FNV-1a; string.GetHashCode differs from process to process.
        var hash = 14695981039346656037UL ^ salt;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    public static ulong Seed(string first, string second) => Seed(second, Seed(first));

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, long place) => (Mix(seed ^ Mix((ulong)place)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>About normal: mean 0, deviation 1, never beyond ±3.5.</summary>
    public static double Normal(ulong seed, long place)
    {
        var bits = Mix(seed ^ Mix((ulong)place));
        var sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
        return ((sum / 65535.0) - 2) * 1.7320508;
    }

    /// <summary>A smooth wandering line of deviation about 1: slow swings at whole places, finer ones between.</summary>
    public static double Wander(ulong seed, double place) =>
        (Smooth(seed, place) + (0.55 * Smooth(seed + 1, place * 2.7)) + (0.3 * Smooth(seed + 2, place * 7.1))) * 0.98;

    private static double Smooth(ulong seed, double place)
    {
        var left = Math.Floor(place);
        var t = place - left;
        var ease = t * t * (3 - (2 * t));
        return (Normal(seed, (long)left) * (1 - ease)) + (Normal(seed, (long)left + 1) * ease);
    }

    private static ulong Mix(ulong x)
    {
        // SplitMix64's finaliser.
        x += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
