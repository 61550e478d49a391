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

    // How far a figure moves from one period to the next is drawn; what adds up and what only rises follows from the model.
    private static bool IsOn(JudgementRule rule) => rule.Kind is RuleKind.AreaSum or RuleKind.PartOfWhole or RuleKind.CumulativeNeverFalls;
}
