using IocDashboard.Domain.FocalPoints;
using static IocDashboard.Domain.Tests.FocalPoints.Officers;

namespace IocDashboard.Domain.Tests.FocalPoints;

public class EndFocalPointTests
{
    [Fact]
    public void Officer_Ended_KeepsTheRestAndSaysWhoEndedIt() =>
        FocalPointDecider.End(Principal, Ending(Principal, "2026-12-01")).Ended.ShouldBe(
            Principal with { Validity = new(Principal.Validity.From, new(2026, 12, 1)), Ended = new("lanh.dao", At) });

    [Fact]
    public void Officer_EndedOnTheFirstDay_NeverHeld()
    {
        var ended = FocalPointDecider.End(Principal, Ending(Principal, "2026-01-01")).Ended.ShouldNotBeNull();

        ended.Validity.IsEmpty.ShouldBeTrue();
        ended.IsValidOn(new(2026, 1, 1)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null, null, "required")]
    [InlineData(null, "2025-12-31", "ends-before-start")]
    [InlineData("2026-06-01", "2026-06-01", "already-ended")]
    [InlineData("2026-06-01", "2026-07-01", "already-ended")] // an end is not put off: that would be a new naming
    public void Officer_EndedWhenThatIsNoEnd_IsRefused(string? until, string? end, string code)
    {
        var officer = Of("2026-01-01", until);

        FocalPointDecider.End(officer, Ending(officer, end)).Refusals().ShouldBe([("until", code)]);
    }
}
