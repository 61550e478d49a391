using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Integration.Tests.Live;

public sealed class BoardTailTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 22, 17, 0, 0, TimeSpan.Zero);
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Board_AtStart_HoldsEverySeriesOfTheCatalogue()
    {
        await using var host = await IocHost.StartAsync();
        var board = await BoardRows.EventuallyAsync(() => host.Board().Current, b => b.Figures.Count > 0);

        board.Figures.Count.ShouldBe(board.Catalogue.SeriesById.Count);
        board.Find("GD04", "QNM")!.AgeAt(Now).ShouldBe(AgeClass.Missing);
        board.Find("GD04", "QNM")!.Value.ShouldBeNull();
    }

    [Fact]
    public async Task Change_CommittedAfterALaterOne_IsNotMissed()
    {
        await using var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        var (slow, quick) = (host.Series("GD04", "QNM").Id, host.Series("GD04", "TKY").Id);

        // The slow transaction takes its number first and commits last.
        await using var one = await host.Database.OpenConnectionAsync();
        await using var transaction = await one.BeginTransactionAsync();
        await one.PutHeadAsync(slow, Day, 97.1m, Now);
        await using (var other = await host.Database.OpenConnectionAsync()) await other.PutHeadAsync(quick, Day, 88.2m, Now);
        await BoardRows.EventuallyAsync(() => host.Board().Current.Figures[quick].Value, v => v == 88.2m);
        await Task.Delay(600);
        host.Board().Current.Figures[slow].Value.ShouldBeNull();
        await transaction.CommitAsync();

        await BoardRows.EventuallyAsync(() => host.Board().Current.Figures[slow].Value, v => v == 97.1m);
    }

    [Fact]
    public async Task Change_OfAnotherNode_ArrivesOnThisOne()
    {
        await using var host = await IocHost.StartAsync();
        await using var second = await IocHost.StartAsync(new IocHostOptions { ConnectionString = host.ConnectionString });
        await BoardRows.EventuallyAsync(() => second.Board().Current.Version, v => v > 0);
        var series = host.Series("GD04", "QNM").Id;

        await using (var connection = await host.Database.OpenConnectionAsync()) await connection.PutHeadAsync(series, Day, 96.5m, Now);
        host.Pulse();

        await BoardRows.EventuallyAsync(() => second.Board().Current.Figures[series].Value, v => v == 96.5m);
        second.Board().Epoch.ShouldNotBe(host.Board().Epoch);
    }

    [Fact]
    public async Task Subscribers_AreToldWhatChanged_AndNothingElse()
    {
        await using var host = await IocHost.StartAsync();
        await BoardRows.EventuallyAsync(() => host.Board().Current.Version, v => v > 0);
        var series = host.Series("YT01", "HAN").Id;
        var told = new List<BoardChange>();
        using (host.Board().Subscribe(told.Add))
        {
            await using var connection = await host.Database.OpenConnectionAsync();
            await connection.PutHeadAsync(series, Day, 12m, Now);
            host.Pulse();
            await BoardRows.EventuallyAsync(() => told.Count(c => c.Series.Contains(series)), n => n > 0);
        }

        told.Single(c => c.Series.Count > 0).Series.ShouldBe([series]);
        told.Count.ShouldBeLessThan(10);
    }
}
