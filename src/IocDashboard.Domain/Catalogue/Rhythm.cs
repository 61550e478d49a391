namespace IocDashboard.Domain.Catalogue;

/// <summary>How often a figure is due (kỳ báo cáo). Real-time and hourly figures arrive by feeds; the rest by reports.</summary>
public enum Rhythm { Realtime, Hourly, Daily, Weekly, Monthly, Quarterly, HalfYearly, Yearly }

public static class RhythmCodes
{
    /// <summary>The letter that ends a form's or feed's code: <c>SYT-W</c>, <c>CTK-Q</c>, <c>DKTTV-H</c>, <c>PCQN-RT</c>.</summary>
    public static string Code(this Rhythm rhythm) => rhythm switch
    {
        Rhythm.Realtime => "RT",
        Rhythm.Hourly => "H",
        Rhythm.Daily => "D",
        Rhythm.Weekly => "W",
        Rhythm.Monthly => "M",
        Rhythm.Quarterly => "Q",
        Rhythm.HalfYearly => "S",
        Rhythm.Yearly => "Y",
        _ => throw new ArgumentOutOfRangeException(nameof(rhythm), rhythm, null),
    };

    /// <summary>The name used in the catalogue's CSV and in the public contract: <c>realtime</c> … <c>halfyear</c>, <c>yearly</c>.</summary>
    public static string Name(this Rhythm rhythm) => rhythm == Rhythm.HalfYearly ? "halfyear" : rhythm.ToString().ToLowerInvariant();

    /// <summary>True when figures of this rhythm are streamed (feeds), false when they are reported (forms).</summary>
    public static bool IsStreamed(this Rhythm rhythm) => rhythm is Rhythm.Realtime or Rhythm.Hourly;
}
