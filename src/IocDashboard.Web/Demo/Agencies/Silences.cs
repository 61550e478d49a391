using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;

namespace IocDashboard.Web.Demo.Agencies;

/// <summary>Now and then one source falls silent long enough to become late, sometimes lost, and comes back.</summary>
internal sealed class Silences(IReadOnlyList<Feed> feeds)
{
    private static readonly TimeSpan Cycle = TimeSpan.FromMinutes(40), Quiet = TimeSpan.FromMinutes(4), Longest = TimeSpan.FromMinutes(34);
    private static readonly ulong Seed = Noise.Seed("silences");

    // Those whose silence shows within a cycle.
    private readonly Feed[] _candidates =
        [.. feeds.Where(f => Tolerated(f) < Longest / 1.5).OrderBy(f => f.Code, StringComparer.Ordinal)];

    public bool IsSilent(Feed feed, DateTimeOffset now)
    {
        if (_candidates.Length == 0) return false;
        var cycle = now.UtcTicks / Cycle.Ticks;
        var chosen = _candidates[(int)(Noise.Uniform(Seed, cycle) * _candidates.Length)];
        if (chosen.Code != feed.Code) return false;
        var into = TimeSpan.FromTicks(now.UtcTicks % Cycle.Ticks);
        var wanted = Tolerated(feed) * (Noise.Uniform(Seed + 1, cycle) < 0.3 ? StreamRule.LostAfter + 0.5 : 1.6);
        return into >= Quiet && into < Quiet + (wanted < Longest ? wanted : Longest);
    }

    private static TimeSpan Tolerated(Feed feed) => ((StreamRule)DeadlineRule.Parse(feed.Rule)).Tolerated;
}
