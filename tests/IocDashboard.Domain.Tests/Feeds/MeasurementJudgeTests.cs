using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Feeds;

public class MeasurementJudgeTests
{
    private static readonly DateTimeOffset Now = Province.At("2026-11-23 10:00");

    private static readonly CellGrid Grid = CellGrid.Of(
        new Feed("PCQN-RT", "PCQN", Rhythm.Realtime, [new("YT01", ["QNM", "TKY"], true)], "stale=PT5M"), Sample.Indicators);

    [Fact]
    public void Call_OfGoodMeasurements_IsAcceptedInUtc()
    {
        var judgement = Judge(One(0, at: Now.ToOffset(TimeSpan.FromHours(7))), One(1, area: "TKY"), One(2, at: Now.AddMinutes(-1), area: null));

        judgement.Errors.ShouldBeEmpty();
        judgement.Measurements.Select(m => (m.Area, m.At)).ShouldBe([("QNM", Now), ("TKY", Now), ("QNM", Now.AddMinutes(-1))]);
        judgement.Measurements.ShouldAllBe(m => m.At.Offset == TimeSpan.Zero);
    }

    public static TheoryData<SubmittedMeasurement, string, string> Wrong => new()
    {
        { One(17, indicator: "XX99"), "/17/indicator", "unknown-indicator" },
        { One(17, indicator: null), "/17/indicator", "unknown-indicator" },
        { One(17, indicator: "YT02"), "/17/indicator", "indicator-not-in-feed" },
        { One(17, area: "HAN"), "/17/area", "unknown-area" },
        { One(17, value: 1001), "/17/value", "out-of-range" },
        { One(17, value: 1.25m), "/17/value", "bad-precision" },
        { One(17, value: null), "/17/value", "value-required" },
        { One(17) with { At = null }, "/17/at", "bad-time" },
        { One(17, at: Now.AddDays(-7).AddTicks(-1)), "/17/at", "too-old" },
        { One(17, at: Now.AddMinutes(5).AddTicks(1)), "/17/at", "in-future" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void Measurement_ThatIsWrong_IsPointedAt(SubmittedMeasurement measurement, string pointer, string code)
    {
        var error = Judge(measurement).Errors.ShouldHaveSingleItem();

        (error.Pointer, error.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void Measurement_AtTheBoundsOfTime_IsAccepted() =>
        Judge(One(0, at: Now.AddDays(-7)), One(1, at: Now.AddMinutes(5))).Errors.ShouldBeEmpty();

    [Fact]
    public void Measurement_SaidAgain_IsARepeat()
    {
        var judgement = Judge(One(0), One(1), One(2, at: Now.ToOffset(TimeSpan.FromHours(7))));

        judgement.Errors.ShouldBeEmpty();
        judgement.Measurements.Length.ShouldBe(1);
        judgement.Repeats.ShouldBe(2);
    }

    [Fact]
    public void Measurement_SaidAgainOtherwise_IsADuplicateError()
    {
        var error = Judge(One(0), One(1, value: 13)).Errors.ShouldHaveSingleItem();

        (error.Pointer, error.Code).ShouldBe(("/1", "duplicate-value"));
    }

    [Fact]
    public void Measurement_FinerThanAMicrosecond_KeepsTheIdentityThatTheStoreKeeps()
    {
        var judgement = Judge(One(0), One(1, at: Now.AddTicks(9)));

        judgement.Measurements.ShouldHaveSingleItem().At.ShouldBe(Now);
        judgement.Repeats.ShouldBe(1);
    }

    [Fact]
    public void Call_OfMoreThanTenThousand_IsRefusedAtOnce() =>
        Judge([.. Enumerable.Range(0, 10_001).Select(i => One(i))]).Errors.ShouldHaveSingleItem().Code.ShouldBe("too-many-values");

    private static MeasurementJudgement Judge(params SubmittedMeasurement[] measurements) => MeasurementJudge.Judge(Grid, measurements, Now);

    private static SubmittedMeasurement One(
        int position, string? indicator = "YT01", string? area = "QNM", DateTimeOffset? at = null, decimal? value = 12) =>
        new(position, indicator, area, at ?? Now, value);
}
