namespace IocDashboard.Domain.Catalogue;

public enum ProposalState { Pending, Withdrawn, Approved, Refused }

/// <summary>A proposal and what became of it. Folded from its events, never changed in place.</summary>
public sealed record Proposal(ChangeProposed Change)
{
    public Guid Id => Change.Id;
    public ProposalState State { get; init; }
    public ProposalWithdrawn? Withdrawn { get; init; }
    public ProposalDecided? Decided { get; init; }

    public Proposal Apply(ProposalWithdrawn withdrawn) => this with { State = ProposalState.Withdrawn, Withdrawn = withdrawn };

    public Proposal Apply(ProposalDecided decided) => this with { State = decided.Approved ? ProposalState.Approved : ProposalState.Refused, Decided = decided };
}
