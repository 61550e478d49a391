using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests.Reporting;

public class ReportKeyTests
{
    [Fact]
    public void Key_ParsedAgain_GivesItsParts()
    {
        var key = ReportKey.Of("SKHDT-M", "SKHDT", ReportingPeriod.Parse("2026-10"));

        key.ShouldBe("SKHDT-M/SKHDT/2026-10");
        ReportKey.TryParse(key, out var form, out var agency, out var period).ShouldBeTrue();
        (form, agency, period.ToString()).ShouldBe(("SKHDT-M", "SKHDT", "2026-10"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("SKHDT-M/SKHDT")]
    [InlineData("SKHDT-M/SKHDT/2026-13")]
    [InlineData("SKHDT-M//2026-10")]
    [InlineData("/SKHDT/2026-10")]
    [InlineData("SKHDT-M/SKHDT/2026-10/1")]
    public void Parse_OfAnythingElse_IsRefused(string? key) => ReportKey.TryParse(key, out _, out _, out _).ShouldBeFalse();
}
