using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Governance;

/// <summary>Record what the Chairman decided on paper (article 9.1c). The managing agency or the owning authority records it, never the proposer.</summary>
/// <param name="EffectiveFrom">First day, in the province's zone, on which what was approved holds; null when refused.</param>
public sealed record RecordDecision(Guid Id, bool Approved, SignedPaper Paper, DateOnly? EffectiveFrom, string? Remarks, AuditActor By);

public sealed class RecordDecisionHandler(GovernanceTransaction governance)
{
    /// <summary>Code of the body whose head decides.</summary>
    public const string Authority = "UBND";

    public Task<GovernanceOutcome> Handle(RecordDecision command, CancellationToken cancellation) => governance.Run(
        command.Id, AuditActions.DecisionRecorded, command.By, Roles.RecordsDecisions,
        (proposal, set, now) =>
        {
            if (proposal is null) return new(GovernanceRefusal.UnknownProposal, null, null);
            var decision = ProposalDecider.Decide(
                proposal, new(command.Approved, command.Paper, command.EffectiveFrom, command.Remarks, Authority, command.By.Name, now), set);
            return decision.Decided is { } decided ? new(null, proposal.Apply(decided), decided, decision.Version) : new(decision.Refusal, null, null);
        },
        cancellation);
}
