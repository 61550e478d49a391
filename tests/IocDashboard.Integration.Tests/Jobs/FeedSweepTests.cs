using IocDashboard.Domain.Feeds;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

public sealed class FeedSweepTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobCalls.StartAtRestAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Feed_ThatNeverSpoke_IsLateThenLostByItsOwnRule()
    {
        // stale=PT5M, counted from its registration at the start.
        await GoToAsync(Start.AddMinutes(4).AddSeconds(59));
        (await StateAsync("PCQN-RT")).ShouldBe((FeedState.Live, Start));

        await GoToAsync(Start.AddMinutes(7));
        (await StateAsync("PCQN-RT")).ShouldBe((FeedState.Late, Start.AddMinutes(5)));
        (await StateAsync("DKTTV-H")).State.ShouldBe(FeedState.Live, "an hourly feed has until half past the next hour");

        await GoToAsync(Start.AddMinutes(33));
        (await StateAsync("PCQN-RT")).ShouldBe((FeedState.Lost, Start.AddMinutes(20)));
        await _host.SweepFeedsAsync();
        (await EventsAsync("PCQN-RT")).ShouldBe(
        [
            new FeedFellLate("PCQN-RT", Start.AddMinutes(5), Start.AddMinutes(7)), new FeedWasLost("PCQN-RT", Start.AddMinutes(20), Start.AddMinutes(33)),
        ]);
    }

    [Fact]
    public async Task Feed_FoundSilentOnlyWhenLost_HasBothTransitionsAtTheirInstants()
    {
        await GoToAsync(Start.AddHours(2));

        (await EventsAsync("PCQN-RT")).ShouldBe(
        [
            new FeedFellLate("PCQN-RT", Start.AddMinutes(5), Start.AddHours(2)), new FeedWasLost("PCQN-RT", Start.AddMinutes(20), Start.AddHours(2)),
        ]);
    }

    [Fact]
    public async Task HourlyFeed_IsDueHalfAnHourAfterTheNextHour()
    {
        await MeasureAsync("NN04", "SNNPTNT-H", Start.AddMinutes(-5));

        await GoToAsync(new DateTimeOffset(2026, 11, 23, 4, 29, 59, TimeSpan.Zero));
        (await StateAsync("SNNPTNT-H")).State.ShouldBe(FeedState.Live);
        await GoToAsync(new DateTimeOffset(2026, 11, 23, 4, 31, 0, TimeSpan.Zero));
        (await StateAsync("SNNPTNT-H")).ShouldBe((FeedState.Late, new DateTimeOffset(2026, 11, 23, 4, 30, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Feed_ThatSpeaksAgain_IsLive()
    {
        await GoToAsync(Start.AddMinutes(7));
        await MeasureAsync("CN06", "PCQN-RT", Start.AddMinutes(6));

        (await StateAsync("PCQN-RT")).ShouldBe((FeedState.Live, Start.AddMinutes(7)));
        (await _host.SweepFeedsAsync()).ShouldBe(0);

        await GoToAsync(Start.AddMinutes(12));
        (await StateAsync("PCQN-RT")).ShouldBe((FeedState.Late, Start.AddMinutes(11)));
    }

    [Fact]
    public async Task Feed_SweptByTwoNodesAtOnce_IsLateOnce()
    {
        await using var second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        _clock.Advance(TimeSpan.FromMinutes(90));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? _host : second).SweepFeedsAsync()));

        await using var command = _host.Database.CreateCommand(
            "select count(*)::int, count(distinct (data ->> 'Feed'))::int from history.mt_events where type = 'feed_fell_late'");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        reader.GetInt32(0).ShouldBe(reader.GetInt32(1));
        reader.GetInt32(0).ShouldBeGreaterThan(5);
    }

    private async Task GoToAsync(DateTimeOffset instant)
    {
        _clock.Advance(instant - _clock.GetUtcNow());
        await _host.SweepFeedsAsync();
    }

    private async Task MeasureAsync(string indicator, string feed, DateTimeOffset at)
    {
        var call = new ReceiveMeasurements(feed, feed.Split('-')[0], "test", [new SubmittedMeasurement(0, indicator, "QNM", at, 300m)], [], _clock.GetUtcNow());
        (await _host.Services.GetRequiredService<ReceiveMeasurementsHandler>().Handle(call, CancellationToken.None)).ShouldBe(new MeasurementsOutcome.Received(1, 0));
    }

    private async Task<(FeedState State, DateTimeOffset Since)> StateAsync(string feed)
    {
        var health = (await _host.Services.GetRequiredService<FindFeeds>().Handle(CancellationToken.None))[feed];
        return (health.State, health.Since);
    }

    private async Task<IReadOnlyList<object>> EventsAsync(string feed) => await _host.EventsAsync(feed + "/2026-11-23");
}
