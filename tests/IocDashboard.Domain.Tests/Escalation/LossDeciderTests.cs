using IocDashboard.Domain.Escalation;

namespace IocDashboard.Domain.Tests.Escalation;

public sealed class LossDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public void FirstThatHasWaited_TakesTheOthersOfItsAgencyAlong()
    {
        var (outcomes, tellings) = LossDecider.Decide([Lost("SYT-H", "SYT", 1), Lost("SYT-RT", "SYT", 2), Lost("STC-RT", "STC", 1)], EscalationBodies.ReaderOf, Now);

        outcomes.Select(o => o.Loss.Feed).Order().ShouldBe(["SYT-H", "SYT-RT"]);
        tellings.Select(t => (t.Reader, t.Items.Length)).ShouldBe([("SYT", 2), (EscalationBodies.Centre, 2)]);
    }

    [Theory]
    [InlineData(LossStanding.Over, 1), InlineData(LossStanding.Paused, 0)]
    public void OneThatIsOver_IsSettled_AndOnePausedWaits_AndNeitherIsToldNorHurriesOthers(LossStanding standing, int settled)
    {
        var (outcomes, tellings) = LossDecider.Decide([Lost("SYT-H", "SYT", 60) with { Standing = standing }, Lost("SYT-RT", "SYT", 1)], EscalationBodies.ReaderOf, Now);

        tellings.ShouldBeEmpty();
        outcomes.Count(o => o.Outcome == StepOutcome.NotNeeded).ShouldBe(settled);
        outcomes.Length.ShouldBe(settled);
    }

    private static UntoldLoss Lost(string feed, string agency, int minutesAgo) => new(feed, agency, Now.AddMinutes(-minutesAgo), Now.AddMinutes(-minutesAgo), null, LossStanding.Lost);
}
