using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Tiles;

public sealed class TileComposerTests
{
    private static TileModel Compose(Figure figure, DateTimeOffset? now = null, string lang = "vi") =>
        TileComposer.Compose(figure, false, Boards.Time, DisplayCulture.Of(lang), now ?? Boards.Now);

    [Fact]
    public void Model_OfTheSameFigureLater_IsEqualWhileOnlyItsAgeMoved()
    {
        var figure = Boards.Figure("CN06");
        var later = Compose(figure, Boards.Now.AddSeconds(20));
        later.ShouldBe(Compose(figure));
        later.GetHashCode().ShouldBe(Compose(figure).GetHashCode());
        later.Age!.Text.ShouldNotBe(Compose(figure).Age!.Text);
    }

    [Theory]
    [InlineData("vi", "quá hạn 13 ngày", "còn hạn")]
    [InlineData("en", "13 days overdue", "in time until")]
    public void Model_OfAFigureThatNeverCame_SaysHowLongItIsOverdueOrUntilWhenItMayCome(string lang, string overdue, string timelyLabel)
    {
        var figure = Boards.Unheard("GD04");
        TileModel Of(OpenReport? owed) => TileComposer.Compose(figure, false, Boards.Time, DisplayCulture.Of(lang), Boards.Now, owed);

        var late = Of(Boards.Report("SGDDT-D", "2021-11-04"));
        var timely = Of(Boards.Report("SGDDT-D", "2021-11-18"));

        (late.Figure, late.Owed!.Text).ShouldBe(("missing", overdue));
        timely.Owed.ShouldBeNull();
        timely.Changes.ShouldBe([new Change(timelyLabel, "19/11 08:00", false)]);
        Of(null).Owed.ShouldBeNull();
    }

    [Fact]
    public void Owed_OfAnIndicator_IsTheReportThatFellDueFirst()
    {
        OpenReport[] reports = [Boards.Report("SGDDT-D", "2021-11-17"), Boards.Report("SGDDT-D", "2021-11-16"), Boards.Report("SYT-W", "2021-W45") with { SubmittedAt = Boards.Now }];
        var owed = OpenReport.OwedByIndicator(Boards.Silent() with { Reports = reports.ToImmutableDictionary(r => r.Id) });

        owed["GD04"].Period.ToString().ShouldBe("2021-11-16");
        owed.ShouldNotContainKey("YT01");
    }

    [Fact]
    public void Model_OfAnotherValueOrLanguage_Differs()
    {
        var figure = Boards.Figure("CN06");
        Compose(figure with { Value = 313m }).ShouldNotBe(Compose(figure));
        Compose(figure, lang: "en").ShouldNotBe(Compose(figure));
    }

    [Theory]
    [InlineData("DT02", 58.3, 56.4, 67.7, "+1,9", false, "−9,4", true)] // rates change in points
    [InlineData("NS01", 18742, 18356, 16734, "+2,1%", false, "+12%", false)] // from a thousand on, relative
    [InlineData("YT01", 38, 44, 59, "−6", false, "−21", false)] // fewer cases are better
    [InlineData("HC06", 14, 12, 8, "+2", true, "+6", true)]
    [InlineData("GT01", 2, 0, 4, "+2", true, "−2", false)] // from nothing there is no percentage
    [InlineData("DL01", 412800, 396000, 665800, "+4,2%", false, "−38%", true)]
    [InlineData("KT06", 131, 131, 143, "0", false, "−12", true)]
    public void Changes_AreWordedByKindAndSize(
        string code, double value, double previous, double yearAgo, string kỳ, bool isWorse, string năm, bool isWorseThanLastYear)
    {
        var figure = Boards.Figure(code) with { Value = (decimal)value, PreviousValue = (decimal)previous, YearAgoValue = (decimal)yearAgo };
        var changes = ChangeText.Of(figure, DisplayCulture.Vietnamese);
        changes.ShouldBe([new Change("kỳ", kỳ, isWorse), new Change("năm", năm, isWorseThanLastYear)]);
    }

    [Fact]
    public void Changes_OfABand_AreWorseOnlyAwayFromIt()
    {
        var beds = Boards.Figure("YT03", "HOSP-NHI"); // 60–85 %
        Worse(84m, 80m).ShouldBeFalse();
        Worse(88m, 84m).ShouldBeTrue();
        Worse(86m, 90m).ShouldBeFalse();
        Worse(50m, 58m).ShouldBeTrue();

        bool Worse(decimal now, decimal before) =>
            ChangeText.Of(beds with { Value = now, PreviousValue = before, YearAgoValue = null }, DisplayCulture.Vietnamese)[0].IsWorse;
    }

    [Fact]
    public void Changes_WithoutAPast_AreLeftOut() =>
        ChangeText.Of(Boards.Figure("KT06") with { PreviousValue = null, YearAgoValue = null }, DisplayCulture.Vietnamese).ShouldBeEmpty();

    [Theory]
    [InlineData("DT02", "≥95")]
    [InlineData("YT03", "60–85")]
    [InlineData("YT01", "≤20")]
    [InlineData("TT03", "≤6,5")] // no target: the warning limit
    [InlineData("AT06", "≥99,5")]
    public void Target_IsTheTargetElseTheWarningLimit(string code, string text)
    {
        var indicator = Boards.Catalogue.Indicators[code];
        TileComposer.Target(indicator, NumberText.ScaleOf(indicator, 10, DisplayCulture.Vietnamese), DisplayCulture.Vietnamese).ShouldBe(text);
    }

    [Fact]
    public void Target_OfAScaledFigure_IsScaledWithIt()
    {
        var model = Compose(Boards.Figure("DL01"));
        (model.Value, model.Unit, model.Target).ShouldBe(("412,8", "nghìn lượt", "≥640"));
    }

    [Fact]
    public void Foot_WithALongAgencyAndALongAge_KeepsBothAndDropsItsMarks()
    {
        var station = Boards.Figure("MT04", "WW-THUANYEN");
        var model = Compose(station with { NextDueAt = Boards.Now.AddMinutes(-12), GoneAt = Boards.Now.AddHours(1) });
        (model.Source, model.Age!.Text, model.Verification).ShouldBe(("BQL KKTM Chu Lai", "trễ 12 phút", null));
    }

    [Theory]
    [InlineData("vi", 52)]
    [InlineData("en", 52)]
    [InlineData("vi", 45 * 60)]
    [InlineData("en", 45 * 60)]
    public void Foot_OfEveryPlaceThatIsLate_StaysInItsTile(string lang, int seconds)
    {
        foreach (var figure in Boards.Floods().Figures.Values)
        {
            var late = figure with { NextDueAt = Boards.Now.AddSeconds(-seconds), GoneAt = Boards.Now.AddDays(1) };
            var model = TileComposer.Compose(late, figure.Area.Code != Area.ProvinceCode, Boards.Time, DisplayCulture.Of(lang), Boards.Now);
            var foot = (TextWidth.OfText(model.Source + (model.Age?.Text ?? ""), 22) * 0.96) - (0.02 * 22 * (model.Source.Length + 6));
            foot.ShouldBeLessThanOrEqualTo(TileComposer.Width, $"{figure.Indicator.Code}/{figure.Area.Code}: {model.Source} {model.Age?.Text}");
        }
    }

    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Texts_OfEveryIndicator_FitTheTile(string lang)
    {
        foreach (var figure in Boards.Floods().Figures.Values)
        {
            var model = TileComposer.Compose(figure, figure.Area.Code != Area.ProvinceCode, Boards.Time, DisplayCulture.Of(lang), Boards.Now);
            model.Source.ShouldNotBeEmpty();
            TextWidth.OfText(model.Name, 23).ShouldBeLessThanOrEqualTo(TileComposer.Width - 22, $"{figure.Indicator.Code}/{figure.Area.Code}: {model.Name}");
            var foot = TextWidth.OfText(model.Source + (model.Age?.Text ?? ""), 22) * 0.96 + (model.Verification is null ? 0 : 20);
            foot.ShouldBeLessThanOrEqualTo(TileComposer.Width + 12, $"{figure.Indicator.Code}/{figure.Area.Code}: {model.Source}");
        }
    }
}
