using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Governance;

/// <summary>Whoever proposed takes it back.</summary>
public sealed record WithdrawProposal(Guid Id, string Reason, AuditActor By);

public sealed class WithdrawProposalHandler(GovernanceTransaction governance)
{
    public Task<GovernanceOutcome> Handle(WithdrawProposal command, CancellationToken cancellation) => governance.Run(
        command.Id, AuditActions.ProposalWithdrawn, command.By, Roles.ProposesIndicators,
        (proposal, _, now) =>
        {
            if (proposal is null) return new(GovernanceRefusal.UnknownProposal, null, null);
            if (ProposalDecider.Withdraw(proposal, command.Reason, command.By.Name) is { } refusal) return new(refusal, null, null);
            var withdrawn = new ProposalWithdrawn(command.Reason.Trim(), command.By.Name, now);
            return new(null, proposal.Apply(withdrawn), withdrawn);
        },
        cancellation);
}
