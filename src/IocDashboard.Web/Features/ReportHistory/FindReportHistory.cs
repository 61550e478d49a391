using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Catalogue;
using Marten;

namespace IocDashboard.Web.Features.ReportHistory;

/// <summary>One report with everything that happened to it and that its reader may see, oldest first.</summary>
public sealed record ReportWithHistory(Report Report, IReadOnlyList<object> Events);

/// <summary>Reads single streams for people and machines that ask about single reports; nothing that is watched live depends on it.</summary>
public sealed class FindReportHistory(IDocumentStore history, CatalogueCache catalogue)
{
    /// <returns>What the reader may see; null when no such obligation was ever opened.</returns>
    public async Task<ReportWithHistory?> Handle(string report, Sight sight, CancellationToken cancellation)
    {
        await using var session = history.QuerySession();
        var events = await session.Events.FetchStreamAsync(report, token: cancellation);
        if (events is not [{ Data: ReportOpened opened }, ..]) return null;
        var data = SeenReport.Of(events.Select(e => e.Data), opened.Agency, sight, catalogue.Current);
        return new(data.Skip(1).Aggregate(Report.Create(opened), (state, e) => state.Apply(e)), data);
    }

    /// <summary>Reports as they stood at an instant; one that was not known then is left out.</summary>
    public async Task<Dictionary<string, Report>> FoldAsOf(IReadOnlyList<string> reports, DateTimeOffset asOf, CancellationToken cancellation)
    {
        var folded = new Dictionary<string, Report>(StringComparer.Ordinal);
        if (reports.Count == 0) return folded;
        await using var session = history.QuerySession();
        var events = await session.Events.QueryAllRawEvents().Where(e => e.StreamKey!.IsOneOf(reports.ToArray())).OrderBy(e => e.Sequence).ToListAsync(cancellation);
        foreach (var stream in events.GroupBy(e => e.StreamKey!, StringComparer.Ordinal))
        {
            Report? state = null;
            foreach (var e in stream.Select(e => e.Data).TakeWhile(e => InstantOf(e) <= asOf))
                state = e switch { ReportOpened opened => Report.Create(opened), ReportReleased => null, _ => state?.Apply(e) };
            if (state is not null) folded[stream.Key] = state;
        }

        return folded;
    }

    /// <summary>When it happened: for a missed deadline the deadline, however late it was noticed.</summary>
    public static DateTimeOffset InstantOf(object @event) => @event switch
    {
        ReportOpened e => e.OpenedAt,
        ReportFellOverdue e => e.At,
        ReportSubmitted e => e.ReceivedAt,
        ReportReturned e => e.At,
        ReportChecked e => e.At,
        ReportVerified e => e.At,
        LockExtended e => e.At,
        LockExtensionEnded e => e.At,
        ReportLocked e => e.At,
        ReportSourceChanged e => e.At,
        ReportDraftBegun e => e.At,
        ReportLaidBeforeHead e => e.At,
        ReportGivenBackByHead e => e.At,
        ReportReleased e => e.At,
        ReportRescheduled e => e.At,
        ReportReminded e => e.At,
        ReportEscalated e => e.At,
        ReportUrged e => e.At,
        UrgingAnswered e => e.At,
        ReportExcused e => e.At,
        ReportExcuseEnded e => e.At,
        ReportTakenOver e => e.At,
        ReportHandedBack e => e.At,
        ReportNoted e => e.At,
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event.GetType(), "Not an event of a report."),
    };
}
