using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Obligations;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// A centre with so many obligations of sixty agencies, each with the four steps of its ladder: half lie ahead, two hours or more; of the
/// past ones a tenth is overdue, the others were submitted.
/// </summary>
internal sealed class ObligationStage : IAsyncDisposable
{
    /// <summary>How many fall due, or have a step that is due, at a time.</summary>
    public const int Due = 100;

    private readonly CentreDatabase _database;
    private readonly IocHost _host;
    private readonly SweepReports _sweep;
    private readonly TakeSteps _take;
    private readonly PlanSteps _plan;

    private ObligationStage(CentreDatabase database, IocHost host)
    {
        (_database, _host) = (database, host);
        _sweep = host.Services.GetRequiredService<SweepReports>();
        _take = host.Services.GetRequiredService<TakeSteps>();
        _plan = host.Services.GetRequiredService<PlanSteps>();
    }

    public static async Task<ObligationStage> CreateAsync(BenchmarkContext context, int count)
    {
        var database = await CentreDatabase.CreateAsync(context.Postgres, []);
        await database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, lock_at, state, punctuality, overdue_since, submitted_at, updated_at, ladder_at)
            select form || '/' || form || '/' || period, form, form, period, due - interval '1 day', due - interval '1 day', due - interval '1 day', due, now() + interval '1 year',
                   case when due > now() or overdue then 0 else 2 end, case when due > now() then 0 when overdue then 3 else 1 end,
                   case when due <= now() and overdue then due end, case when due <= now() and not overdue then due end, now(), now()
            from (select 'F' || n % 60 as form, to_char(date '1950-01-01' + n / 60, 'YYYY-MM-DD') as period,
                         now() + (n - {count / 2}) * (interval '200 days' / {count}) + interval '3 hours' * sign(n - {count / 2}) as due, n % 10 = 0 as overdue
                  from generate_series(1, {count}) n) o
            """));
        await database.ExecuteAsync("""
            insert into report_step (report, step, at, audiences, done_at, outcome)
            select id, step, due_at + after, audiences::smallint[], case when due_at <= now() then due_at + after end, case when due_at <= now() then 1 end
            from report, (values ('remind', interval '-1 hour', '{0}'), ('due', interval '0', '{1,2}'), ('centre', interval '1 day', '{3}'), ('office', interval '3 days', '{4}')) s (step, after, audiences)
            """);
        foreach (var table in new[] { "report", "report_step" }) await database.ExecuteAsync("vacuum analyze " + table);
        return new(database, await database.OpenAsync());
    }

    /// <summary>Lets 100 deadlines pass and returns how many milliseconds the sweep took that recorded them.</summary>
    public async Task<double> SweepAsync()
    {
        await _database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            update report set due_at = now() - random() * interval '1 second'
            where id in (select id from report where due_at > now() and overdue_since is null and submitted_at is null order by due_at limit {Due})
            """));
        return await TimeAsync("reports fell overdue", () => _sweep.Handle(TimeSpan.Zero, CancellationToken.None));
    }

    /// <summary>Lets the instants of 100 steps come and returns how many milliseconds it took to tell.</summary>
    public async Task<double> TakeAsync()
    {
        await _database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            update report_step set at = now() - random() * interval '1 second'
            where (report, step) in (select report, step from report_step where done_at is null and at > now() order by at limit {Due})
            """));
        return await TimeAsync("steps were taken", () => _take.Handle(TimeSpan.Zero, CancellationToken.None));
    }

    /// <summary>Takes the plan of 100 reports away, as of newly opened ones, and returns how many milliseconds it took to lay their steps out.</summary>
    public async Task<double> PlanAsync()
    {
        await _database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            with opened as (select id from report where due_at > now() + interval '1 day' and overdue_since is null and submitted_at is null order by due_at limit {Due}),
                 unplanned as (update report set ladder_at = null from opened where report.id = opened.id)
            delete from report_step using opened where report = id
            """));
        return await TimeAsync("reports were planned", () => _plan.Handle(CancellationToken.None));
    }

    /// <summary>Before the first measurement: whatever an earlier one left.</summary>
    public async Task RestAsync()
    {
        await _sweep.Handle(TimeSpan.Zero, CancellationToken.None);
        await _take.Handle(TimeSpan.Zero, CancellationToken.None);
        await _plan.Handle(CancellationToken.None);
    }

    /// <summary>The real jobs on the real scheduler, by the machine's clock.</summary>
    public async Task<IScheduler> ScheduleAsync()
    {
        var scheduler = await _host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        await scheduler.Start();
        return scheduler;
    }

    /// <summary>
    /// Lets 100 deadlines, with their step, strike at one instant some seconds ahead, and returns how many milliseconds after it
    /// everybody could see that they are overdue, and that their agencies are told.
    /// </summary>
    public async Task<(double Flagged, double Told)> StrikeAsync(TimeSpan ahead)
    {
        await _database.ExecuteAsync("drop table if exists striking");
        await _database.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            create table striking as select id, now() + interval '{ahead.TotalMilliseconds} milliseconds' as at
            from report where due_at > now() + interval '1 day' and overdue_since is null and submitted_at is null order by due_at limit {Due}
            """));
        await _database.ExecuteAsync("update report set due_at = s.at from striking s where s.id = report.id");
        await _database.ExecuteAsync("update report_step set at = s.at from striking s where s.id = report and step = 'due'");
        var (flagged, told) = (0d, 0d);
        for (var watch = Stopwatch.StartNew(); flagged == 0 || told == 0; await Task.Delay(5))
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException("The scheduler did not take what was due.");
            if (flagged == 0) flagged = await SinceAsync("report r on r.id = s.id and r.overdue_since is not null");
            if (told == 0) told = await SinceAsync("report_step t on t.report = s.id and t.step = 'due' and t.done_at is not null");
        }

        return (flagged, told);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _database.DisposeAsync();
    }

    /// <summary>Milliseconds from the instant to now once all have it, else 0.</summary>
    private async Task<double> SinceAsync(string having)
    {
        await using var command = _database.Rows.CreateCommand($"select case when count(*) = {Due} then extract(epoch from clock_timestamp() - min(s.at)) * 1000 else 0 end::float8 from striking s join {having}");
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<double> TimeAsync(string what, Func<Task<int>> act)
    {
        var watch = Stopwatch.StartNew();
        var found = await act();
        var taken = watch.Elapsed.TotalMilliseconds;
        return found == Due ? taken : throw new InvalidOperationException($"{found} {what}, not {Due}.");
    }
}
