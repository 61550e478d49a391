using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Integration.Tests.Api;

public sealed partial class ErrorTextTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN"), English = CultureInfo.GetCultureInfo("en-GB");

    public static TheoryData<string> Codes => [.. new[] { typeof(JudgementCodes), typeof(SubmissionCodes), typeof(SheetCodes), typeof(FileCodes), typeof(RequestCodes), typeof(PauseCodes) }
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Code_HasATextInBothLanguages_WithTheSameArguments(string code)
    {
        var (vi, en) = (CodeTexts.Detail(code, [], Vietnamese), CodeTexts.Detail(code, [], English));

        vi.ShouldNotBe(code);
        en.ShouldNotBe(code);
        vi.ShouldNotBe(en);
        Places(vi).ShouldBe(Places(en));
    }

    [Theory]
    [InlineData(400), InlineData(401), InlineData(403), InlineData(404), InlineData(405), InlineData(406), InlineData(409), InlineData(413)]
    [InlineData(415), InlineData(422), InlineData(423), InlineData(429), InlineData(500), InlineData(503)]
    public void Status_HasATitleInBothLanguages(int status)
    {
        CodeTexts.Title(status, Vietnamese).ShouldNotBe(CodeTexts.Title(status, English));
        CodeTexts.Title(status, English).ShouldNotBe(CodeTexts.Title(599, English));
    }

    [Theory]
    [InlineData("vi-VN", "1234,5")]
    [InlineData("en-GB", "1234.5")]
    public void Figure_InADetail_IsWrittenAsItsReaderWrites(string culture, string written)
    {
        var detail = CodeTexts.Detail(JudgementCodes.OutOfRange, ["KT01", "1234.5", "-15", "20"], CultureInfo.GetCultureInfo(culture));

        detail.ShouldContain(written);
        detail.ShouldContain("KT01");
    }

    [Fact]
    public void Instant_InADetail_IsReadToTheSecond() =>
        CodeTexts.Detail(JudgementCodes.PeriodLocked, ["2026-06", new DateTimeOffset(2026, 9, 1, 1, 0, 0, TimeSpan.Zero).ToString("O", CultureInfo.InvariantCulture)], English)
            .ShouldBe("Period 2026-06 has been locked since 2026-09-01T01:00:00Z.");

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[0-9]\}")]
    private static partial Regex Place();
}
