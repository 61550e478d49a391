using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;

namespace IocDashboard.Domain;

/// <summary>Every event that history may hold. A type, once written, stays here and stays readable.</summary>
public static class HistoryEvents
{
    public static ImmutableArray<Type> Types { get; } =
    [
        typeof(IndicatorAdded), typeof(IndicatorRevised), typeof(AgencyRegistered), typeof(AgencyRevised),
        typeof(FormAssigned), typeof(FormRevised), typeof(FeedRegistered), typeof(FeedRevised),
        typeof(IndicatorRetired), typeof(ChangeProposed), typeof(ProposalWithdrawn), typeof(ProposalDecided),
        typeof(ReportOpened), typeof(ReportFellOverdue), typeof(ReportSubmitted), typeof(ReportReturned), typeof(ReportVerified), typeof(ReportLocked),
        typeof(ReportChecked), typeof(LockExtended), typeof(LockExtensionEnded),
        typeof(ReportDraftBegun), typeof(ReportLaidBeforeHead), typeof(ReportGivenBackByHead),
        typeof(DataRequested), typeof(DataRequestAnswered), typeof(DataRequestFellOverdue), typeof(DataRequestReturned), typeof(DataRequestAccepted),
        typeof(DataRequestExtended), typeof(DataRequestWithdrawn),
        typeof(ReportReleased), typeof(ReportSourceChanged),
        typeof(ReportRescheduled), typeof(ReportReminded), typeof(ReportEscalated),
        typeof(ReportUrged), typeof(UrgingAnswered), typeof(ReportExcused), typeof(ReportExcuseEnded), typeof(ReportTakenOver), typeof(ReportHandedBack), typeof(ReportNoted),
        typeof(MeasurementsReceived), typeof(FeedFellLate), typeof(FeedWasLost), typeof(FeedResumed), typeof(FeedPaused), typeof(FeedPauseEnded),
    ];
}
