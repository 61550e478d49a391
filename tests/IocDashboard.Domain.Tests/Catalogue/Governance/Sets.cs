using System.Collections.Frozen;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Tests.Catalogue.Governance;

/// <summary>A small set on 23 November 2026: KT01 (quarterly, CTK), KT02 (monthly, CTK, by district), TT01 (a stream).</summary>
internal static class Sets
{
    public static readonly DateOnly Today = new(2026, 11, 23), Founded = new(2024, 11, 1), NewYear = new(2027, 1, 1);

    public static readonly DateTimeOffset Now = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    public static readonly Indicator Growth = Of("KT01", "Tăng trưởng GRDP", Rhythm.Quarterly, "CTK"), Retail = Of("KT02", "Bán lẻ", Rhythm.Monthly, "CTK") with { Breakdown = Breakdown.District },
        Level = Of("TT01", "Mực nước", Rhythm.Realtime, "DKTTV") with { DeadlineRule = "stale=PT15M", Breakdown = Breakdown.Station };

    private static readonly FrozenDictionary<string, Agency> Agencies = new[] { "CTK", "SKHDT", "DKTTV" }
        .Select(c => new Agency(c, new(c, c), new(c, c), "department", "provider", null, null, null, null)).ToFrozenDictionary(a => a.Code);

    private static readonly FrozenDictionary<string, Area> Areas = new[] { ("QNM", "province"), ("TKY", "district_city"), ("AINGHIA", "station") }
        .Select(a => new Area(a.Item1, new(a.Item1, a.Item1), new(a.Item1, a.Item1), a.Item2, null, null, null)).ToFrozenDictionary(a => a.Code);

    public static readonly IndicatorBook Book = new(new[] { (Growth, "QNM"), (Retail, "QNM,TKY"), (Level, "AINGHIA") }.Select(f => new IndicatorVersion(
        f.Item1, [.. f.Item2.Split(',')], Founded, VersionKind.Added, false, null, null, Now.AddYears(-2))));

    public static IndicatorSet Set(IndicatorBook? book = null, DateOnly? today = null) => new(book ?? Book, Agencies, Areas, today ?? Today);

    public static Indicator Of(string code, string name, Rhythm rhythm, string agency) => new(
        code, code[..2], new(code[..2], code[..2]), new(name, name + " (en)"), new(name, name + " (en)"), new("%", "%"), 1, Direction.Higher, rhythm, Accumulation.Period,
        "end+5bd@17:00", agency, Breakdown.Province, Aggregation.Last, -15, 20, new(7, 7, 5, 0, -5, "minh họa"), SharingClass.Default, "minh họa");

    public static ChangeProposed Change(Indicator indicator, ChangeKind kind = ChangeKind.Change, string areas = "QNM", bool wordingOnly = false) =>
        new(Guid.Empty, kind, indicator, [.. areas.Split(',')], wordingOnly, NewYear, "Theo đề nghị của sở", "dau.moi", Now);

    public static DecideProposal Approve(DateOnly? from = null, DateOnly? signed = null, string by = "quan.ly", DateTimeOffset? at = null) =>
        new(true, new("12/QĐ-UBND", signed ?? Today, "Nguyễn Văn A"), from ?? NewYear, null, "UBND", by, at ?? Now.AddHours(1));

    /// <summary>The book after an approval.</summary>
    public static IndicatorBook After(ChangeProposed change, DecideProposal? decide = null, IndicatorBook? book = null)
    {
        var decision = ProposalDecider.Decide(new(change), decide ?? Approve(), Set(book));
        decision.Refusal.ShouldBeNull();
        return (book ?? Book).With(decision.Version!);
    }
}
