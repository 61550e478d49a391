using System.Globalization;
using Bunit;
using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class FigureRowTests : BunitContext
{
    private static readonly Figure Monthly = Boards.Floods().Find("DL01", "QNM")!;
    private static readonly Figure Stream = Boards.Floods().Find("CN06", "QNM")!;

    public FigureRowTests() => (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo("vi-VN"), CultureInfo.GetCultureInfo("vi-VN"));

    private static FigureRowView View(Figure figure, DateTimeOffset? now = null, int others = 0) => FigureRowView.Of(
        FigureText.Of(figure, Boards.Time, CultureInfo.CurrentUICulture), now ?? Boards.Now, others, "/console/indicators/X", CultureInfo.CurrentUICulture);

    private IRenderedComponent<FigureRow> Draw(FigureRowView view) => Render<FigureRow>(p => p.Add(r => r.View, view).Add(r => r.Index, 2));

    [Fact]
    public void Normal_ShowsNumberUnitPeriodSourceAndAge()
    {
        var row = Draw(View(Monthly));

        row.Find("td.v").TextContent.Trim().ShouldBe("412.800");
        row.Find("td.u").TextContent.ShouldNotBeEmpty();
        row.Markup.ShouldContain("Tháng 10/2021");
        row.Markup.ShouldContain("Bình thường");
        row.Find("tr").TextContent.ShouldContain(Monthly.Agency.ShortName.Vi);
        row.Find("td.age").TextContent.ShouldNotBeEmpty();
        row.Find("td a").GetAttribute("href").ShouldBe("/console/indicators/X");
    }

    [Theory]
    [InlineData(Severity.Warning, "st-warn", "Cảnh báo")]
    [InlineData(Severity.Critical, "st-crit", "Nghiêm trọng")]
    [InlineData(Severity.Extreme, "st-extreme", "Báo động III")]
    public void Abnormal_HasColourShapeAndWord(Severity severity, string style, string word)
    {
        var row = Draw(View(Monthly with { Severity = severity }));

        row.Find(".st").ClassList.ShouldContain(style);
        row.Find(".st svg.sh").ShouldNotBeNull();
        row.Find(".st").TextContent.ShouldBe(word);
    }

    [Fact]
    public void Late_IsHatchedAndSaysHowLate()
    {
        var row = Draw(View(Monthly with { NextDueAt = Boards.Now.AddDays(-8), GoneAt = Boards.Now.AddDays(30) }));

        row.Find("tr").ClassList.ShouldContain("late");
        row.Find("td.age").TextContent.ShouldBe("trễ 8 ngày");
    }

    [Fact]
    public void Lost_StrikesTheLastValueAndForgetsItsChanges()
    {
        var row = Draw(View(Stream with { TimeKey = Boards.Now.AddHours(-2), NextDueAt = Boards.Now.AddHours(-1.9), GoneAt = Boards.Now.AddHours(-1.5) }));

        row.Find("tr").ClassList.ShouldContain("gone");
        row.Find(".lostv").TextContent.ShouldBe("—312,4");
        row.Find(".lostv s").TextContent.ShouldBe("312,4");
        row.FindAll("td.dl").ShouldAllBe(d => d.TextContent == "—");
        row.Find(".st").TextContent.ShouldBe("Mất dữ liệu");
        row.Find("td.age").TextContent.ShouldBe("mất 2 giờ");
    }

    [Fact]
    public void NeverReported_ShowsADashAndNeverZero()
    {
        var row = Draw(View(Boards.Silent().Find("DL01", "QNM")!));

        row.Find("td.v").TextContent.Trim().ShouldBe("—");
        row.Find(".st").TextContent.ShouldBe("Chưa nộp");
        row.Find("td.age").TextContent.ShouldBe("chưa có số liệu");
        row.Markup.ShouldNotContain(">0<");
    }

    [Fact]
    public void Zero_IsANumber() => Draw(View(Monthly with { Value = 0 })).Find("td.v").TextContent.Trim().ShouldBe("0");

    [Fact]
    public void Returned_StandsInBrackets()
    {
        var row = Draw(View(Monthly with { Verification = VerificationState.Returned }));

        row.Find(".retv").TextContent.ShouldBe("(412.800)");
        row.Find("td.c [role=img]").GetAttribute("aria-label").ShouldBe("Đã trả lại");
    }

    [Theory]
    [InlineData(ObservationStatus.Estimated, "ƯT", ".est")]
    [InlineData(ObservationStatus.Provisional, "SB", ".prov")]
    public void NotFinal_IsMarked(ObservationStatus status, string mark, string style)
    {
        var row = Draw(View(Monthly with { Status = status }));

        row.Find(".vt").TextContent.ShouldBe(mark);
        row.Find(style).TextContent.ShouldBe("412.800");
    }

    [Fact]
    public void OtherPlacesAlike_AreCounted() => Draw(View(Monthly, others: 7)).Find(".more").TextContent.ShouldContain("+7");

    [Fact]
    public void SameInstance_IsNotDrawnAgain()
    {
        var view = View(Monthly);
        var row = Draw(view);

        row.Render(p => p.Add(r => r.View, view));
        row.RenderCount.ShouldBe(1);
        row.Render(p => p.Add(r => r.View, View(Monthly with { Value = 1 })));
        row.RenderCount.ShouldBe(2);
    }

    [Fact]
    public void English_IsComplete()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("en"));

        var row = Draw(View(Monthly));

        row.Find("td.v").TextContent.Trim().ShouldBe("412,800");
        row.Markup.ShouldContain("Normal");
        row.Markup.ShouldContain("October 2021");
    }

    [Fact]
    public void Click_OpensTheIndicator()
    {
        Draw(View(Monthly)).Find("tr").Click();

        Services.GetRequiredService<NavigationManager>().Uri.ShouldEndWith("/console/indicators/X");
    }
}
