using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Rules;

/// <summary>Put a rule into the book, in trial: it judges nothing, and shows how it would have judged.</summary>
/// <param name="Sight">What whoever proposes may see: a rule about anything else is refused, as it would tell its figures.</param>
public sealed record ProposeRule(JudgementRule Rule, string Reason, Sight Sight, AuditActor By);

public sealed class ProposeRuleHandler(RuleTransaction rules)
{
    public Task<RuleOutcome> Handle(ProposeRule command, CancellationToken cancellation) => rules.Run(
        AuditActions.RuleProposed, command.By,
        (catalogue, now) => RuleDecider.Propose(command.Rule, command.Reason, catalogue.Rules, catalogue.Forms, catalogue.Indicators, command.Sight) is { IsEmpty: false } refusals
            ? (null, new(null, [.. refusals]))
            : (null, new(new(command.Rule, RuleState.Trial, now, command.By.Name, command.Reason.Trim(), command.By.Name, now))),
        cancellation);
}
