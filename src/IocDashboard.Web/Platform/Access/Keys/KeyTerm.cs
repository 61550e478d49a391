using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>How long machine keys live: a key that nobody looks after ends by itself.</summary>
public static class KeyTerm
{
    public const int LongestYears = 2;
    public const int LongestOverlapDays = 90;
    public const int LabelLength = 80;

    /// <summary>How long the old key goes on beside its successor when nothing else is said.</summary>
    public static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(7);

    /// <summary>How long before its end a key is shown as ending.</summary>
    public static readonly TimeSpan EndsSoon = TimeSpan.FromDays(30);

    public static DateTimeOffset UsualEnd(DateTimeOffset now) => now.AddYears(1);

    // Ends are given by the day: the last one still counts.
    public static bool Allows(DateTimeOffset now, DateTimeOffset end) => end > now && end <= now.AddYears(LongestYears).AddDays(1);

    /// <summary>The last day counts whole, as the province counts days and as it does for roles and agreements.</summary>
    public static DateTimeOffset EndOf(DateOnly lastDay, ProvinceTime time) =>
        lastDay < DateOnly.MaxValue ? time.StartOf(lastDay.AddDays(1)) : DateTimeOffset.MaxValue;

    public static bool AllowsOverlap(TimeSpan overlap) => overlap >= TimeSpan.Zero && overlap <= TimeSpan.FromDays(LongestOverlapDays);
}
