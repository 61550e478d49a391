using CsCheck;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class SeriesHeadTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Fold_OfTheFirstValue_IsTheHead()
    {
        var (head, isHead) = SeriesHead.Fold(null, Monthly(1, 10));

        isHead.ShouldBeTrue();
        head.Value.ShouldBe(10);
        head.Recent.ShouldBe([new(Month(1), 10)]);
    }

    [Fact]
    public void Fold_OfALaterPeriod_MovesTheHead()
    {
        var head = Fold(Monthly(1, 10), Monthly(2, 20, seq: 7));

        (head.TimeKey, head.Value, head.Seq).ShouldBe((Month(2), 20, 7));
        head.Recent.ShouldBe([new(Month(1), 10), new(Month(2), 20)]);
    }

    [Fact]
    public void Fold_OfARevision_ReplacesValueAndPoint()
    {
        var head = Fold(Monthly(1, 10), Monthly(2, 20), Monthly(2, 21, revision: 2));

        (head.Value, head.Revision).ShouldBe((21, 2));
        head.Recent.ShouldBe([new(Month(1), 10), new(Month(2), 21)]);
    }

    [Fact]
    public void Fold_OfAnEarlierPeriod_MendsOnlyTheRecentPast()
    {
        var current = Fold(Monthly(1, 10), Monthly(3, 30));

        var (head, isHead) = SeriesHead.Fold(current, Monthly(2, 20, seq: 9));

        isHead.ShouldBeFalse();
        (head.TimeKey, head.Value, head.Seq).ShouldBe((current.TimeKey, current.Value, current.Seq));
        head.Recent.ShouldBe([new(Month(1), 10), new(Month(2), 20), new(Month(3), 30)]);
    }

    [Fact]
    public void Fold_OfAMissingValue_KeepsItsGap() =>
        Fold(Monthly(1, 10), Monthly(2, null)).Recent.ShouldBe([new(Month(1), 10), new(Month(2), null)]);

    [Fact]
    public void Fold_BeyondFourteenPeriods_DropsTheOldest()
    {
        var head = Fold([.. Enumerable.Range(1, 20).Select(n => Monthly(n, n))]);

        head.Recent.Select(p => p.Value).ShouldBe(Enumerable.Range(7, 14).Select(n => (decimal?)n));
        SeriesHead.Fold(head, Monthly(2, 99)).Head.Recent.ShouldBe(head.Recent);
    }

    [Fact]
    public void Fold_OfAGapWithinAFullPast_DropsTheOldest()
    {
        var head = Fold([.. Enumerable.Range(1, 15).Where(n => n != 10).Select(n => Monthly(n, n)), Monthly(10, 10)]);

        head.Recent.Select(p => p.Value).ShouldBe(Enumerable.Range(2, 14).Select(n => (decimal?)n));
    }

    [Fact]
    public void Fold_OfAStream_KeepsTheLastValueOfEachHour()
    {
        var head = Fold(Measured(0, 1), Measured(40, 2), Measured(61, 3), Measured(119, 4));

        head.TimeKey.ShouldBe(Start.AddMinutes(119));
        head.Recent.ShouldBe([new(Start, 2), new(Start.AddHours(1), 4)]);
    }

    [Fact]
    public void Fold_OfAnEarlierMeasurementInTheHeadsHour_ChangesNothing()
    {
        var current = Fold(Measured(40, 2));

        SeriesHead.Fold(current, Measured(20, 99)).ShouldBe((current, false));
    }

    [Fact]
    public void Fold_OfAnyValues_KeepsItsInvariants() =>
        Gen.Select(Gen.Bool, Gen.Select(Gen.Int[0, 90], Gen.Int[1, 3], Gen.Int[-5, 5].Nullable()).Array[1, 120]).Sample((stream, values) =>
        {
            SeriesHead? head = null;
            var capacity = stream ? SeriesHead.RecentHours : SeriesHead.RecentPeriods;
            foreach (var (n, revision, value) in values)
            {
                var observed = stream ? Measured(n * 17, value, revision) : Monthly(n, value, revision);
                var (next, isHead) = SeriesHead.Fold(head, observed);

                isHead.ShouldBe(head is null || observed.TimeKey >= head.TimeKey);
                next.TimeKey.ShouldBe(head is null || isHead ? observed.TimeKey : head.TimeKey);
                next.Recent.Length.ShouldBeInRange(1, capacity);
                for (var i = 1; i < next.Recent.Length; i++) next.Recent[i].Key.ShouldBeGreaterThan(next.Recent[i - 1].Key);
                next.Recent[^1].Value.ShouldBe(next.Value);
                head = next;
            }
        }, iter: 300);

    private static SeriesHead Fold(params Observed[] values) =>
        values.Aggregate(default(SeriesHead), (head, value) => SeriesHead.Fold(head, value).Head)!;

    private static DateTimeOffset Month(int n) => Start.AddMonths(n);

    private static Observed Monthly(int n, decimal? value, int revision = 1, long seq = 1) => new(
        Month(n), 'M', revision, value, value is null ? ObservationStatus.Missing : ObservationStatus.Final,
        VerificationState.Unverified, seq, Month(n + 1), null);

    private static Observed Measured(int minutes, decimal? value, int revision = 1) => new(
        Start.AddMinutes(minutes), Observed.Measured, revision, value, ObservationStatus.Final,
        VerificationState.Unverified, minutes, Start.AddMinutes(minutes), null);
}
