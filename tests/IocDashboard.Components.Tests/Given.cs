using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Components.Tests;

/// <summary>Small valid things to begin a test from.</summary>
internal static class Given
{
    public static Indicator Indicator(
        string code = "DL01", LocalText? name = null, LocalText? unit = null, int decimals = 0, Direction direction = Direction.Higher,
        Rhythm rhythm = Rhythm.Monthly, Accumulation accumulation = Accumulation.Period, string rule = "end+5bd@17:00",
        string agency = "SVHTTDL", Breakdown breakdown = Breakdown.Province, Thresholds? thresholds = null,
        decimal min = 0, decimal max = 1_000_000) => new(
        code, code[..2], new LocalText("Lĩnh vực", "Field"), name ?? new LocalText("Tổng lượt khách", "Visitor arrivals"),
        name ?? new LocalText("Tổng lượt khách", "Visitor arrivals"), unit ?? new LocalText("lượt", "arrivals"), decimals, direction, rhythm,
        accumulation, rule, agency, breakdown, Aggregation.Last, min, max,
        thresholds ?? new Thresholds(null, null, null, null, null, "illustrative"), SharingClass.Default, "illustrative");
}
