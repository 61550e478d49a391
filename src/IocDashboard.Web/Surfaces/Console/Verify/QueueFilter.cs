using System.Collections.Immutable;
using IocDashboard.Web.Features.Reviews;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>Which of the queue is looked at.</summary>
public enum QueueFilter { All, Flagged, Again, Mine }

internal static class QueueFilters
{
    public static ImmutableArray<QueuedReview> Of(this ImmutableArray<QueuedReview> queue, QueueFilter filter, string me) => filter switch
    {
        QueueFilter.Flagged => [.. queue.Where(q => q.Flags > 0)],
        QueueFilter.Again => [.. queue.Where(q => q.WasReturned)],
        QueueFilter.Mine => [.. queue.Where(q => string.Equals(q.ClaimedBy, me, StringComparison.OrdinalIgnoreCase))],
        _ => queue,
    };
}
