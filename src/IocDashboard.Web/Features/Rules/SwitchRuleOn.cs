using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Rules;

/// <summary>From an instant on messages are judged by a rule that was in trial or off.</summary>
/// <param name="From">Null, or past: from now. What was received before is not judged again.</param>
public sealed record SwitchRuleOn(string Code, DateTimeOffset? From, string Reason, AuditActor By);

public sealed class SwitchRuleOnHandler(RuleTransaction rules)
{
    public Task<RuleOutcome> Handle(SwitchRuleOn command, CancellationToken cancellation) => rules.Run(
        AuditActions.RuleSwitchedOn, command.By,
        (catalogue, now) =>
        {
            var before = catalogue.Rules.Find(command.Code);
            var from = command.From is { } later && later > now ? Micros.Truncate(later) : now;
            return RuleDecider.Switch(before, RuleState.On, command.Reason) is { } refusal
                ? (before, new(before, refusal))
                : (before, new(before! with { State = RuleState.On, Since = from, By = command.By.Name, Reason = command.Reason.Trim() }));
        },
        cancellation);
}
