using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.DataRequests;

// The stream of one ad-hoc data request (articles 6.1, 9.1b): one request to any number of agencies, key YC-YEAR-NUMBER. Each
// agency's answer is an obligation of its own, from the asking on. All instants are UTC.

/// <param name="Id">Chosen by whoever asks: the same asked twice is asked once.</param>
/// <param name="Number">Restarts with each year of the province: <c>YC-2026-001</c>.</param>
/// <param name="Authority">Code of the agency that asks.</param>
public sealed record DataRequested(
    Guid Id, string Number, string Title, string Text, string Authority, string By,
    ImmutableArray<Question> Questions, ImmutableArray<string> Agencies, DateTimeOffset DueAt, DateTimeOffset At);

/// <summary>Everything that an agency answers is one event. The first settles its obligation; a further one replaces it.</summary>
/// <param name="Channel"><c>portal</c> or <c>api</c>.</param>
public sealed record DataRequestAnswered(
    string Agency, ImmutableArray<GivenAnswer> Answers, int Revision, Punctuality Punctuality, string By, string Channel, DateTimeOffset At);

/// <summary>Dated at the deadline that passed, not at the sweep that found it.</summary>
public sealed record DataRequestFellOverdue(string Agency, DateTimeOffset At, DateTimeOffset FoundAt);

/// <summary>The answer does not serve; the obligation stays settled as it was.</summary>
public sealed record DataRequestReturned(string Agency, int Revision, string Reason, DateTimeOffset MendBy, string By, DateTimeOffset At);

public sealed record DataRequestAccepted(string Agency, int Revision, string By, DateTimeOffset At);

/// <summary>More time for whoever still owes something. What was overdue before stays late.</summary>
/// <param name="Agency">Null: every one of them.</param>
public sealed record DataRequestExtended(string? Agency, DateTimeOffset DueAt, string Reason, string By, DateTimeOffset At);

/// <summary>Nobody owes it any more. What was missed until then stays missed.</summary>
public sealed record DataRequestWithdrawn(string Reason, string By, DateTimeOffset At);
