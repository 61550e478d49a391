using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Governance;

/// <summary>Propose that the set changes (article 7.1). Nothing changes by it: the Chairman decides.</summary>
/// <param name="Areas">Empty: those that follow from the breakdown.</param>
public sealed record ProposeChange(
    ChangeKind Kind, Indicator Indicator, ImmutableArray<string> Areas, bool WordingOnly, DateOnly Wanted, string Reason, AuditActor By);

public sealed class ProposeChangeHandler(GovernanceTransaction governance, TimeProvider clock)
{
    public Task<GovernanceOutcome> Handle(ProposeChange command, CancellationToken cancellation)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        return governance.Run(
            id, AuditActions.ChangeProposed, command.By, Roles.ProposesIndicators,
            (_, set, now) =>
            {
                var change = new ChangeProposed(
                    id, command.Kind, command.Indicator, AreasOf(command, set), command.WordingOnly, command.Wanted, command.Reason.Trim(), command.By.Name, now);
                return ProposalDecider.Propose(change, set) is { } refusal ? new(refusal, null, null) : new(null, new Proposal(change), change);
            },
            cancellation);
    }

    private static ImmutableArray<string> AreasOf(ProposeChange command, IndicatorSet set)
    {
        var before = set.Book.Of(command.Indicator.Code).LastOrDefault();
        if (command.Kind == ChangeKind.Retire) return before?.Areas ?? [];
        if (!command.Areas.IsDefaultOrEmpty) return command.Areas;
        if (before is not null && before.Indicator.Breakdown == command.Indicator.Breakdown) return before.Areas;
        // What a station or a site is called no register can guess: those are named.
        return command.Indicator.Breakdown is Breakdown.Station or Breakdown.Site or Breakdown.Reservoir
            ? []
            : new Assignments([.. set.Agencies.Values], [.. set.Areas.Values], Array.Empty<string>().ToLookup(c => c)).AreasOf(command.Indicator);
    }
}
