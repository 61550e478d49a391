using System.Collections.Immutable;

namespace IocDashboard.Domain.Catalogue;

// The stream of one proposal, key proposal/ID (articles 7.1 and 9.1c): the steward proposes, the Chairman decides on paper, and the
// decision is recorded. Nothing of the set changes but by it. All instants are UTC, days are the province's.

public enum ChangeKind { New, Change, Retire }

/// <summary>What the steward wants of the set, and why.</summary>
/// <param name="Indicator">As it would be; of a retirement, as it is.</param>
/// <param name="Areas">The areas that it would be reported for.</param>
/// <param name="WordingOnly">The name changes and means the same, so that the series goes on.</param>
/// <param name="Wanted">From when it is wanted; the decision says from when it holds.</param>
public sealed record ChangeProposed(
    Guid Id, ChangeKind Kind, Indicator Indicator, ImmutableArray<string> Areas, bool WordingOnly, DateOnly Wanted, string Reason, string By, DateTimeOffset At);

public sealed record ProposalWithdrawn(string Reason, string By, DateTimeOffset At);

/// <summary>The Chairman's decision, as somebody other than the proposer recorded it.</summary>
/// <param name="EffectiveFrom">First day on which what was approved holds; null when refused.</param>
/// <param name="Remarks">Null where nothing was added.</param>
public sealed record ProposalDecided(bool Approved, SignedPaper Paper, DateOnly? EffectiveFrom, string? Remarks, string By, DateTimeOffset At);
