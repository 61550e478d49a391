using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class TimelinessTests
{
    private static readonly DateTimeOffset At = Sample.DueAt.AddDays(10);

    [Fact]
    public void Measure_OfNothing_HasNoRates()
    {
        var measure = TimelinessMeasure.Of([], At);

        measure.ShouldBe(Timeliness.None);
        measure.ReportingRate.ShouldBeNull();
        measure.OnTimeRate.ShouldBeNull();
    }

    [Fact]
    public void Measure_OfSettledObligations_CountsEachOnce()
    {
        var measure = TimelinessMeasure.Of(
            [
                new(Sample.DueAt, Sample.DueAt), // at the very instant: on time
                new(Sample.DueAt, Sample.BeforeDue),
                new(Sample.DueAt, Sample.AfterDue),
                new(Sample.DueAt, null),
            ],
            At);

        measure.ShouldBe(new Timeliness(4, 2, 1, 1));
        measure.Received.ShouldBe(3);
        measure.ReportingRate.ShouldBe(0.75m);
        measure.OnTimeRate.ShouldBe(0.5m);
    }

    [Fact]
    public void Measure_OfAnObligationNotYetDue_LeavesItOutThoughItWasReceived() =>
        TimelinessMeasure.Of([new(At.AddDays(1), At.AddDays(-1))], At).Expected.ShouldBe(0);

    [Fact]
    public void Measure_AsOfAnEarlierMoment_DoesNotKnowWhatCameLater() =>
        TimelinessMeasure.Of([new(Sample.DueAt, At.AddDays(1))], At).ShouldBe(new Timeliness(1, 0, 0, 1));

    [Fact]
    public void Timeliness_IsTheMedianFromThePeriodsEndToReceipt()
    {
        SettledObligation Of(int days) => new(Sample.DueAt, At.AddDays(-days), At.AddDays(-10));

        TimelinessMeasure.MedianToReceipt([Of(9), Of(7), Of(2)], At).ShouldBe(TimeSpan.FromDays(3));
        TimelinessMeasure.MedianToReceipt([Of(9), Of(7)], At).ShouldBe(TimeSpan.FromDays(2));
        TimelinessMeasure.MedianToReceipt([new(Sample.DueAt, null), new(Sample.DueAt, At.AddDays(1))], At).ShouldBeNull();
    }

    /// <summary>Whatever comes later, what was measured as of an instant is measured so again.</summary>
    [Fact]
    public void Measure_AsOfAnInstant_StaysWhateverComesLater() =>
        Gen.Select(Gen.Int[-20, 20], Gen.Int[1, 30]).Array[1, 40].Sample(items =>
        {
            var then = items.Select(i => new SettledObligation(At.AddDays(i.Item1), null)).ToArray();
            var later = items.Select((i, n) => new SettledObligation(At.AddDays(i.Item1), n % 2 == 0 ? At.AddDays(i.Item2) : null)).ToArray();

            TimelinessMeasure.Of(later, At).ShouldBe(TimelinessMeasure.Of(then, At));
        });

    [Fact]
    public void Measure_OfAnything_HasRatesWithinOneAndPartsThatSumUp() =>
        Gen.Select(Gen.Int[-20, 20], Gen.Int[-30, 30].Nullable()).Array[0, 40].Sample(items =>
        {
            var all = items.Select(i => new SettledObligation(
                At.AddDays(i.Item1), i.Item2 is { } received ? At.AddDays(received) : null)).ToArray();
            var measure = TimelinessMeasure.Of(all, At);

            measure.Expected.ShouldBe(all.Count(o => o.DueAt <= At));
            (measure.OnTime + measure.Late + measure.Missing).ShouldBe(measure.Expected);
            measure.Received.ShouldBe(measure.OnTime + measure.Late);
            (measure.ReportingRate ?? 0).ShouldBeInRange(0, 1);
            (measure.OnTimeRate ?? 0).ShouldBeInRange(0, measure.ReportingRate ?? 0);
            (TimelinessMeasure.Of(all[..(all.Length / 2)], At) + TimelinessMeasure.Of(all[(all.Length / 2)..], At)).ShouldBe(measure);
        });
}
