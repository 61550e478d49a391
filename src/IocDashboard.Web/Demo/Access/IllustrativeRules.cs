using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Rules;

namespace IocDashboard.Web.Demo.Access;

/// <summary>
/// The shipped rules in a demonstration: switched on where the illustrative history keeps to them on whichever day it ends, so that
/// they can be seen at work; the others stay in trial and show what they would have flagged.
/// </summary>
internal sealed class IllustrativeRules(LayShippedRules shipped)
{
    public Task EnsureAsync(CancellationToken cancellation) => shipped.EnsureAsync(IsOn, cancellation);

    // What adds up follows from the model. How far a figure moves is drawn, and a correction that is drawn may lie above the next report:
    // an agency that is simulated answers no question and writes no note.
    private static bool IsOn(JudgementRule rule) => rule.Kind == RuleKind.AreaSum || rule.Code == "part-ns02-ns01";
}
