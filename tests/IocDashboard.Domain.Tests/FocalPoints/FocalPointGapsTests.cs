using IocDashboard.Domain.FocalPoints;
using static IocDashboard.Domain.Tests.FocalPoints.Officers;

namespace IocDashboard.Domain.Tests.FocalPoints;

public class FocalPointGapsTests
{
    [Fact]
    public void Agencies_WithoutAPrincipalAtTheInstant_AreMissing()
    {
        FocalPoint[] register =
        [
            Of("2026-01-01", agency: "SYT"),
            Of("2026-01-01", "2026-11-01", agency: "STC"), // ended
            Of("2026-12-01", agency: "CTK"), // still to come
            Of("2026-01-01", kind: FocalPointKind.Deputy, agency: "CAT"), // a deputy stands in, and answers for nobody
            Of("2026-11-23", "2026-11-23", agency: "NHNN"), // taken back
            Of("2026-01-01", agency: "VNPTQN"), // reports nothing
        ];

        Missing("2026-11-23 10:00", register).ShouldBe(["NHNN", "CAT", "CTK", "STC", "KBNN"]);
    }

    [Fact]
    public void Days_AreTheProvincesOwn()
    {
        FocalPoint[] register = [Of("2026-01-01", "2026-12-01", agency: "SYT")];

        Missing("2026-11-30 23:59", register).ShouldNotContain("SYT");
        Missing("2026-12-01 00:00", register).ShouldContain("SYT"); // still 30 November in UTC
    }

    private static IEnumerable<string> Missing(string local, FocalPoint[] register) =>
        FocalPointGaps.MissingAt(Province.At(local), ["NHNN", "CAT", "SYT", "CTK", "STC", "KBNN"], register, Province.Time);
}
