using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Rules;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Demo;

/// <summary>Rules that judge in a demonstration are those that its history keeps to.</summary>
[Collection(nameof(FilledCentre))]
public sealed class IllustrativeRulesTests(FilledCentre centre)
{
    [Fact]
    public async Task RulesThatAreOn_WouldHaveFlaggedNothing()
    {
        var trials = centre.Host.Services.GetRequiredService<TryRule>();
        var flagged = new List<string>();
        foreach (var rule in centre.Catalogue.Rules.Rules.Where(r => r.State == RuleState.On))
        {
            var owner = Sight.Of(centre.Catalogue.Forms[rule.Rule.Form].Agency, [], default);
            var trial = (await trials.Handle(rule.Rule.Code, owner, TestContext.Current.CancellationToken))!;
            trial.Reports.ShouldBePositive(rule.Rule.Code);
            if (trial.Flagged > 0) flagged.Add($"{rule.Rule.Code}: {trial.Flagged} of {trial.Reports}, {trial.Violations[0]}");
        }

        flagged.ShouldBeEmpty();
    }

    [Fact]
    public void RulesOfBothKinds_AreThere()
    {
        var rules = centre.Catalogue.Rules.Rules;

        rules.Count(r => r.State == RuleState.On).ShouldBeGreaterThan(10);
        rules.Where(r => r.State == RuleState.Trial).Select(r => r.Rule.Kind).Distinct().ShouldBe(
            [RuleKind.CumulativeNeverFalls, RuleKind.PartOfWhole, RuleKind.PreviousChange, RuleKind.YearAgoChange], ignoreOrder: true);
    }
}
