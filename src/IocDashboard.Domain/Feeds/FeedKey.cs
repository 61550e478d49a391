using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Feeds;

/// <summary>The key of a feed's stream of one day in the province's time, <c>DKTTV-H/2026-11-23</c>: no stream grows without end.</summary>
public static class FeedKey
{
    public static string Of(string feed, DateTimeOffset at, ProvinceTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{feed}/{time.DayOf(at):yyyy-MM-dd}");
}
