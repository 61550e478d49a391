using IocDashboard.Domain.Catalogue;
using static IocDashboard.Domain.Tests.Catalogue.Governance.Sets;

namespace IocDashboard.Domain.Tests.Catalogue.Governance;

public class ProposalDeciderTests
{
    [Fact]
    public void Proposal_ThatIsSound_Stands()
    {
        ProposalDecider.Propose(Change(Growth with { Agency = "SKHDT" }), Set()).ShouldBeNull();
        ProposalDecider.Propose(Change(Of("KT09", "Chỉ số mới", Rhythm.Monthly, "SKHDT"), ChangeKind.New), Set()).ShouldBeNull();
        ProposalDecider.Propose(Change(Retail, ChangeKind.Retire), Set()).ShouldBeNull();
    }

    [Fact]
    public void Proposal_ThatIsUnsound_IsRefusedByItsReason()
    {
        Refused(Change(Growth)).ShouldBe(GovernanceRefusal.NothingChanges);
        Refused(Change(Growth with { Decimals = 2 }) with { Reason = " " }).ShouldBe(GovernanceRefusal.NoReason);
        Refused(Change(Growth with { Decimals = 2 }) with { Wanted = Today.AddDays(-1) }).ShouldBe(GovernanceRefusal.BadDay);
        Refused(Change(Growth with { Decimals = 7 })).ShouldBe(GovernanceRefusal.BadDecimals);
        Refused(Change(Growth with { Agency = "XXX" })).ShouldBe(GovernanceRefusal.UnknownAgency);
        Refused(Change(Growth with { Unit = new("", "%") })).ShouldBe(GovernanceRefusal.NoUnit);
        Refused(Change(Growth with { Name = new("bán lẻ", "Retail") })).ShouldBe(GovernanceRefusal.NameTaken);
        Refused(Change(Growth with { Field = new("Khác", "Other") })).ShouldBe(GovernanceRefusal.UnknownField, "a field has one name");
        Refused(Change(Growth with { DeadlineRule = "end+x" })).ShouldBe(GovernanceRefusal.BadRule);
        Refused(Change(Growth with { DeadlineRule = "stale=PT15M" })).ShouldBe(GovernanceRefusal.RuleNotForRhythm);
        Refused(Change(Growth with { Rhythm = Rhythm.Hourly, DeadlineRule = "end+PT30M" })).ShouldBe(GovernanceRefusal.OtherKindOfRhythm);
        Refused(Change(Growth with { PlausibleMin = 30 })).ShouldBe(GovernanceRefusal.BadRange);
        Refused(Change(Growth with { Thresholds = new(7, 7, 0, 5, null, "x") })).ShouldBe(GovernanceRefusal.BadLimits);
        Refused(Change(Growth with { Decimals = 2 }, areas: "QNM,XXX")).ShouldBe(GovernanceRefusal.UnknownArea);
        Refused(Change(Growth with { Decimals = 2 }, areas: "QNM,TKY")).ShouldBe(GovernanceRefusal.WrongAreas);
        Refused(Change(Of("KT01", "Tên khác", Rhythm.Monthly, "CTK"), ChangeKind.New)).ShouldBe(GovernanceRefusal.CodeTaken);
        Refused(Change(Of("kt-1", "Tên khác", Rhythm.Monthly, "CTK"), ChangeKind.New)).ShouldBe(GovernanceRefusal.BadCode);
        Refused(Change(Of("KT99", "Tên khác", Rhythm.Monthly, "CTK"))).ShouldBe(GovernanceRefusal.UnknownIndicator);
        Refused(Change(Of("ZZ01", "Tên khác", Rhythm.Monthly, "CTK"), ChangeKind.New)).ShouldBe(GovernanceRefusal.UnknownField);
    }

    [Fact]
    public void Decision_MakesTheVersion_ThatCarriesNumberDateSignerAndDay()
    {
        var decision = ProposalDecider.Decide(new(Change(Growth with { Agency = "SKHDT" })), Approve(), Set());

        decision.Refusal.ShouldBeNull();
        var version = decision.Version.ShouldNotBeNull();
        (version.Kind, version.From, version.IsBreak, version.AppliedAt).ShouldBe((VersionKind.Revised, NewYear, false, null));
        version.Decision!.Paper.ShouldBe(new SignedPaper("12/QĐ-UBND", Today, "Nguyễn Văn A"));
        version.Decision.EffectiveFrom.ShouldBe(NewYear);
        var book = Book.With(version);
        (book.At("KT01", NewYear.AddDays(-1))!.Indicator.Agency, book.At("KT01", NewYear)!.Indicator.Agency).ShouldBe(("CTK", "SKHDT"));
    }

    [Fact]
    public void Decision_ThatMayNotBeRecorded_IsRefusedByItsReason()
    {
        var move = Change(Growth with { Agency = "SKHDT" });
        Decide(move, Approve(by: "DAU.MOI")).ShouldBe(GovernanceRefusal.OwnProposal);
        Decide(move, Approve() with { Paper = new(" ", Today, "A") }).ShouldBe(GovernanceRefusal.NoNumber);
        Decide(move, Approve() with { Paper = new("1", Today, "") }).ShouldBe(GovernanceRefusal.NoSigner);
        Decide(move, Approve(signed: Today.AddDays(1))).ShouldBe(GovernanceRefusal.NotYetSigned);
        Decide(move, Approve(from: Today.AddDays(-3), signed: Today)).ShouldBe(GovernanceRefusal.Retroactive);
        Decide(move, Approve(from: Today.AddDays(-3), signed: Today.AddDays(-9))).ShouldBe(GovernanceRefusal.AlreadyPast);
        Decide(move, Approve(from: new(2026, 12, 1))).ShouldBe(GovernanceRefusal.NotAtPeriodStart, "a quarter has one agency");
        Decide(Change(Level with { Unit = new("m", "m") }, areas: "AINGHIA"), Approve(from: Today)).ShouldBeNull("a stream has no periods");
        var first = Set(today: NewYear);
        ProposalDecider.Decide(new(move with { Wanted = NewYear }), Approve(from: NewYear, signed: NewYear), first).Refusal.ShouldBe(GovernanceRefusal.PeriodHasBegun);

        var withdrawn = new Proposal(move).Apply(new ProposalWithdrawn("Thôi", "dau.moi", Now));
        ProposalDecider.Decide(withdrawn, Approve(), Set()).Refusal.ShouldBe(GovernanceRefusal.NotPending);
        ProposalDecider.Withdraw(new(move), "Thôi", "nguoi.khac").ShouldBe(GovernanceRefusal.NotAllowed);
        ProposalDecider.Withdraw(new(move), "", "dau.moi").ShouldBe(GovernanceRefusal.NoReason);
    }

    [Fact]
    public void SecondDecision_OverlappingOrAfterTheEnd_IsRefused()
    {
        var moved = After(Change(Growth with { Agency = "SKHDT" }));
        var later = Change(Growth with { Agency = "DKTTV" }) with { At = Now.AddHours(2) };
        ProposalDecider.Decide(new(later), Approve(at: Now.AddHours(3)), Set(moved)).Refusal.ShouldBe(GovernanceRefusal.Overlap, "the same day");
        ProposalDecider.Decide(new(Change(Growth with { Agency = "DKTTV" })), Approve(new(2027, 4, 1)), Set(moved)).Refusal.ShouldBe(GovernanceRefusal.Outdated);
        ProposalDecider.Decide(new(later), Approve(new(2027, 4, 1), at: Now.AddHours(3)), Set(moved)).Refusal.ShouldBeNull();

        var ended = After(Change(Growth, ChangeKind.Retire));
        ProposalDecider.Propose(Change(Growth with { Decimals = 2 }), Set(ended)).ShouldBe(GovernanceRefusal.Gap);
        ProposalDecider.Propose(Change(Of("KT01", "Lại", Rhythm.Monthly, "CTK"), ChangeKind.New), Set(ended)).ShouldBe(GovernanceRefusal.CodeTaken);
        (ended.At("KT01", NewYear.AddDays(-1))!.Kind, ended.At("KT01", NewYear)!.Kind).ShouldBe((VersionKind.Added, VersionKind.Retired));
        ended.SetAt(NewYear).Select(v => v.Code).ShouldBe(["KT02", "TT01"]);
    }

    [Fact]
    public void ChangeOfMeaning_BreaksTheSeries_AndNothingElseDoes()
    {
        var unit = After(Change(Growth with { Unit = new("điểm %", "points") }));
        unit.SeriesFrom("KT01", NewYear.AddDays(-1)).ShouldBeNull();
        unit.SeriesFrom("KT01", new(2027, 5, 5)).ShouldBe(NewYear);
        unit.AreComparable("KT01", new(2026, 10, 1), NewYear).ShouldBeFalse();
        unit.AreComparable("KT01", NewYear, new(2027, 4, 1)).ShouldBeTrue();
        unit.AreComparable("KT01", new(2026, 7, 1), new(2026, 10, 1)).ShouldBeTrue();

        IsBreak(Growth with { Agency = "SKHDT" }).ShouldBeFalse();
        IsBreak(Growth with { Thresholds = new(8, 8, 5, 0, -5, "mới") }).ShouldBeFalse();
        IsBreak(Growth with { Name = new("Tăng trưởng", "Growth") }).ShouldBeTrue();
        IsBreak(Growth with { Name = new("Tăng trưởng", "Growth") }, wordingOnly: true).ShouldBeFalse();
        IsBreak(Growth with { Accumulation = Accumulation.Cumulative }, wordingOnly: true).ShouldBeTrue();
    }

    private static bool IsBreak(Indicator changed, bool wordingOnly = false) => After(Change(changed, wordingOnly: wordingOnly)).Of("KT01")[^1].IsBreak;

    private static GovernanceRefusal? Refused(ChangeProposed change) => ProposalDecider.Propose(change, Set());

    private static GovernanceRefusal? Decide(ChangeProposed change, DecideProposal command) => ProposalDecider.Decide(new(change), command, Set()).Refusal;
}
