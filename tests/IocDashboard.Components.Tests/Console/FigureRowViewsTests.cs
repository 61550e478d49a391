using System.Globalization;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class FigureRowViewsTests
{
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");
    private static readonly Figure Stream = Boards.Floods().Find("CN06", "QNM")!;

    private readonly FigureRowViews _views = new(Boards.Time);

    private FigureRowView At(Figure figure, double seconds, DateTimeOffset? asOf = null) => _views.At(figure, 0, Boards.Now.AddSeconds(seconds), asOf, Vietnamese);

    [Fact]
    public void At_NothingChanged_GivesTheSameInstance() => At(Stream, 1).ShouldBeSameAs(At(Stream, 0));

    [Fact]
    public void At_ThePastArrives_ReplacesThePresentAtOnce()
    {
        At(Stream, 0, asOf: Boards.Now);

        At(Stream with { Value = 1 }, 0, asOf: Boards.Now).Text.Value.ShouldBe("1,0");
    }

    [Fact]
    public void At_ChangedAfterQuiet_GivesTheChangeAtOnce()
    {
        At(Stream, 0);

        At(Stream with { Value = 1 }, 1.5).Text.Value.ShouldBe("1,0");
    }

    [Fact]
    public void At_ChangedAgainWithinASecond_WaitsForTheSecond()
    {
        At(Stream, 0);
        var first = At(Stream with { Value = 1 }, 2);

        At(Stream with { Value = 2 }, 2.25).ShouldBeSameAs(first);
        At(Stream with { Value = 3 }, 3).Text.Value.ShouldBe("3,0");
    }

    [Fact]
    public void At_PassingTime_ChangesTheAgeByItself()
    {
        At(Stream, 0).AgeText.ShouldBe("30 giây");

        At(Stream, 30).AgeText.ShouldBe("1 phút");
    }

    [Fact]
    public void At_AnotherInstant_CarriesItInTheLink()
    {
        At(Stream, 0).Href.ShouldBe("/console/indicators/CN06");

        At(Stream, 0, Boards.Now).Href.ShouldBe("/console/indicators/CN06?asOf=2021-11-18T07:05:10Z");
    }
}
