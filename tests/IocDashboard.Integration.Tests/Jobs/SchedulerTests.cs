using System.Diagnostics;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>The scheduler itself, running, on two nodes over one database.</summary>
public sealed class SchedulerTests
{
    // When daily reports of Thursday the 26th are due.
    private static readonly DateTimeOffset Due = new(2026, 11, 27, 1, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Deadlines_WithTwoNodesAndARestart_AreFlaggedOnceAndWithinASecond()
    {
        var clock = new ShiftedClock(Due.AddSeconds(-25));
        // From the month's first day on: by itself a centre asks only for what is still running when it begins.
        await using var first = await IocHost.StartAsync(new() { Time = clock, Services = services => services.AddSingleton(new FirstAssignment(MonthsBefore: 0)) });
        await using var second = await IocHost.StartAsync(new() { Time = clock, ConnectionString = first.ConnectionString });
        await WaitAsync(async () => await CountAsync(first, "select count(*)::int from report") > 100, "obligations are opened at start");
        await WaitAsync(async () => clock.GetUtcNow() > Due.AddSeconds(2), "the deadline passes");
        await WaitAsync(async () => await CountAsync(first, $"select count(*)::int from report where due_at = '{Due:O}' and overdue_since is null") == 0, "every report is flagged");

        var found = (await first.EventsAsync("SYT-D/SYT/2026-11-26")).OfType<ReportFellOverdue>().ShouldHaveSingleItem();
        found.At.ShouldBe(Due);
        TestContext.Current.TestOutputHelper?.WriteLine($"found {(found.FoundAt - found.At).TotalMilliseconds} ms after the deadline");
        (found.FoundAt - found.At).ShouldBeLessThan(TimeSpan.FromSeconds(5), "a second on a quiet machine");

        await using var third = await IocHost.StartAsync(new() { Time = clock, ConnectionString = first.ConnectionString });
        await Task.Delay(TimeSpan.FromSeconds(3));
        (await CountAsync(first, "select count(*)::int - count(distinct stream_id)::int from history.mt_events where type = 'report_fell_overdue'")).ShouldBe(0);
        (await CountAsync(first, "select count(*)::int - count(distinct stream_id)::int from history.mt_events where type = 'report_opened'")).ShouldBe(0);
    }

    [Fact]
    public async Task Jobs_OfTheSchedule_AreAllInTheStore()
    {
        await using var host = await IocHost.StartAsync();
        await WaitAsync(async () => await CountAsync(host, "select count(*)::int from quartz.qrtz_triggers where job_name like '%-%'") >= 5, "the schedule is stored");

        await using var command = host.Database.CreateCommand("select array_agg(distinct job_name order by job_name) from quartz.qrtz_job_details");
        ((string[])(await command.ExecuteScalarAsync())!).ShouldBe(["apply-decisions", "close-unused-accounts", "ensure-partitions", "open-obligations", "post-notices", "prune-changes", "read-bounces", "send-letters", "sweep-data-requests", "sweep-feeds", "sweep-overdue", "take-steps"]);
    }

    [Fact]
    public async Task Changes_OlderThanTwoDays_ArePruned()
    {
        // Not started: the job itself runs at a start and would prune them first.
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
        await CountAsync(host, "insert into change (at) select now() - interval '3 days' from generate_series(1, 25000) returning 0");
        await CountAsync(host, "insert into change (at) select now() - interval '1 day' from generate_series(1, 10) returning 0");

        var dropped = await host.Services.GetRequiredService<PruneChanges>().Handle(CancellationToken.None);

        dropped.ShouldBe(25_000);
        (await CountAsync(host, "select count(*)::int from change where at < now() - interval '2 days'")).ShouldBe(0);
        (await CountAsync(host, "select count(*)::int from change where at < now() - interval '23 hours'")).ShouldBe(10);
    }

    private static async Task WaitAsync(Func<Task<bool>> until, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await until())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(90)) Assert.Fail("Waited in vain: " + what);
            await Task.Delay(100);
        }
    }

    private static async Task<int> CountAsync(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
