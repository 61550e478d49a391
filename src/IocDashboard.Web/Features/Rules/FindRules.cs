using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Rules;

/// <summary>The rule book as one reader may see it: a rule that names an indicator hidden from them does not exist.</summary>
public sealed class FindRules(CatalogueCache catalogue)
{
    public ImmutableArray<BookedRule> Handle(Sight sight)
    {
        var current = catalogue.Current;
        return [.. current.Rules.Rules.Where(r => Indicators(current, r.Rule).All(i => current.Indicators.TryGetValue(i, out var indicator) && sight.Sees(indicator)))];
    }

    /// <summary>Every indicator whose figures a rule may tell.</summary>
    internal static IEnumerable<string> Indicators(CatalogueSnapshot catalogue, JudgementRule rule) =>
        rule.Indicators.IsEmpty && catalogue.Forms.TryGetValue(rule.Form, out var form) ? form.Indicators.Select(c => c.Code).Concat(rule.Against) : rule.Named;
}
