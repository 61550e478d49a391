using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Rules;

/// <summary>From now on messages are judged without the rule.</summary>
public sealed record SwitchRuleOff(string Code, string Reason, AuditActor By);

public sealed class SwitchRuleOffHandler(RuleTransaction rules)
{
    public Task<RuleOutcome> Handle(SwitchRuleOff command, CancellationToken cancellation) => rules.Run(
        AuditActions.RuleSwitchedOff, command.By,
        (catalogue, now) =>
        {
            var before = catalogue.Rules.Find(command.Code);
            return RuleDecider.Switch(before, RuleState.Off, command.Reason) is { } refusal
                ? (before, new(before, refusal))
                : (before, new(before! with { State = RuleState.Off, Since = now, By = command.By.Name, Reason = command.Reason.Trim() }));
        },
        cancellation);
}
