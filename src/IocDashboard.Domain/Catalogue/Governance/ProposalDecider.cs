using System.Collections.Immutable;
using System.Text.RegularExpressions;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Catalogue;

/// <summary>What proposals and decisions are judged against: the book, and the registers that an indicator refers to.</summary>
/// <param name="Today">In the province's zone.</param>
public sealed record IndicatorSet(IndicatorBook Book, IReadOnlyDictionary<string, Agency> Agencies, IReadOnlyDictionary<string, Area> Areas, DateOnly Today);

/// <summary>Record the Chairman's decision on a proposal.</summary>
/// <param name="Authority">Code of the body that decides (article 9.1c).</param>
public sealed record DecideProposal(bool Approved, SignedPaper Paper, DateOnly? EffectiveFrom, string? Remarks, string Authority, string By, DateTimeOffset At);

/// <summary>Either a refusal, or the event; of an approval also the version that follows from it.</summary>
public sealed record ProposalDecision(GovernanceRefusal? Refusal, ProposalDecided? Decided, IndicatorVersion? Version);

/// <summary>
/// What may be proposed and decided of the indicator set (articles 3.3, 7.1, 9.1c). Pure: whoever calls says what the set is and what
/// day it is. A proposal is judged when it is made and again when it is decided, because the set may have moved in between.
/// </summary>
public static partial class ProposalDecider
{
    public const int LongestReason = 2_000, LongestPaper = 200;

    /// <summary>Null when it may stand.</summary>
    public static GovernanceRefusal? Propose(ChangeProposed change, IndicatorSet set)
    {
        if (!Said(change.Reason, LongestReason)) return GovernanceRefusal.NoReason;
        if (change.Wanted < set.Today || change.Wanted.Year > ReportingPeriod.LastYear) return GovernanceRefusal.BadDay;
        return Follows(change, set) ?? (change.Kind == ChangeKind.Retire ? null : IndicatorRules.Judge(change, set));
    }

    public static GovernanceRefusal? Withdraw(Proposal proposal, string reason, string by)
    {
        if (proposal.State != ProposalState.Pending) return GovernanceRefusal.NotPending;
        if (!IsSame(proposal.Change.By, by)) return GovernanceRefusal.NotAllowed;
        return Said(reason, LongestReason) ? null : GovernanceRefusal.NoReason;
    }

    public static ProposalDecision Decide(Proposal proposal, DecideProposal command, IndicatorSet set)
    {
        if (RefuseRecord(proposal, command, set) is { } refused) return new(refused, null, null);
        var decided = new ProposalDecided(
            command.Approved, command.Paper with { Number = command.Paper.Number.Trim(), Signer = command.Paper.Signer.Trim() },
            command.Approved ? command.EffectiveFrom : null, string.IsNullOrWhiteSpace(command.Remarks) ? null : command.Remarks.Trim(), command.By, command.At);
        if (!command.Approved) return new(null, decided, null);
        if (command.EffectiveFrom is not { } from) return new(GovernanceRefusal.BadDay, null, null);
        if (RefuseEffect(proposal.Change, from, command, set) is { } wrong) return new(wrong, null, null);
        return new(null, decided, Version(proposal.Change, from, decided, command.Authority, set));
    }

    private static GovernanceRefusal? RefuseRecord(Proposal proposal, DecideProposal command, IndicatorSet set)
    {
        if (proposal.State != ProposalState.Pending) return GovernanceRefusal.NotPending;
        if (IsSame(proposal.Change.By, command.By)) return GovernanceRefusal.OwnProposal;
        if (!Said(command.Paper.Number, LongestPaper)) return GovernanceRefusal.NoNumber;
        if (!Said(command.Paper.Signer, LongestPaper)) return GovernanceRefusal.NoSigner;
        if (command.Paper.SignedOn > set.Today) return GovernanceRefusal.NotYetSigned;
        return command.Remarks?.Length > LongestReason ? GovernanceRefusal.NoReason : null;
    }

    private static GovernanceRefusal? RefuseEffect(ChangeProposed change, DateOnly from, DecideProposal command, IndicatorSet set)
    {
        if (from < command.Paper.SignedOn) return GovernanceRefusal.Retroactive;
        if (from < set.Today) return GovernanceRefusal.AlreadyPast;
        if (from.Year > ReportingPeriod.LastYear) return GovernanceRefusal.BadDay;
        var versions = set.Book.Of(change.Indicator.Code);
        if (change.Kind != ChangeKind.New && versions.Any(v => v.Decision?.At > change.At)) return GovernanceRefusal.Outdated;
        if (Follows(change, set) is { } wrong) return wrong;
        if (versions is [.., { } last] && last.From >= from) return GovernanceRefusal.Overlap;
        if (change.Kind != ChangeKind.Retire && IndicatorRules.Judge(change, set) is { } unsound) return unsound;
        return RefuseMove(change, from, versions, set.Today);
    }

    /// <summary>Whether the code may take another version, whichever day it begins.</summary>
    private static GovernanceRefusal? Follows(ChangeProposed change, IndicatorSet set)
    {
        var versions = set.Book.Of(change.Indicator.Code);
        if (change.Kind == ChangeKind.New) return versions.IsEmpty ? CodePattern().IsMatch(change.Indicator.Code) ? null : GovernanceRefusal.BadCode : GovernanceRefusal.CodeTaken;
        if (versions.IsEmpty) return GovernanceRefusal.UnknownIndicator;
        if (versions[^1].Kind == VersionKind.Retired) return GovernanceRefusal.Gap;
        if (change.Kind == ChangeKind.Retire) return null;
        if (versions[^1].Indicator.Rhythm.IsStreamed() != change.Indicator.Rhythm.IsStreamed()) return GovernanceRefusal.OtherKindOfRhythm;
        return versions[^1].Indicator == change.Indicator && versions[^1].Areas.SequenceEqual(change.Areas) ? GovernanceRefusal.NothingChanges : null;
    }

    /// <summary>Article 3.3: one agency for each period, and a period is of one rhythm.</summary>
    private static GovernanceRefusal? RefuseMove(ChangeProposed change, DateOnly from, ImmutableArray<IndicatorVersion> versions, DateOnly today)
    {
        var (before, after) = (versions.LastOrDefault()?.Indicator, change.Indicator);
        if (before is null || after.Rhythm.IsStreamed()) return null;
        var changesMeaning = change.Kind == ChangeKind.Retire || !SeriesBreak.Between(before, after, change.WordingOnly).IsEmpty;
        if (before.Agency == after.Agency && !changesMeaning) return null;
        if (!Begins(before.Rhythm, from) || !Begins(after.Rhythm, from)) return GovernanceRefusal.NotAtPeriodStart;
        return from <= today ? GovernanceRefusal.PeriodHasBegun : null;
    }

    private static bool Begins(Rhythm rhythm, DateOnly day) => ReportingPeriod.Containing(rhythm, day).FirstDay == day;

    private static IndicatorVersion Version(ChangeProposed change, DateOnly from, ProposalDecided decided, string authority, IndicatorSet set)
    {
        var decision = new Decision(authority, decided.Paper.Number, decided.By, decided.At) { Paper = decided.Paper, EffectiveFrom = from };
        var before = set.Book.Of(change.Indicator.Code).LastOrDefault();
        return change.Kind switch
        {
            ChangeKind.New => new(change.Indicator, change.Areas, from, VersionKind.Added, IsBreak: false, decision, change.Id, null),
            ChangeKind.Retire => new(before!.Indicator with { RetiredFrom = from }, before.Areas, from, VersionKind.Retired, IsBreak: false, decision, change.Id, null),
            _ => new(
                change.Indicator, change.Areas, from, VersionKind.Revised,
                !SeriesBreak.Between(before!.Indicator, change.Indicator, change.WordingOnly).IsEmpty, decision, change.Id, null),
        };
    }

    internal static bool Said(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && !text.Contains('\0');

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("^[A-Z]{2}[0-9]{2,4}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodePattern();
}
