using System.Collections.Immutable;
using System.Globalization;
using Bunit;
using IocDashboard.Domain.Feeds;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Shell;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Shouldly;
using Xunit;

namespace IocDashboard.Components.Tests.Console;

public sealed class StatusLineTests : BunitContext
{
    private static readonly DateTimeOffset Then = Boards.Now.AddDays(-2);
    private static readonly BoardState Live = Boards.Floods(), Past = WithLost(3) with { AsOf = Then };

    public StatusLineTests()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo("vi-VN"), CultureInfo.GetCultureInfo("vi-VN"));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Fact]
    public void PastBoard_ThatArrives_ReplacesTheSourcesOfTheLiveOne()
    {
        var line = Draw(Of(Live, Boards.Now));
        var live = Sources(line);

        // As the frame does it: first the instant, over the board before; then the board of the instant.
        Show(line, Of(Live, Then) with { AsOf = Then, Reading = PastReading.UnderWay });
        line.Markup.ShouldNotContain(live, customMessage: "the live board's sources are not those of the past");
        Show(line, Of(Past, Then) with { AsOf = Then });

        Sources(line).ShouldBe(string.Create(CultureInfo.InvariantCulture, $"Nguồn {Past.Feeds.Count - 3}/{Past.Feeds.Count} hoạt động"));
        line.Find(".sl-lost").TextContent.ShouldContain("3");
    }

    [Fact]
    public void AnotherInstant_ThatCannotBeRead_ClaimsNoSources()
    {
        var line = Draw(Of(Past, Then) with { AsOf = Then });

        Show(line, Of(Past, Then.AddHours(1)) with { AsOf = Then.AddHours(1), Reading = PastReading.Failed });

        line.Markup.ShouldNotContain("hoạt động");
        line.FindAll(".sl-lost").ShouldBeEmpty();
    }

    private IRenderedComponent<CascadingValue<ConsoleMoment>> Draw(ConsoleMoment moment) => Render<CascadingValue<ConsoleMoment>>(p => p
        .Add(c => c.Value, moment).AddChildContent<StatusLine>());

    private static void Show(IRenderedComponent<CascadingValue<ConsoleMoment>> line, ConsoleMoment moment) => line.Render(p => p
        .Add(c => c.Value, moment).AddChildContent<StatusLine>());

    private static string Sources(IRenderedComponent<CascadingValue<ConsoleMoment>> line) =>
        line.FindAll("span").Select(s => s.TextContent.Trim()).Single(t => t.StartsWith("Nguồn", StringComparison.Ordinal) && t.EndsWith("hoạt động", StringComparison.Ordinal));

    private static ConsoleMoment Of(BoardState board, DateTimeOffset now) => new(board, now, null, BoardSummary.Of(board, now), null);

    private static BoardState WithLost(int count)
    {
        var codes = Boards.Floods().Feeds.Keys.Order(StringComparer.Ordinal).Take(count).ToHashSet(StringComparer.Ordinal);
        var board = Boards.Floods();
        return board with { Feeds = board.Feeds.ToImmutableDictionary(f => f.Key, f => f.Value with { State = codes.Contains(f.Key) ? FeedState.Lost : FeedState.Live }) };
    }
}
