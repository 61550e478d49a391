using System.Collections.Immutable;

namespace IocDashboard.Domain.Escalation;

/// <summary>How a source that was lost stands now.</summary>
public enum LossStanding
{
    Lost,

    /// <summary>Silent on purpose: nobody is told before the window ends.</summary>
    Paused,

    /// <summary>It is heard again, or nobody listens for it any more.</summary>
    Over,
}

/// <summary>A source's loss that nobody was told of yet.</summary>
/// <param name="LostAt">When its rule was broken (UTC).</param>
/// <param name="Since">From when somebody could be told: it was found, or the window of a pause ended.</param>
/// <param name="LastAt">Its newest measurement; null: it never sent any.</param>
public sealed record UntoldLoss(string Feed, string Agency, DateTimeOffset LostAt, DateTimeOffset Since, DateTimeOffset? LastAt, LossStanding Standing);

/// <summary>
/// Whom to tell that sources were lost: their agency and the centre, once for each loss and of all of an agency's together. A moment is
/// waited, for one line that is down takes several sources with it, and a centre that comes back finds sources lost that only wait to be
/// heard: who speaks again meanwhile gives nobody any work.
/// </summary>
public static class LossDecider
{
    public static readonly TimeSpan Settle = TimeSpan.FromMinutes(2);

    private static readonly ImmutableArray<Audience> To = [Audience.Reporters, Audience.Head, Audience.Centre];

    /// <returns>No outcome for those that go on waiting.</returns>
    public static (ImmutableArray<(UntoldLoss Loss, StepOutcome Outcome)> Outcomes, ImmutableArray<Telling> Tellings) Decide(
        IReadOnlyCollection<UntoldLoss> losses, Func<Audience, string, string> readerOf, DateTimeOffset now)
    {
        var told = losses.Where(l => l.Standing == LossStanding.Lost).GroupBy(l => l.Agency, StringComparer.Ordinal)
            .Where(agency => agency.Min(l => l.Since) <= now - Settle).ToList();
        var tellings = told.SelectMany(agency => To.GroupBy(to => readerOf(to, agency.Key), StringComparer.Ordinal).Select(reader => new Telling(
            NoticeKind.SignalLost, agency.Key, reader.Key, [.. reader],
            [.. agency.OrderBy(l => l.LostAt).ThenBy(l => l.Feed, StringComparer.Ordinal).Select(l => NoticeItem.OfSource(l.Feed, l.LostAt, l.LastAt))], StepMeans.Usual)));
        return (
            [.. told.SelectMany(a => a).Select(l => (l, StepOutcome.Told)), .. losses.Where(l => l.Standing == LossStanding.Over).Select(l => (l, StepOutcome.NotNeeded))],
            [.. tellings]);
    }
}
