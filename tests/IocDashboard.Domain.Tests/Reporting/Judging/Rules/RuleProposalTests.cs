using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.Reporting.Judging.Rules.RuleSample;

namespace IocDashboard.Domain.Tests.Reporting.Judging.Rules;

/// <summary>What the rule book takes, what it refuses and how it names what it takes.</summary>
public class RuleProposalTests
{
    private static readonly JudgementRule Part = Rule(RuleKind.PartOfWhole, ["YT01"], ["YT02"]);

    private static readonly Dictionary<string, Form> Forms = new() { ["SYT-W"] = Sample.Form };

    public static TheoryData<JudgementRule, RuleRefusal[]> Proposed => new()
    {
        { Part, [] },
        { Part with { Code = "Not_kebab" }, [RuleRefusal.BadCode] },
        { Part with { Code = new('a', RuleDecider.LongestCode + 1) }, [RuleRefusal.BadCode] },
        { Part with { Code = "taken" }, [RuleRefusal.CodeTaken] },
        { Part with { Form = "XXX-W" }, [RuleRefusal.UnknownForm] },
        { Part with { Indicators = ["KT01"] }, [RuleRefusal.UnknownIndicator] },
        { Part with { Indicators = [] }, [RuleRefusal.NotOneIndicator] },
        { Part with { Indicators = ["YT01", "YT03"] }, [RuleRefusal.NotOneIndicator] },
        { Part with { Areas = ["ATLANTIS"] }, [RuleRefusal.UnknownArea] },
        { Part with { Against = ["YT01"] }, [RuleRefusal.WrongComparison] },
        { Part with { Against = [] }, [RuleRefusal.WrongComparison] },
        { Part with { Limits = new(Absolute: -1) }, [RuleRefusal.WrongLimits] },
        { Rule(RuleKind.Range, ["YT01"]), [RuleRefusal.WrongLimits] },
        { Rule(RuleKind.Range, ["YT01"], limits: new(Least: 2, Most: 1)), [RuleRefusal.WrongLimits] },
        { Rule(RuleKind.PreviousChange, ["YT01"]), [RuleRefusal.WrongLimits] },
        { Rule(RuleKind.Precision, ["YT01"]), [RuleRefusal.WrongLimits] },
        { Rule(RuleKind.EqualAcrossForms, ["YT01"], ["YT02"]), [RuleRefusal.WrongComparison] },
        { Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"]), [] },
        { Rule(RuleKind.AreaSum, ["YT03"]), [RuleRefusal.ComparesNothing] },
        { Rule(RuleKind.PartOfWhole, ["YT01"], ["YT03"], areas: ["TKY"]), [RuleRefusal.ComparesNothing] },
        { Part with { Why = new(" ", "Why") }, [RuleRefusal.NoWhyVi] },
        { Part with { Why = new("Vì", " ") }, [RuleRefusal.NoWhyEn] },
        { Rule(RuleKind.Range, ["KT01"], code: "A b") with { Why = new("", "") }, [RuleRefusal.BadCode, RuleRefusal.UnknownIndicator, RuleRefusal.WrongLimits, RuleRefusal.NoWhyVi, RuleRefusal.NoWhyEn] },
    };

    [Theory]
    [MemberData(nameof(Proposed), DisableDiscoveryEnumeration = true)]
    public void Proposal_IsToldEverythingThatIsWrongWithIt(JudgementRule rule, RuleRefusal[] refusals)
    {
        Propose(rule, Sample.Indicators, Sight.OfNobody).ShouldBe(refusals);
        RuleDecider.Propose(rule, " ", Book(Part with { Code = "taken" }), Forms, Sample.Indicators, Sight.OfNobody).ShouldBe([.. refusals, RuleRefusal.NoReason]);
    }

    [Fact]
    public void Try_AsksForNeitherCodeNorWords() =>
        RuleDecider.Try(Part with { Code = "", Why = new("", "") }, Forms, Sample.Indicators, Sight.OfNobody).ShouldBeEmpty();

    [Fact]
    public void WhatIsHiddenFromWhoeverProposes_DoesNotExist()
    {
        var indicators = Sample.Indicators
            .SetItem("YT02", Sample.Indicators["YT02"] with { Sharing = SharingClass.Specific })
            .SetItem("KT01", Sample.Indicators["KT01"] with { Sharing = SharingClass.Specific });
        var owner = Sight.Of("SYT", [], default);

        Propose(Rule(RuleKind.Precision, ["YT02"], limits: new(Decimals: 0)), indicators, Sight.OfNobody).ShouldBe([RuleRefusal.UnknownIndicator]);
        Propose(Rule(RuleKind.Precision, [], limits: new(Decimals: 0)), indicators, Sight.OfNobody).ShouldBe([RuleRefusal.HiddenColumns]);
        Propose(Part, indicators, Sight.OfNobody).ShouldBe([RuleRefusal.WrongComparison]);
        Propose(Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"]), indicators, Sight.OfNobody).ShouldBe([RuleRefusal.WrongComparison]);
        foreach (var rule in new[] { Rule(RuleKind.Precision, ["YT02"], limits: new(Decimals: 0)), Rule(RuleKind.Precision, [], limits: new(Decimals: 0)), Part, Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"]) })
            Propose(rule, indicators, owner).ShouldBeEmpty();
    }

    [Fact]
    public void WhatTheSenderMayNotRead_IsNotComparedWith()
    {
        var indicators = Sample.Indicators.SetItem("KT01", Sample.Indicators["KT01"] with { Sharing = SharingClass.Specific, Agency = "CTK" });

        Propose(Rule(RuleKind.EqualAcrossForms, ["YT01"], ["KT01"]), indicators, Sight.Of("CTK", [], default)).ShouldBe([RuleRefusal.HiddenFromSender]);
    }

    [Fact]
    public void Code_IsSaidByKindAndScope_AndIsFree()
    {
        RuleCode.For(Part, RuleBook.Empty).ShouldBe("part-yt01-yt02");
        RuleCode.For(Rule(RuleKind.AreaSum, []), RuleBook.Empty).ShouldBe("areas-syt-w");
        RuleCode.For(Rule(RuleKind.Range, ["YT01", "YT02", "YT03"]), RuleBook.Empty).ShouldBe("range-syt-w");
        RuleCode.For(Part, Book(Part with { Code = "part-yt01-yt02" }, Part with { Code = "part-yt01-yt02-2" })).ShouldBe("part-yt01-yt02-3");
        RuleCode.For(Part with { Form = "" }, RuleBook.Empty).ShouldBeEmpty();
        foreach (var kind in Enum.GetValues<RuleKind>())
            Propose(Part with { Code = RuleCode.For(Rule(kind, ["YT01"]), RuleBook.Empty) }, Sample.Indicators, Sight.OfNobody).ShouldNotContain(RuleRefusal.BadCode);
    }

    private static IEnumerable<RuleRefusal> Propose(JudgementRule rule, IReadOnlyDictionary<string, Indicator> indicators, Sight reader) =>
        RuleDecider.Propose(rule, "vì", Book(Part with { Code = "taken" }), Forms, indicators, reader);
}
