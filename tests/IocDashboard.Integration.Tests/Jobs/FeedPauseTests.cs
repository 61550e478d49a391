using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Feeds;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>A source that is silent on purpose, on two nodes: its rule allows 5 minutes, and 20 until it is lost.</summary>
public sealed class FeedPauseTests : IAsyncLifetime
{
    private const string Feed = "PCQN-RT", Stream = Feed + "/2026-11-23";

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);
    private static readonly AuditActor Minh = new(AuditActor.Person, "minh", "IOC", null, null);

    private readonly FakeTimeProvider _clock = new(Start);
    private IocHost _host = null!, _second = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        _second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Window_BreaksNoRule_AndAfterItTheRuleCountsFromItsEnd_OnceOnTwoNodes()
    {
        await MeasureAsync(0);
        GoTo(1);
        (await PauseAsync(from: 2, until: 60)).ShouldBeEmpty();

        foreach (var (minute, state, since) in new[] { (1, FeedState.Live, 0), (2, FeedState.Paused, 2), (59, FeedState.Paused, 2), (60, FeedState.Live, 60), (64, FeedState.Live, 60) })
        {
            GoTo(minute);
            await SweepEverywhereAsync();
            (await HealthAsync()).ShouldBe((state, Minute(since)), $"at minute {minute}");
            (await ListedAsync("paused")).ShouldBe(state == FeedState.Paused, $"at minute {minute}");
        }

        GoTo(93);
        await SweepEverywhereAsync();

        (await HealthAsync()).ShouldBe((FeedState.Lost, Minute(80)));
        (await _host.EventsAsync(Stream)).Where(e => e is not MeasurementsReceived).ShouldBe(
        [
            new FeedPaused(Feed, Minute(2), Minute(60), PauseKind.Maintenance, "Nâng cấp máy chủ", "minh", Minute(1)) { ShortNotice = true },
            new FeedFellLate(Feed, Minute(65), Minute(93)), new FeedWasLost(Feed, Minute(80), Minute(93)),
        ]);
        var entry = (await _host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.FeedPaused, null, null, null), null, 10, default)).ShouldHaveSingleItem();
        (entry.Subject, entry.Actor.Name).ShouldBe((Feed, "minh"));
        entry.After.ShouldNotBeNull().ShouldContain("Nâng cấp máy chủ");
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task Measurement_InTheWindow_IsTakenIn_AndTheFeedIsLiveAfterIt()
    {
        GoTo(30);
        await SweepEverywhereAsync();
        (await PauseAsync(from: null, until: 60)).ShouldBeEmpty();
        GoTo(58);
        await MeasureAsync(57);

        (await HealthAsync()).State.ShouldBe(FeedState.Paused);
        GoTo(62);
        await SweepEverywhereAsync();
        (await HealthAsync()).ShouldBe((FeedState.Live, Minute(60)));
        GoTo(70);
        await SweepEverywhereAsync();
        (await HealthAsync()).ShouldBe((FeedState.Late, Minute(65)));
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task Windows_StatedOnTwoNodesAtOnce_FollowOneAnother_AndOneHolds()
    {
        await MeasureAsync(0);
        GoTo(1);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PauseAsync(from: 10 + i, until: 60 + i, on: i % 2 == 0 ? _host : _second)));

        refusals.ShouldAllBe(r => r.IsEmpty);
        (await CountAsync("select count(*)::int from feed_pause where feed = 'PCQN-RT'")).ShouldBe(8);
        (await CountAsync("select count(*)::int from feed_pause p join feed_state s using (feed) where ended_at is null and until = (s.pauses -> 0 ->> 'Until')::timestamptz")).ShouldBe(1);
        (await CountAsync("select count(*)::int from feed_pause where ended_at is null")).ShouldBe(1);
        var events = await _host.EventsAsync(Stream);
        (events.OfType<FeedPaused>().Count(), events.OfType<FeedPauseEnded>().Count()).ShouldBe((8, 7));

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? _host : _second).Services.GetRequiredService<PauseFeedHandler>().End(Feed, Minh, default)));
        ends.Count(e => e.IsEmpty).ShouldBe(1);
        ends.SelectMany(e => e).Select(e => e.Code).Distinct().ShouldBe([PauseCodes.NotPaused]);
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task Past_IsShownAsItWasKnown_AndAsItWasLive()
    {
        await MeasureAsync(0);
        var live = new Dictionary<int, FeedState>();
        for (var minute = 1; minute <= 100; minute++)
        {
            GoTo(minute);
            if (minute == 12) (await PauseAsync(from: 19, until: 90)).ShouldBeEmpty();
            if (minute == 40) (await _host.Services.GetRequiredService<PauseFeedHandler>().End(Feed, Minh, default)).ShouldBeEmpty();
            live[minute] = (await HealthAsync()).State;
        }

        (live[4], live[5], live[18], live[19], live[39], live[40], live[59], live[60]).ShouldBe((
            FeedState.Live, FeedState.Late, FeedState.Late, FeedState.Paused, FeedState.Paused, FeedState.Late, FeedState.Late, FeedState.Lost));
        foreach (var minute in new[] { 4, 5, 11, 12, 18, 19, 39, 40, 59, 60, 90, 100 })
        {
            var at = Minute(minute);
            var shown = (await _second.Services.GetRequiredService<AsOfBoards>().ReadAsync(at, default)).Feeds[Feed];
            shown.StateAt(at).ShouldBe(live[minute], $"at minute {minute}");
            (shown.PauseAt(at) is { } known ? known.Until : (DateTimeOffset?)null).ShouldBe(minute is >= 12 and < 40 ? Minute(90) : null, $"at minute {minute}");
        }
    }

    [Fact]
    public async Task Window_ThatIsNone_OrOfNoSource_IsRefused_AndNothingIsKept()
    {
        (await PauseAsync(from: 10, until: 5)).Single().Code.ShouldBe(PauseCodes.EndsBeforeItBegins);
        var pauses = _host.Services.GetRequiredService<PauseFeedHandler>();
        (await pauses.Pause("NOSUCH-H", null, Minute(10), PauseKind.Pause, "x", Minh, default)).Single().Code.ShouldBe("unknown-feed");
        (await pauses.End(Feed, Minh, default)).Single().Code.ShouldBe(PauseCodes.NotPaused);

        (await CountAsync("select (select count(*) from feed_pause)::int + (select count(*) from audit_entry where action like 'feed-pause%')::int")).ShouldBe(0);
    }

    private Task<System.Collections.Immutable.ImmutableArray<IocDashboard.Domain.Reporting.JudgementError>> PauseAsync(int? from, int until, IocHost? on = null) =>
        (on ?? _host).Services.GetRequiredService<PauseFeedHandler>().Pause(
            Feed, from is { } minute ? Minute(minute) : null, Minute(until), PauseKind.Maintenance, "Nâng cấp máy chủ", Minh, default);

    private void GoTo(int minute) => _clock.Advance(Minute(minute) - _clock.GetUtcNow());

    private Task SweepEverywhereAsync() => Task.WhenAll(Enumerable.Range(0, 4).Select(i => (i % 2 == 0 ? _host : _second).SweepFeedsAsync()));

    private async Task MeasureAsync(int minute)
    {
        var call = new ReceiveMeasurements(Feed, "PCQN", "test", [new SubmittedMeasurement(0, "CN06", "QNM", Minute(minute), 300m)], [], _clock.GetUtcNow());
        (await _host.Services.GetRequiredService<ReceiveMeasurementsHandler>().Handle(call, CancellationToken.None)).ShouldBe(new MeasurementsOutcome.Received(1, 0));
    }

    private async Task<(FeedState State, DateTimeOffset Since)> HealthAsync()
    {
        var health = (await _host.Services.GetRequiredService<FindFeeds>().Handle(CancellationToken.None))[Feed].At(_clock.GetUtcNow());
        return (health.State, health.Since);
    }

    /// <summary>Whether the public interface lists the source in that state.</summary>
    private async Task<bool> ListedAsync(string state)
    {
        _token ??= (await _host.Services.GetRequiredService<MachineKeys>().AddAsync("PCQN", [KeyScopes.Read], null, "test")).Token;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/feeds?state=" + state);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        using var response = await _second.Client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!["items"]!.AsArray().Any(i => (string?)i!["code"] == Feed && (string?)i["state"] == state);
    }

    private string? _token;

    private async Task<int> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);
}
