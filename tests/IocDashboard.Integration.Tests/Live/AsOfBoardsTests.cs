using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Live;

public sealed class AsOfBoardsTests
{
    private static DateTimeOffset Local(int year, int month, int day, int hour = 0) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(7));

    [Fact]
    public async Task Board_AsOfAnInstant_ShowsWhatWasKnownThen()
    {
        await using var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        var series = host.Series("KT05", "QNM").Id;
        var boards = host.Services.GetRequiredService<AsOfBoards>();
        await using (var connection = await host.Database.OpenConnectionAsync())
        {
            await connection.PutObservationAsync(series, Local(2025, 9, 1), 'M', 1, 4100, head: true, 1, Local(2025, 9, 29, 9));
            await connection.PutObservationAsync(series, Local(2026, 8, 1), 'M', 1, 4500, head: true, 2, Local(2026, 8, 29, 9));
            await connection.PutObservationAsync(series, Local(2026, 9, 1), 'M', 1, 4700, head: true, 3, Local(2026, 9, 29, 9));
            // In October the August figure is revised: the newest row, but not the current figure.
            await connection.PutObservationAsync(series, Local(2026, 8, 1), 'M', 2, 4400, head: false, 4, Local(2026, 10, 5, 9));
            await connection.PutObservationAsync(series, Local(2026, 9, 1), 'M', 2, 4650, head: true, 5, Local(2026, 10, 20, 9));
        }

        async Task<Figure> At(DateTimeOffset instant) => (await boards.ReadAsync(instant, TestContext.Current.CancellationToken)).Figures[series];

        (await At(Local(2025, 9, 1))).Value.ShouldBeNull();
        var september = await At(Local(2026, 9, 30));
        (september.Value, september.Revision, september.PreviousValue, september.YearAgoValue).ShouldBe((4700m, 1, 4500m, 4100m));
        var afterRevision = await At(Local(2026, 10, 6));
        (afterRevision.Value, afterRevision.Revision, afterRevision.PreviousValue).ShouldBe((4700m, 1, 4400m));
        afterRevision.Period!.Value.ToString().ShouldBe("2026-09");
        (await At(Local(2026, 10, 21))).Value.ShouldBe(4650m);
    }

    [Fact]
    public async Task Board_OfThePast_IsReadOnceForTwoThatAsk()
    {
        await using var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        var boards = host.Services.GetRequiredService<AsOfBoards>();

        var first = await boards.GetAsync(Local(2026, 1, 1));
        var second = await boards.GetAsync(Local(2026, 1, 1).ToUniversalTime());

        second.ShouldBeSameAs(first);
        first.AsOf.ShouldBe(Local(2026, 1, 1));
        first.Figures.Count.ShouldBe(host.Board().Current.Figures.Count);
    }
}
