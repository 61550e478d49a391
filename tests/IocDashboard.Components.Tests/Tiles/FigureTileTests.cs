using Bunit;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Tiles;

/// <summary>Every state of a tile, in both languages: hue for the world, texture for the datum, a word for each.</summary>
public sealed class FigureTileTests : BunitContext
{
    private static readonly DateTimeOffset Now = Boards.Now;

    private IRenderedComponent<FigureTile> Tile(Figure figure, string lang = "vi", bool namesArea = false) =>
        Render<FigureTile>(p => p.Add(t => t.Model, TileComposer.Compose(figure, namesArea, Boards.Time, DisplayCulture.Of(lang), Now)));

    private static string State(IRenderedComponent<FigureTile> tile)
    {
        var article = tile.Find("article");
        return $"{article.GetAttribute("data-status")} {article.GetAttribute("data-figure")} {article.GetAttribute("data-fresh")}";
    }

    private static string Marks(IRenderedComponent<FigureTile> tile) =>
        string.Join(' ', tile.FindAll(".tile-marks use").Select(u => u.GetAttribute("href")));

    [Theory]
    [InlineData("vi", "131", "doanh nghiệp", "Sở KH&ĐT · thg 10", "≥125")]
    [InlineData("en", "131", "enterprises", "Planning & Inv. · Oct", "≥125")]
    public void Tile_OfAFreshFinalFigure_IsPlain(string lang, string value, string unit, string source, string target)
    {
        var tile = Tile(Boards.Figure("KT06") with { DueSoonAt = Now.AddDays(1) }, lang);
        State(tile).ShouldBe("normal official fresh");
        Marks(tile).ShouldBe("#s-normal");
        tile.Find("data").TextContent.ShouldBe(value);
        tile.Find(".tile-unit").TextContent.ShouldBe(unit);
        tile.Find(".tile-source").TextContent.ShouldBe(source);
        tile.Find(".tile-target").TextContent.ShouldBe(target);
        tile.FindAll(".tile-word").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Severity.Warning, "warning", "#s-warning", "cảnh báo", "warning")]
    [InlineData(Severity.Critical, "critical", "#s-critical", "nghiêm trọng", "critical")]
    [InlineData(Severity.Extreme, "extreme", "#s-critical", "báo động III", "alarm III")]
    public void Tile_OfAnAbnormalRiver_HasHueShapeAndWord(Severity severity, string status, string shape, string vi, string en)
    {
        var figure = Boards.Figure("TT03", "RIV-AINGHIA") with { Severity = severity };
        State(Tile(figure)).ShouldBe($"{status} official fresh");
        Marks(Tile(figure)).ShouldBe(shape);
        Tile(figure).Find(".tile-word").TextContent.ShouldBe(vi);
        Tile(figure, "en").Find(".tile-word").TextContent.ShouldBe(en);
    }

    [Theory]
    [InlineData(ObservationStatus.Estimated, "estimated", "ước tính", "estimated")]
    [InlineData(ObservationStatus.Provisional, "preliminary", "sơ bộ", "provisional")]
    public void Tile_OfAnUnsettledFigure_SaysSo(ObservationStatus status, string look, string vi, string en)
    {
        var figure = Boards.Figure("KT01") with { Status = status, DueSoonAt = Now.AddDays(1) };
        State(Tile(figure)).ShouldBe($"normal {look} fresh");
        Tile(figure).Find(".tile-word").TextContent.ShouldBe(vi);
        Tile(figure, "en").Find(".tile-word").TextContent.ShouldBe(en);
        Tile(figure).FindAll(".approx").Count.ShouldBe(status == ObservationStatus.Estimated ? 1 : 0);
    }

    [Theory]
    [InlineData("vi", "trễ 6 giờ")]
    [InlineData("en", "6 h late")]
    public void Tile_OfALateFigure_IsHatchedAndCountsFromItsDeadline(string lang, string age)
    {
        var figure = Boards.Figure("GD04") with { NextDueAt = Now.AddHours(-6).AddMinutes(-5) };
        var tile = Tile(figure, lang);
        State(tile).ShouldBe("normal official late");
        Marks(tile).ShouldBe("#s-late");
        tile.Find(".tile-age time").TextContent.ShouldBe(age);
        tile.Find(".tile-age time").GetAttribute("data-age-from").ShouldBe("2021-11-18T01:00:10Z");
        tile.Find(".tile-age time").GetAttribute("data-age-template").ShouldBe(lang == "vi" ? "trễ {0}" : "{0} late");
    }

    [Fact]
    public void Tile_LateAndCritical_ShowsBothByHueAndTexture()
    {
        var tile = Tile(Boards.Figure("GD04") with { Severity = Severity.Critical });
        State(tile).ShouldBe("critical official late");
        Marks(tile).ShouldBe("#s-late #s-critical");
    }

    [Fact]
    public void Tile_DueSoon_HasAClockBesideItsVerification()
    {
        var tile = Tile(Boards.Figure("KT06") with { DueSoonAt = Now.AddDays(-1), NextDueAt = Now.AddDays(4) });
        State(tile).ShouldBe("normal official due");
        tile.FindAll(".tile-age use").Select(u => u.GetAttribute("href")).ShouldBe(["#s-verified", "#s-due"]);
        tile.Find(".tile-age .shape-due").GetAttribute("aria-label").ShouldBe("đến hạn 22/11");
    }

    [Theory]
    [InlineData("vi", "mất dữ liệu", "cuối 48,2 lúc 09:41")]
    [InlineData("en", "signal lost", "last 48.2 at 09:41")]
    public void Tile_OfALostStream_ShowsADashAndItsLastValueStruck(string lang, string word, string last)
    {
        var tile = Tile(Boards.Figure("MT04", "WW-BACCHULAI"), lang);
        State(tile).ShouldBe("unknown lost fresh");
        Marks(tile).ShouldBe("#s-lost");
        tile.FindAll("data").ShouldBeEmpty();
        tile.Find(".tile-value").TextContent.ShouldBe("—");
        tile.Find(".tile-word").TextContent.ShouldBe(word);
        tile.Find(".tile-change").TextContent.Trim().ShouldBe(last);
        tile.Find(".tile-change s").TextContent.ShouldBe(lang == "vi" ? "48,2" : "48.2");
        tile.FindAll(".tile-age .shape").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("vi", "chưa báo cáo", "quá hạn 5 tuần", "Sở LĐ-TB&XH · thg 9")]
    [InlineData("en", "not reported", "5 weeks overdue", "Labour & Social · Sep")]
    public void Tile_OfAMissingReport_SaysWhichPeriodIsOwedAndForHowLong(string lang, string word, string owed, string source)
    {
        var tile = Tile(Boards.Figure("LX04"), lang);
        State(tile).ShouldBe("unknown missing fresh");
        Marks(tile).ShouldBe("#s-missing");
        tile.Find(".tile-value").TextContent.ShouldBe("—");
        tile.Find(".tile-word").TextContent.ShouldBe(word);
        tile.Find(".tile-change strong").TextContent.ShouldBe(owed);
        tile.Find(".tile-source").TextContent.ShouldBe(source);
        tile.Find(".tile-age").TextContent.Trim().ShouldBeEmpty();
    }

    [Fact]
    public void Tile_NeverReported_IsMissingAndNeverNormal()
    {
        var tile = Tile(Boards.Unheard("KT06"));
        State(tile).ShouldBe("unknown missing fresh");
        tile.FindAll(".spark").ShouldBeEmpty();
        tile.FindAll("time").ShouldBeEmpty();
    }

    [Fact]
    public void Tile_ReportedAsNotToBeHad_SaysWhy()
    {
        var tile = Tile(Boards.Figure("KT06") with { Value = null, Status = ObservationStatus.Missing, Note = "Chờ đối chiếu" });
        State(tile).ShouldStartWith("unknown missing");
        tile.Find(".tile-word").TextContent.ShouldBe("không có số");
        tile.Find(".tile-change strong").TextContent.ShouldBe("Chờ đối chiếu");
    }

    [Theory]
    [InlineData("vi", "trả lại")]
    [InlineData("en", "returned")]
    public void Tile_Returned_KeepsItsReasonAndHasNoVerification(string lang, string word)
    {
        var tile = Tile(Boards.Figure("HC05") with { Severity = Severity.Normal }, lang);
        State(tile).ShouldStartWith("normal returned");
        Marks(tile).ShouldBe("#s-returned");
        tile.Find(".tile-word").TextContent.ShouldBe(word);
        tile.Find(".tile-change strong").TextContent.ShouldBe("thiếu số liệu 3 sở");
        tile.FindAll(".shape-verified, .shape-unverified").ShouldBeEmpty();
        tile.FindAll(".bm").ShouldBeEmpty();
    }

    [Fact]
    public void Tile_OfAnUnverifiedFigure_HasAnOpenRing() =>
        Tile(Boards.Figure("PA03")).Find(".tile-age .shape-unverified").GetAttribute("aria-label").ShouldBe("chờ xác minh");

    [Fact]
    public void Tile_OfZero_ShowsZero() =>
        Tile(Boards.Figure("GT01") with { Value = 0 }).Find("data").TextContent.ShouldBe("0");

    [Fact]
    public void Tile_OfTheWorstOfSeveralPlaces_NamesThePlace()
    {
        Tile(Boards.Figure("TT02", "RAIN-TRAMY"), namesArea: true).Find(".tile-name").TextContent.ShouldBe("Mưa 24 giờ, Trà My");
        var hospital = Tile(Boards.Figure("YT03", "HOSP-MIENNUIPHIABAC"), namesArea: true);
        hospital.Find(".tile-name").TextContent.ShouldBe("Giường bệnh");
        hospital.Find(".tile-source").TextContent.ShouldContain("BV miền núi phía Bắc");
    }
}
