using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// A few silences in the days that are kept finely: one quick source in each third of a day, long enough to be late, sometimes lost,
/// and back again. They are events like any other source's, so what the past shows is what the history says.
/// </summary>
internal sealed class Outages(Stage stage)
{
    private static readonly TimeSpan Cycle = TimeSpan.FromHours(8), Quiet = TimeSpan.FromHours(3), Longest = TimeSpan.FromHours(2.5);
    private static readonly ulong Seed = Noise.Seed("outages");

    private readonly Feed[] _candidates =
        [.. stage.Catalogue.FeedList.Where(f => f.Rhythm == Rhythm.Realtime).OrderBy(f => f.Code, StringComparer.Ordinal)];

    public bool IsSilent(Feed feed, DateTimeOffset at)
    {
        // None is still running when the simulated sources begin to speak.
        if (_candidates.Length == 0 || stage.Now - at < Longest) return false;
        var cycle = at.UtcTicks / Cycle.Ticks;
        if (_candidates[(int)(Noise.Uniform(Seed, cycle) * _candidates.Length)].Code != feed.Code) return false;
        var into = TimeSpan.FromTicks(at.UtcTicks % Cycle.Ticks);
        var wanted = RuleOf(feed).Tolerated * (Noise.Uniform(Seed + 1, cycle) < 0.4 ? StreamRule.LostAfter + 1 : 2.5);
        return into >= Quiet && into < Quiet + (wanted < Longest ? wanted : Longest);
    }

    /// <summary>The readings with what the sweep would have recorded between them.</summary>
    /// <param name="readings">In order of time.</param>
    public IEnumerable<Happening> Marked(Feed feed, IEnumerable<(DateTimeOffset At, Happening Reading)> readings)
    {
        var rule = RuleOf(feed);
        DateTimeOffset? before = null;
        foreach (var (at, reading) in readings)
        {
            if (before is not { } last || reading.At < rule.LateAt(last))
            {
                yield return reading;
            }
            else
            {
                yield return Found(feed, rule.LateAt(last), found => new FeedFellLate(feed.Code, rule.LateAt(last), found));
                if (reading.At >= rule.LostAt(last)) yield return Found(feed, rule.LostAt(last), found => new FeedWasLost(feed.Code, rule.LostAt(last), found));
                yield return reading;
                yield return new(reading.At, reading.Stream, () => new FeedResumed(feed.Code, reading.At));
            }

            before = at;
        }
    }

    private Happening Found(Feed feed, DateTimeOffset at, Func<DateTimeOffset, object> @event)
    {
        var found = Micros.Truncate(at.AddMilliseconds(400));
        return new(found, FeedKey.Of(feed.Code, at, stage.Time), () => @event(found));
    }

    private static StreamRule RuleOf(Feed feed) => (StreamRule)DeadlineRule.Parse(feed.Rule);
}
