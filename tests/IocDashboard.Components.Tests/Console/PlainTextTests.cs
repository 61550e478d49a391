using IocDashboard.Web.Surfaces.Console.Grid;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("Đà Nẵng", "da nang")]
    [InlineData("đường", "duong")]
    [InlineData("HOÀ", "hoa")]
    [InlineData("hòa", "hoa")]
    [InlineData("Ðiện Bàn", "dien ban")] // U+00D0, as old keyboards send it
    [InlineData("Ế Ộ Ữ", "e o u")]
    [InlineData("PM2,5 µg/m³", "pm2,5 µg/m³")]
    public void Fold_Text_IsPlainAndLower(string text, string folded) => PlainText.Fold(text).ShouldBe(folded);

    [Fact]
    public void Fold_DecomposedText_EqualsComposed() =>
        PlainText.Fold("Tỉnh").ShouldBe(PlainText.Fold("Tỉnh".Normalize(System.Text.NormalizationForm.FormD)));

    [Fact]
    public void Words_OfNothing_MatchEverything() => PlainText.Matches("anything", PlainText.Words("  ")).ShouldBeTrue();

    [Fact]
    public void Matches_NeedsEveryWord_InAnyOrder()
    {
        PlainText.Matches("so y te quang nam", PlainText.Words("tế sở")).ShouldBeTrue();
        PlainText.Matches("so y te quang nam", PlainText.Words("sở thuế")).ShouldBeFalse();
    }
}
