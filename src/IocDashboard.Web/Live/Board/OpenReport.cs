using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Live.Board;

/// <summary>An obligation that a screen may show: due soon, overdue, or received late in the last day.</summary>
public sealed record OpenReport(
    string Id, Form Form, Agency Agency, ReportingPeriod Period,
    DateTimeOffset OpensAt, DateTimeOffset DueAt, ReportState State, Punctuality Punctuality,
    DateTimeOffset? OverdueSince, DateTimeOffset? SubmittedAt, int Revision);

/// <summary>One source of measurements and how it is heard.</summary>
public sealed record FeedStatus(
    Feed Feed, Agency Agency, FeedState State, DateTimeOffset? LastAt, DateTimeOffset? LastReceivedAt,
    DateTimeOffset LateAt, DateTimeOffset LostAt, DateTimeOffset Since);
