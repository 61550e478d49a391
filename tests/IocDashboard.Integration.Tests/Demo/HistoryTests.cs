using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Demo;

/// <summary>One centre whose database was filled with illustrative history; its simulated agencies are silent, for they have no address to call.</summary>
public sealed class FilledCentre : IAsyncLifetime
{
    public IocHost Host { get; private set; } = null!;
    public CatalogueSnapshot Catalogue => Host.Services.GetRequiredService<CatalogueCache>().Current;

    public async ValueTask InitializeAsync() => Host = await IocHost.StartAsync(new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Demo"] = "true", ["Ioc:SimulateAgencies"] = "false" },
    });

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public async Task<T> AskAsync<T>(string sql)
    {
        await using var command = Host.Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}

[CollectionDefinition(nameof(FilledCentre))]
public sealed class FilledCentreTests : ICollectionFixture<FilledCentre>;

[Collection(nameof(FilledCentre))]
public sealed class HistoryTests(FilledCentre centre)
{
    [Fact]
    public async Task EveryRow_FollowsFromTheEvents()
    {
        var (submissions, measurements) = await Ledger.ShouldAgreeAsync(centre.Host.Services);
        submissions.ShouldBeGreaterThan(10_000);
        measurements.ShouldBeInRange(50_000, 400_000);
        (await centre.AskAsync<long>("select count(*) from ioc.observation")).ShouldBeInRange(400_000, 900_000);
    }

    [Fact]
    public async Task EverySeries_HasACurrentValue() =>
        (await centre.AskAsync<long>("select count(*) from ioc.series where id not in (select series_id from ioc.current_value)")).ShouldBe(0);

    [Fact]
    public async Task Sequences_HaveNoGapsAndTheNextOneIsFree()
    {
        (await centre.AskAsync<bool>("select max(seq_id) = count(*) from history.mt_events")).ShouldBeTrue();
        (await centre.AskAsync<bool>("select (select last_value from history.mt_events_sequence) = (select max(seq_id) from history.mt_events)")).ShouldBeTrue();
    }

    [Fact]
    public async Task Reports_AreMostlyOnTimeAndSomeAreMissingNow()
    {
        (await centre.AskAsync<decimal>("select avg((submitted_at is not null and submitted_at <= due_at)::int) from ioc.report where due_at < now()")).ShouldBeInRange(0.88m, 0.97m);
        (await centre.AskAsync<long>("select count(*) from ioc.report where due_at < now() and submitted_at is null and state <> 5")).ShouldBeInRange(1, 40);
        (await centre.AskAsync<long>("select count(*) from ioc.report where state = 3")).ShouldBeGreaterThan(0);
        (await centre.AskAsync<long>("select count(*) from ioc.report where due_at < now() and submitted_at is null and overdue_since is distinct from due_at")).ShouldBe(0);
    }

    [Fact]
    public async Task Reports_CoverEveryPeriodSinceTheAssignment()
    {
        var time = centre.Host.Services.GetRequiredService<ProvinceTime>();
        foreach (var form in centre.Catalogue.FormList.Where(f => f.Rhythm is Rhythm.Daily or Rhythm.Quarterly))
        {
            await using var command = centre.Host.Database.CreateCommand("select period from ioc.report where form = $1");
            command.Parameters.Add(new() { Value = form.Code });
            var known = new HashSet<string>(StringComparer.Ordinal);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) known.Add(reader.GetString(0));
            var period = ReportingPeriod.Containing(form.Rhythm, form.AssignedFrom);
            if (period.FirstDay < form.AssignedFrom) period = period.Next;
            for (; time.StartOf(period.FirstDay) < TimeProvider.System.GetUtcNow(); period = period.Next) known.ShouldContain(period.ToString());
        }
    }

    [Fact]
    public async Task Values_AreInsideTheirPlausibleRange()
    {
        foreach (var indicator in centre.Catalogue.IndicatorList)
        {
            // The range is that of the whole: a part of a sum may be smaller than the least total.
            var parts = indicator.Aggregation == Aggregation.Sum ? "s.area = 'QNM' and" : "";
            await using var command = centre.Host.Database.CreateCommand($"""
                select count(*) from ioc.observation o join ioc.series s on s.id = o.series_id
                where {parts} s.indicator = $1 and (o.value < $2 or o.value > $3 or scale(trim_scale(o.value)) > $4)
                """);
            command.Parameters.AddRange((NpgsqlParameter[])
            [
                new() { Value = indicator.Code }, new() { Value = indicator.PlausibleMin }, new() { Value = indicator.PlausibleMax }, new() { Value = indicator.Decimals },
            ]);
            ((long)(await command.ExecuteScalarAsync())!).ShouldBe(0, indicator.Code);
        }
    }

    [Fact]
    public async Task Province_IsTheSumOfItsParts() =>
        // As each period was first reported: a later correction of one part is a revision of its own.
        (await centre.AskAsync<long>("""
            with first as (
                select s.indicator, s.area, o.time_key, (array_agg(o.value order by o.seq))[1] as value
                from ioc.observation o join ioc.series s on s.id = o.series_id
                join ioc.catalogue_item i on i.stream = 'indicator/' || s.indicator
                where i.body->>'Aggregation' = 'Sum' and i.body->>'Breakdown' in ('District', 'Agency') and o.rhythm <> 'I'
                group by 1, 2, 3)
            select count(*) from (
                select from first group by indicator, time_key
                having sum(value) filter (where area = 'QNM') <> coalesce(sum(value) filter (where area <> 'QNM'), 0)) as wrong
            """)).ShouldBe(0);

    [Fact]
    public async Task YearToDate_NeverFallsWithinItsYear() =>
        (await centre.AskAsync<long>("""
            with first as (
                select o.series_id, o.time_key, (array_agg(o.value order by o.seq))[1] as value
                from ioc.observation o join ioc.series s on s.id = o.series_id
                where s.indicator in ('NS01', 'NS02', 'NS03', 'NS04', 'DT01', 'DT02', 'KT02', 'GT02', 'TT17', 'TT18', 'LX02') and s.area = 'QNM'
                group by 1, 2),
            steps as (
                select value, lag(value) over w as before, time_key, lag(time_key) over w as before_key
                from first window w as (partition by series_id order by time_key))
            select count(*) from steps
            where value < before
                and extract(isoyear from time_key at time zone 'Asia/Ho_Chi_Minh') = extract(isoyear from before_key at time zone 'Asia/Ho_Chi_Minh')
                and extract(year from time_key at time zone 'Asia/Ho_Chi_Minh') = extract(year from before_key at time zone 'Asia/Ho_Chi_Minh')
            """)).ShouldBe(0);

    [Fact]
    public void CurrentFigures_AreMostlyInOrderWithSomeOutsideTheirLimits()
    {
        var board = centre.Host.Services.GetRequiredService<LiveBoard>().Current;
        var abnormal = board.Figures.Values.Count(f => f.Severity != IocDashboard.Domain.Alerts.Severity.Normal) / (double)board.Figures.Count;
        abnormal.ShouldBeInRange(0.02, 0.35);
    }

    [Fact]
    public async Task BoardOfThePast_OnAnyOfTheLastSevenDays_HasItsHourlySourcesLive()
    {
        var now = await LoadedAtAsync();
        for (var back = TimeSpan.FromHours(1); back <= TimeSpan.FromDays(7); back += TimeSpan.FromHours(23.3))
        {
            var board = await AsOfAsync(now - back);
            board.Feeds.Values.Where(f => f.Feed.Rhythm == Rhythm.Hourly && f.State != FeedState.Live).Select(f => f.Feed.Code).ShouldBeEmpty($"{back} ago");
            Behind(board, Rhythm.Hourly).ShouldBeEmpty($"{back} ago");
        }
    }

    [Fact]
    public async Task BoardOfThePast_WithinTwoDays_HasItsQuickSourcesLiveButForAFewOutages()
    {
        var now = await LoadedAtAsync();
        var (looks, outages) = (0, 0);
        for (var back = TimeSpan.FromMinutes(2); back < TimeSpan.FromHours(48); back += TimeSpan.FromMinutes(47), looks++)
        {
            var board = await AsOfAsync(now - back);
            var away = board.Feeds.Values.Where(f => f.State != FeedState.Live).Select(f => f.Feed.Code).ToHashSet(StringComparer.Ordinal);
            away.Count.ShouldBeLessThanOrEqualTo(1, $"{back} ago");
            var agencies = away.Select(f => board.Catalogue.Feeds[f].Agency).ToHashSet(StringComparer.Ordinal);
            Behind(board, Rhythm.Realtime).Where(f => !agencies.Contains(f.Indicator.Agency)).Select(f => f.Indicator.Code).ShouldBeEmpty($"{back} ago");
            outages += away.Count;
        }

        outages.ShouldBeLessThan(looks / 5);
        (await EventsAsync("feed_fell_late")).ShouldBeInRange(3, 8);
        (await EventsAsync("feed_resumed")).ShouldBe(await EventsAsync("feed_fell_late"));
    }

    [Fact]
    public async Task BoardOfThePast_KeptInCoarserSteps_ShowsNoOutageThatNeverWas()
    {
        var now = await LoadedAtAsync();
        // The finer part, with its outages, begins at a full hour: up to an hour before two days ago.
        foreach (var days in new[] { 2.05, 2.5, 3.7, 7.3, 8.02, 8.5, 20.3, 100.6, 400.2, 650.9 })
        {
            var board = await AsOfAsync(now.AddDays(-days));
            board.Feeds.Count.ShouldBe(board.Catalogue.FeedList.Length);
            board.Feeds.Values.Where(f => f.State != FeedState.Live).Select(f => f.Feed.Code).ShouldBeEmpty($"{days} days ago");
            Behind(board, Rhythm.Hourly).Concat(Behind(board, Rhythm.Realtime)).Select(f => f.Indicator.Code).ShouldBeEmpty($"{days} days ago");
        }
    }

    private Task<BoardState> AsOfAsync(DateTimeOffset at) => centre.Host.Services.GetRequiredService<AsOfBoards>().ReadAsync(at, CancellationToken.None);

    private async Task<DateTimeOffset> LoadedAtAsync() => new(await centre.AskAsync<DateTime>("select max(last_received_at) from ioc.feed_state"));

    /// <summary>Of the history alone: since it ended nobody reports, and the sweeps say so.</summary>
    private Task<long> EventsAsync(string type) => centre.AskAsync<long>(
        $"select count(*) from history.mt_events where type = '{type}' and timestamp <= (select max(last_received_at) from ioc.feed_state)");

    private static IEnumerable<Figure> Behind(BoardState board, Rhythm rhythm) =>
        board.Figures.Values.Where(f => f.Indicator.Rhythm == rhythm && f.AgeAt(board.AsOf!.Value) is (AgeClass.Late or AgeClass.Lost));

    [Fact]
    public async Task Illustrative_IsMarked() =>
        (await centre.AskAsync<string>("select value from ioc.installation where key = 'illustrative'")).ShouldBe("true");
}
