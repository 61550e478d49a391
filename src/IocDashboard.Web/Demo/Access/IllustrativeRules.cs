using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Rules;

namespace IocDashboard.Web.Demo.Access;

/// <summary>
/// The shipped rules in a demonstration: switched on where the illustrative history keeps to them, so that they can be seen at work;
/// the others stay in trial and show what they would have flagged.
/// </summary>
internal sealed class IllustrativeRules(LayShippedRules shipped)
{
    /// <summary>What the illustrative history violates; a test tries every other one on it.</summary>
    internal static readonly string[] InTrial = [];

    public Task EnsureAsync(CancellationToken cancellation) => shipped.EnsureAsync(IsOn, cancellation);

    private static bool IsOn(JudgementRule rule) => !InTrial.Contains(rule.Code, StringComparer.Ordinal);
}
