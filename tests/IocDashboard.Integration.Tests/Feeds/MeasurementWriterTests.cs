using System.Collections.Immutable;
using System.Net;
using System.Text;
using IocDashboard.Domain.Feeds;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Feeds;

public sealed class MeasurementWriterTests(Centre centre)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task CallsTogether_WithOneThatCannotBeWritten_FailThatOneAlone()
    {
        var queue = new MeasurementQueue();
        // No text of PostgreSQL holds this character: the database refuses the whole transaction.
        var calls = new[] { Call(1), Call(2, "NO\0FEED"), Call(3) };
        foreach (var call in calls) queue.TryAdd(call).ShouldBeTrue();
        using var writer = ActivatorUtilities.CreateInstance<MeasurementWriter>(centre.Host.Services, queue);

        await writer.StartAsync(CancellationToken.None);

        (await calls[0].Written.WaitAsync(Patience)).ShouldBe((1, 0));
        (await calls[2].Written.WaitAsync(Patience)).ShouldBe((1, 0));
        (await Should.ThrowAsync<PostgresException>(calls[1].Written.WaitAsync(Patience))).SqlState.ShouldBe(PostgresErrorCodes.CharacterNotInRepertoire);
        await writer.StopAsync(CancellationToken.None);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    /// <summary>What the driver was preparing when a statement failed is not taken for prepared by the next call. On connections that nothing was prepared on.</summary>
    [Fact]
    public async Task Call_AfterOthersThatFailed_IsWritten_HoweverOftenTheyDo()
    {
        for (var before = 1; before <= 6; before++)
        {
            await using var node = await IocHost.StartAsync(new() { ConnectionString = centre.Host.ConnectionString, Started = false });
            await node.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None);
            var transaction = ActivatorUtilities.CreateInstance<MeasurementTransaction>(node.Services);
            for (var i = 0; i < before; i++) (await transaction.RunAsync([Call((1_000 * before) + i)])).ShouldBe([(1, 0)]);
            for (var i = 0; i < 6; i++)
            {
                (await Should.ThrowAsync<PostgresException>(transaction.RunAsync([Call(200), Call(201, "NO\0FEED")]))).SqlState.ShouldBe(PostgresErrorCodes.CharacterNotInRepertoire);
                (await transaction.RunAsync([Call((1_000 * before) + 100 + i)])).ShouldBe([(1, 0)]);
            }
        }

        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task CallsTogether_AreOneTransactionAndOneEvent()
    {
        var queue = new MeasurementQueue();
        var calls = Enumerable.Range(10, 30).Select(i => Call(i)).ToList();
        foreach (var call in calls) queue.TryAdd(call).ShouldBeTrue();
        using var writer = ActivatorUtilities.CreateInstance<MeasurementWriter>(centre.Host.Services, queue);

        await writer.StartAsync(CancellationToken.None);
        await Task.WhenAll(calls.Select(c => c.Written)).WaitAsync(Patience);
        await writer.StopAsync(CancellationToken.None);

        await using var command = centre.Host.Database.CreateCommand(
            "select count(distinct seq) from observation where time_key = any($1) and series_id = $2 and rhythm = 'I'");
        command.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = calls.Select(c => c.Measurements[0].At).ToArray() }, new() { Value = calls[0].Series[0] } });
        (await command.ExecuteScalarAsync()).ShouldBe(1L);
        await Ledger.ShouldAgreeAsync(centre.Host.Services);
    }

    [Fact]
    public async Task Queue_Full_TurnsCallsAway()
    {
        var queue = new MeasurementQueue();
        var one = Call(100);
        var large = new QueuedCall(one.Feed, one.Series, [.. Enumerable.Repeat(one.Measurements[0], 150_000)], "test", Centre.Now);

        queue.TryAdd(large).ShouldBeTrue();
        queue.TryAdd(large).ShouldBeFalse();
        queue.TryAdd(one).ShouldBeTrue();

        (await queue.TakeAsync(CancellationToken.None)).ShouldBe([large]);
        queue.TryAdd(large).ShouldBeTrue();
        for (var i = 0; i < 1998; i++) queue.TryAdd(one).ShouldBeTrue();
        queue.TryAdd(one).ShouldBeFalse();
    }

    [Fact]
    public async Task Writer_HeldUp_Answers429AndLosesNothing()
    {
        // A centre of its own: the others' calls would be turned away as well.
        await using var held = new Centre();
        await held.InitializeAsync();
        var feed = held.Catalogue.FeedList[^2];
        var (indicator, area) = (feed.Indicators[0].Code, feed.Indicators[0].Areas[0]);
        await using var connection = await held.Host.Database.OpenConnectionAsync();
        await using var hold = await connection.BeginTransactionAsync();
        await using (var batch = new NpgsqlBatch(connection, hold) { BatchCommands = { WriteLock.Take(WriteLock.OfFeed(feed.Code)) } }) await batch.ExecuteNonQueryAsync();

        var calls = Enumerable.Range(0, 24).Select(call =>
        {
            var lines = new StringBuilder();
            for (var i = 0; i < 10_000; i++)
                lines.Append($"{{\"indicator\":\"{indicator}\",\"area\":\"{area}\",\"at\":\"{Centre.Now.AddDays(-1).AddMilliseconds((call * 10_000) + i):O}\",\"value\":{held.Plausible(indicator)}}}\n");
            return held.PostAsync($"/api/v1/feeds/{feed.Code}/measurements", lines.ToString(), feed.Agency, "application/x-ndjson");
        }).ToList();
        var first = await (await Task.WhenAny(calls));
        first.ShouldBeProblem(429, " too-many-requests").RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        await hold.CommitAsync();
        var answers = await Task.WhenAll(calls);

        answers.Where(a => a.Status != HttpStatusCode.TooManyRequests).ShouldAllBe(a => a.Text == "{\"accepted\":10000,\"duplicates\":0}");
    }

    private QueuedCall Call(int second, string? code = null)
    {
        var feed = centre.Catalogue.FeedList[0];
        if (code is not null) feed = feed with { Code = code };
        var (indicator, area) = (feed.Indicators[0].Code, feed.Indicators[0].Areas[0]);
        var measurement = new Measurement(indicator, area, Centre.Now.AddHours(-30).AddSeconds(second), centre.Plausible(indicator));
        return new(feed, [centre.Catalogue.SeriesByKey[(indicator, area)].Id], ImmutableArray.Create(measurement), "test", Centre.Now);
    }
}
