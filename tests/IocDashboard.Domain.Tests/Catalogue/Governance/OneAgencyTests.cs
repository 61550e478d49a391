using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using static IocDashboard.Domain.Tests.Catalogue.Governance.Sets;

namespace IocDashboard.Domain.Tests.Catalogue.Governance;

/// <summary>Article 3.3 for any sequence of proposals and decisions, sound and unsound: each period has one agency, one rhythm, one meaning.</summary>
public class OneAgencyTests
{
    private static readonly string[] Agencies = ["CTK", "SKHDT", "DKTTV"];
    private static readonly Rhythm[] Rhythms = [Rhythm.Daily, Rhythm.Weekly, Rhythm.Monthly, Rhythm.Quarterly, Rhythm.HalfYearly, Rhythm.Yearly];

    [Fact]
    public void AnySequenceOfAcceptedDecisions_LeavesNoOverlapAndNoGap()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), out var given) ? given : 20261123;
        var accepted = 0;
        for (var run = 0; run < 300; run++)
        {
            var random = new Random(seed + run);
            var (book, today, now) = (Book, Today, Now);
            for (var step = 0; step < 25; step++)
            {
                today = today.AddDays(random.Next(60));
                now = now.AddDays(random.Next(1, 60));
                var before = book;
                var decided = Draw(random, book, today, now);
                if (decided is null) continue;
                book = book.With(decided);
                accepted++;
                Check(before, book, decided, today, seed + run);
            }
        }

        accepted.ShouldBeGreaterThan(500, "a test that accepts nothing shows nothing");
    }

    private static IndicatorVersion? Draw(Random random, IndicatorBook book, DateOnly today, DateTimeOffset now)
    {
        var code = random.Next(4) switch { 0 => "KT01", 1 => "KT02", 2 => "TT01", _ => $"KT{random.Next(10, 14)}" };
        var held = book.Of(code).LastOrDefault()?.Indicator ?? Of(code, "Chỉ số " + code, Rhythms[random.Next(Rhythms.Length)], "CTK");
        var kind = random.Next(8) == 0 ? ChangeKind.Retire : book.Of(code).IsEmpty || random.Next(10) == 0 ? ChangeKind.New : ChangeKind.Change;
        var indicator = random.Next(4) switch
        {
            0 => held with { Agency = Agencies[random.Next(3)], RetiredFrom = null },
            1 => held with { Unit = new($"đv{random.Next(3)}", "u"), RetiredFrom = null },
            2 when !held.Rhythm.IsStreamed() => held with { Rhythm = Rhythms[random.Next(Rhythms.Length)], RetiredFrom = null },
            _ => held with { Decimals = random.Next(4), RetiredFrom = null },
        };
        var areas = book.Of(code).LastOrDefault()?.Areas ?? ["QNM"];
        var change = new ChangeProposed(Guid.NewGuid(), kind, indicator, areas, false, today, "vì", "a", now.AddDays(-random.Next(3)));
        var day = today.AddDays(random.Next(-5, 120));
        if (random.Next(2) == 0) day = new DateOnly(day.Year, (day.Month + 2) / 3 * 3 - 2, 1);
        if (random.Next(3) == 0) day = new DateOnly(day.Year + 1, 1, 1);
        return ProposalDecider.Decide(new(change), Approve(day, today.AddDays(-random.Next(3)), "b", now), Set(book, today)).Version;
    }

    private static void Check(IndicatorBook before, IndicatorBook after, IndicatorVersion decided, DateOnly today, int seed)
    {
        var versions = after.Of(decided.Code);
        versions.Length.ShouldBe(before.Of(decided.Code).Length + 1, $"nothing that was decided is lost, seed {seed}");
        versions.Zip(versions.Skip(1)).ShouldAllBe(pair => pair.First.From < pair.Second.From);
        versions.Count(v => v.Kind == VersionKind.Added).ShouldBe(1);
        versions.SkipLast(1).ShouldAllBe(v => v.Kind != VersionKind.Retired);
        for (var day = Founded; day < today; day = day.AddDays(11)) after.At(decided.Code, day).ShouldBe(before.At(decided.Code, day), $"the past stays, seed {seed}");

        // From one version to the next each period of either rhythm lies in one of them whole, where who answers or what it means changes.
        foreach (var (first, next) in versions.Zip(versions.Skip(1)).Where(p => !p.First.Indicator.Rhythm.IsStreamed()))
        {
            var moves = first.Indicator.Agency != next.Indicator.Agency || next.IsBreak || next.Kind == VersionKind.Retired;
            if (!moves) continue;
            foreach (var rhythm in new[] { first.Indicator.Rhythm, next.Indicator.Rhythm })
                ReportingPeriod.Containing(rhythm, next.From).FirstDay.ShouldBe(next.From, $"seed {seed}");
        }
    }
}
