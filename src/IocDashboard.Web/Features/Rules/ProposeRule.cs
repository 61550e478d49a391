using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Rules;

/// <summary>Put a rule into the book, in trial: it judges nothing, and shows how it would have judged.</summary>
public sealed record ProposeRule(JudgementRule Rule, string Reason, AuditActor By);

public sealed class ProposeRuleHandler(RuleTransaction rules)
{
    public Task<RuleOutcome> Handle(ProposeRule command, CancellationToken cancellation) => rules.Run(
        AuditActions.RuleProposed, command.By,
        (catalogue, now) => RuleDecider.Propose(command.Rule, command.Reason, catalogue.Rules, catalogue.Forms, catalogue.Indicators) is { } refusal
            ? (null, new(null, refusal))
            : (null, new(new(command.Rule, RuleState.Trial, now, command.By.Name, command.Reason.Trim(), command.By.Name, now), null)),
        cancellation);
}
