using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Tests.Catalogue;

public sealed class SightTests
{
    private static readonly DateTimeOffset From = Province.At("2026-11-01 00:00"), To = Province.At("2026-12-01 00:00");
    private static readonly Indicator Shared = Sample.Indicator("YT01");
    private static readonly Indicator Specific = Sample.Indicator("YT06") with { Sharing = SharingClass.Specific };
    private static readonly SharingAgreement Agreement = new(Guid.NewGuid(), "YT06", "STC", From, To, "12/TT-SYT", "a", From, null, null);

    [Theory]
    [InlineData("SYT", true)]
    [InlineData("STC", false)]
    [InlineData("IOC", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Specific_WithoutAgreement_IsSeenByItsOwnAgencyAlone(string? agency, bool sees)
    {
        var sight = Sight.Of(agency, [], From);

        sight.Sees(Specific).ShouldBe(sees);
        sight.Sees(Shared).ShouldBeTrue();
        sight.IsGuestOf(Specific).ShouldBeFalse();
        sight.HiddenOf([Shared, Specific]).ShouldBe(sees ? [] : ["YT06"]);
    }

    [Fact]
    public void Agreement_Opens_ItsIndicatorToItsReaderFromItsFirstInstantToItsLast()
    {
        Sees(From.AddTicks(-1)).ShouldBeFalse();
        Sees(From).ShouldBeTrue();
        Sees(To.AddTicks(-1)).ShouldBeTrue();
        Sees(To).ShouldBeFalse();
        Sight.Of("SVHTTDL", [Agreement], From).Sees(Specific).ShouldBeFalse();
        Sight.Of("STC", [Agreement], From).Sees(Specific with { Code = "YT07" }).ShouldBeFalse();
        Sight.Of("STC", [Agreement], From).IsGuestOf(Specific).ShouldBeTrue();
        Sight.Of("SYT", [Agreement with { Reader = "SYT" }], From).IsGuestOf(Specific).ShouldBeFalse("it answers for it");

        static bool Sees(DateTimeOffset at) => Sight.Of("STC", [Agreement], at).Sees(Specific);
    }

    [Fact]
    public void Agreement_Ended_OpensNothingFromThatInstantOn()
    {
        var ended = Agreement with { EndedAt = From.AddDays(3), EndedBy = "b" };

        ended.HoldsAt(From.AddDays(3).AddTicks(-1)).ShouldBeTrue();
        ended.HoldsAt(From.AddDays(3)).ShouldBeFalse();
        ended.Until.ShouldBe(From.AddDays(3));
        (ended with { EndedAt = To.AddDays(1) }).Until.ShouldBe(To, "it was over before it was ended");
        (ended with { ValidTo = null }).HoldsAt(To.AddYears(1)).ShouldBeFalse();
        (Agreement with { ValidTo = null }).HoldsAt(To.AddYears(1)).ShouldBeTrue();
    }

    [Fact]
    public void Agreements_Meet_WhenBothOpenTheSameAtSomeInstant()
    {
        Agreement.Meets("YT06", "STC", To, null).ShouldBeFalse("half-open");
        Agreement.Meets("YT06", "STC", To.AddTicks(-1), null).ShouldBeTrue();
        Agreement.Meets("YT06", "STC", From.AddYears(-1), From).ShouldBeFalse();
        Agreement.Meets("YT06", "IOC", From, To).ShouldBeFalse();
        Agreement.Meets("YT07", "STC", From, To).ShouldBeFalse();
        (Agreement with { EndedAt = From.AddDays(1) }).Meets("YT06", "STC", From.AddDays(1), To).ShouldBeFalse("it was ended before");
        (Agreement with { EndedAt = From.AddDays(-1) }).Meets("YT06", "STC", From.AddYears(-1), To).ShouldBeFalse("it never held");
    }
}
