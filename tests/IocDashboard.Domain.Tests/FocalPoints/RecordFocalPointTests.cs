using IocDashboard.Domain.FocalPoints;
using static IocDashboard.Domain.Tests.FocalPoints.Officers;

namespace IocDashboard.Domain.Tests.FocalPoints;

public class RecordFocalPointTests
{
    [Fact]
    public void Principal_OfAnAgencyWithoutOne_IsRecorded()
    {
        var decision = FocalPointDecider.Record([], Naming("2026-12-01", "2027-12-01"));

        decision.Errors.ShouldBeEmpty();
        decision.Ended.ShouldBeNull();
        var recorded = decision.Recorded.ShouldNotBeNull();
        recorded.Contact.Name.ShouldBe("Trần Thị Ví Dụ");
        recorded.Validity.ShouldBe(new Validity(new(2026, 12, 1), new(2027, 12, 1)));
        recorded.Recorded.ShouldBe(new Deed("lanh.dao", At));
    }

    [Theory]
    [InlineData("2026-01-01", null, "2026-12-01", null, true)]
    [InlineData("2026-01-01", "2026-12-01", "2026-12-01", null, false)] // half-open: one day ends where the other begins
    [InlineData("2026-01-01", "2026-12-02", "2026-12-01", null, true)]
    [InlineData("2026-12-01", null, "2026-01-01", "2026-12-01", false)]
    [InlineData("2026-12-01", null, "2026-01-01", "2026-12-02", true)]
    [InlineData("2026-12-01", "2026-12-01", "2026-01-01", null, false)] // taken back before it held
    public void Principal_BesideAnother_IsRefusedWhereTheyOverlap(string from, string? until, string nextFrom, string? nextUntil, bool overlaps)
    {
        var decision = FocalPointDecider.Record([Of(from, until)], Naming(nextFrom, nextUntil));

        decision.Refusals().ShouldBe(overlaps ? [("from", "principal-overlaps")] : []);
        if (overlaps) decision.Errors[0].Arguments.ShouldBe(["Nguyễn Văn Minh Họa", from, until ?? ""]);
    }

    [Fact]
    public void Deputy_BesideAPrincipalAndAnotherDeputy_IsRecorded() =>
        FocalPointDecider.Record([Principal, Of("2026-01-01", kind: FocalPointKind.Deputy)], Naming("2026-02-01") with { Kind = FocalPointKind.Deputy })
            .Accepted.ShouldBeTrue();

    [Fact]
    public void Successor_EndsItsPredecessorOnTheDayItBegins()
    {
        var decision = FocalPointDecider.Record([Principal], Naming("2026-12-01") with { Replaces = Principal.Id, Kind = FocalPointKind.Deputy });

        decision.Errors.ShouldBeEmpty();
        decision.Recorded!.Kind.ShouldBe(FocalPointKind.Principal, "a successor is of its predecessor's kind");
        decision.Ended.ShouldBe(Principal with
        {
            Validity = new(Principal.Validity.From, new(2026, 12, 1)), Ended = new("lanh.dao", At), SucceededBy = decision.Recorded.Id,
        });
    }

    [Fact]
    public void Successor_OfOneThatHasEnded_LeavesItsEnd()
    {
        var ended = Of("2026-01-01", "2026-06-01");

        FocalPointDecider.Record([ended], Naming("2026-12-01") with { Replaces = ended.Id }).Ended!.Validity.ShouldBe(ended.Validity);
    }

    [Fact]
    public void Successor_StillMeetsNoThird()
    {
        var toCome = Of("2027-01-01");
        var ending = Of("2026-01-01", "2027-01-01");

        FocalPointDecider.Record([ending, toCome], Naming("2026-12-01") with { Replaces = ending.Id }).Refusals().ShouldBe([("from", "principal-overlaps")]);
    }

    [Fact]
    public void Successor_BeforeItsPredecessor_OrOfNobody_OrSecond_IsRefused()
    {
        FocalPointDecider.Record([Principal], Naming("2025-12-31") with { Replaces = Principal.Id }).Refusals().ShouldBe([("from", "before-predecessor")]);
        FocalPointDecider.Record([Principal], Naming("2026-12-01") with { Replaces = Guid.NewGuid() }).Refusals().ShouldBe([("", "unknown")]);
        FocalPointDecider.Record([Principal with { SucceededBy = Guid.NewGuid() }], Naming("2026-12-01") with { Replaces = Principal.Id })
            .Refusals().ShouldBe([("", "already-succeeded")]);
    }

    [Fact]
    public void Command_WithSeveralFaults_SaysAllOfThem() =>
        FocalPointDecider.Record([Principal], Naming("2026-12-01", "2026-12-01") with { Name = " ", Email = "x" }).Refusals().ShouldBe(
            [("name", "required"), ("email", "bad-email"), ("until", "ends-before-start")]);

    [Fact]
    public void Command_WithoutAFirstDay_IsRefused() => FocalPointDecider.Record([], Naming(null)).Refusals().ShouldBe([("from", "required")]);
}
