using System.Diagnostics;
using System.Globalization;
using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Scheduling;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>Jobs that fail, hang or are asked for, in the real scheduler over a real database.</summary>
public sealed class JobReportTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Hour = TimeSpan.FromHours(1);
    private static readonly AuditActor Somebody = AuditActor.Itself with { Name = "quan.tri" };

    [Fact]
    public async Task Job_ThatFails_IsTriedAgainBeforeItsNextTime_AndReported()
    {
        var trial = new Trial { Does = (run, _) => run == 1 ? throw new InvalidOperationException("the cable\nis out") : Task.CompletedTask };
        await using var host = await TrialJob.StartAsync(trial, Hour, limit: Hour);
        await TrialJob.ScheduleAsync(host, Hour, after: TimeSpan.Zero);

        var failed = await StateAsync(host, s => s.Last is { Failures: 1 } && s.Attempt == 1);
        failed.Last!.Outcome.ShouldBe(JobOutcome.Failed);
        failed.Last.Error.ShouldBe("InvalidOperationException: the cable is out");
        (failed.NextAt!.Value - failed.Last.EndedAt).ShouldBeInRange(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12));
        failed.Problem.ShouldBeNull("once is no more than a mishap");

        var mended = await StateAsync(host, s => s.Last is { Failures: 0 });
        trial.Runs.ShouldBe(2);
        (mended.Last!.Outcome, mended.Last.FailingSince, mended.Attempt).ShouldBe((JobOutcome.Succeeded, null, 0));
        (mended.Last.Error, mended.Last.FailedAt).ShouldBe((failed.Last.Error, failed.Last.FailedAt), "what it was stays known");
        mended.NextAt!.Value.ShouldBeGreaterThan(mended.Last.EndedAt.AddMinutes(50), "back at its own times");
        (await host.Database.CreateCommand("select count(*)::int from job_run where job = 'trial-job'").ExecuteScalarAsync()).ShouldBe(1);

        var told = (await LogAsync(host, "the cable")).Split('\n').Where(l => l.Contains("the cable", StringComparison.Ordinal)).ToList();
        var error = told.ShouldHaveSingleItem("once, by whoever can name its job");
        error.ShouldContain("\"@l\":\"Error\"");
        error.ShouldContain("trial-job");
        error.ShouldContain("at IocDashboard.Integration.Tests.Jobs.Trial.RunAsync", customMessage: "the trace");
        var metrics = await MetricsAsync(host);
        metrics.ShouldContain("ioc_job_runs_total{job=\"trial-job\",outcome=\"failed\"} 1");
        metrics.ShouldContain("ioc_job_runs_total{job=\"trial-job\",outcome=\"succeeded\"} 1");
        metrics.ShouldContain("ioc_job_failures{job=\"trial-job\"} 0");
    }

    [Fact]
    public async Task Job_ThatKeepsFailing_IsNamedByReadyz_UntilItSucceeds_ItsSecretsAreNot()
    {
        var broken = true;
        var trial = new Trial { Does = (_, _) => broken ? throw new InvalidOperationException("password=hunter2") : Task.CompletedTask };
        var clock = new JumpingClock();
        await using var host = await TrialJob.StartAsync(trial, Second, limit: Hour, clock);
        await TrialJob.ScheduleAsync(host, Second, after: TimeSpan.Zero);
        await StateAsync(host, s => s.Last is { Failures: >= 3 });
        (await ReadyAsync(host)).Jobs.ShouldBeTrue("three failures within a wink");

        clock.Jump(TimeSpan.FromSeconds(31));
        await StateAsync(host, s => s.Problem?.Fault == JobFault.Failing);
        var (code, body, _) = await ReadyAsync(host);
        code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain("trial-job fails: ");
        body.ShouldNotContain("hunter2");
        body.ShouldNotContain("sweep-overdue", customMessage: "the clock's jump is nobody's fault");
        (await MetricsAsync(host)).ShouldContain("ioc_job_problem{job=\"trial-job\"} 1");

        broken = false;
        await StateAsync(host, s => s.Last is { Failures: 0 });
        (await ReadyAsync(host)).Jobs.ShouldBeTrue();
    }

    [Fact]
    public async Task Job_ThatHangs_IsNamedByTheNodeThatRunsIt_AndSeenFromEveryNode()
    {
        var release = new TaskCompletionSource();
        var trial = new Trial { Does = (_, _) => release.Task };
        await using var first = await TrialJob.StartAsync(trial, Second, limit: TimeSpan.FromSeconds(3));
        await using var second = await TrialJob.StartAsync(trial, Second, limit: TimeSpan.FromSeconds(3), connectionString: first.ConnectionString);
        await TrialJob.ScheduleAsync(first, Second, after: TimeSpan.Zero);

        var seen = await StateAsync(first, s => s.Problem?.Fault == JobFault.Stuck);
        await StateAsync(second, s => s.Problem?.Fault == JobFault.Stuck);
        var runsOnFirst = seen.Running!.Node == (await TrialJob.SchedulerAsync(first)).SchedulerInstanceId;
        var (stuck, other) = runsOnFirst ? (first, second) : (second, first);
        var (code, body, _) = await ReadyAsync(stuck);
        code.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldMatch("trial-job is stuck: has run for \\d+ s, its limit is 3 s");
        (await ReadyAsync(other)).Jobs.ShouldBeTrue("the others can serve without it");
        (await RunAsync(other)).ShouldBeOfType<RunJobOutcome.AlreadyRunning>().Run.Node.ShouldBe(seen.Running.Node);

        release.SetResult();
        await StateAsync(stuck, s => s.Problem is null && s.Last is { Outcome: JobOutcome.Succeeded });
        (await ReadyAsync(stuck)).Jobs.ShouldBeTrue();
    }

    [Fact]
    public async Task Job_AskedForOnTwoNodesAtOnce_RunsOnceAtATime_AndBothAreOnTheTrail()
    {
        var trial = new Trial { Does = (_, cancellation) => Task.Delay(1_500, cancellation) };
        await using var first = await TrialJob.StartAsync(trial, Hour, limit: Hour);
        await using var second = await TrialJob.StartAsync(trial, Hour, limit: Hour, connectionString: first.ConnectionString);
        await TrialJob.ScheduleAsync(first, Hour, after: Hour);
        await TrialJob.SchedulerAsync(second);

        var outcomes = await Task.WhenAll(RunAsync(first), RunAsync(second));

        outcomes.Count(o => o is RunJobOutcome.Asked).ShouldBe(1);
        outcomes.ShouldContain(o => o is RunJobOutcome.AlreadyAsked || o is RunJobOutcome.AlreadyRunning);
        var ran = await StateAsync(first, s => s.Last is { Outcome: JobOutcome.Succeeded });
        (trial.Runs, trial.MostAtOnce).ShouldBe((1, 1));
        ran.Last!.Took.ShouldBeInRange(Second, TimeSpan.FromSeconds(10));
        (await StateAsync(second, s => s.Last is not null)).Last.ShouldBe(ran.Last);

        (await RunAsync(second)).ShouldBeOfType<RunJobOutcome.Asked>("the next one may");
        await StateAsync(first, s => s.Last is { } last && last.StartedAt > ran.Last.StartedAt);
        trial.Runs.ShouldBe(2);
        (await RunAsync(first, "no-such-job")).ShouldBeOfType<RunJobOutcome.Unknown>();
        var trail = await first.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.JobRun, null, null, null), null, 10, default);
        trail.Count(e => e.Outcome == AuditOutcome.Refused).ShouldBe(1);
        trail.Count(e => e.Outcome == AuditOutcome.Done).ShouldBeInRange(2, 3, "who lost the race to the store had begun");
        trail.ShouldAllBe(e => e.Subject == "trial-job" && e.Actor.Name == "quan.tri");
    }

    [Fact]
    public async Task Job_WhoseRunCannotBeWritten_Succeeds_AndIsWrittenLater()
    {
        var trial = new Trial { Does = (run, _) => run is 3 or 4 ? throw new InvalidOperationException("out") : run > 4 ? Task.Delay(Timeout.Infinite, CancellationToken.None) : Task.CompletedTask };
        await using var host = await TrialJob.StartAsync(trial, Second, limit: Hour);
        await ExecuteAsync(host, "alter table job_run rename to job_run_away");
        await TrialJob.ScheduleAsync(host, Second, after: TimeSpan.Zero);
        await WaitAsync(() => Task.FromResult(trial.Runs == 5), "the job goes on");

        await ExecuteAsync(host, "alter table job_run_away rename to job_run");

        var state = await StateAsync(host, s => s.Last is not null);
        (state.Last!.Outcome, state.Last.Failures, state.Last.Error).ShouldBe((JobOutcome.Failed, 2, "InvalidOperationException: out"));
        (state.Last.SucceededAt < state.Last.FailingSince && state.Last.FailingSince < state.Last.FailedAt).ShouldBeTrue();
        (await LogAsync(host, "How jobs ran could not be written")).Split("How jobs ran could not be written").Length.ShouldBe(2, "said once");
    }

    [Fact]
    public async Task Runs_OfEverySecond_AreOneRowAJobThatDoesNotGrow()
    {
        await using var host = await IocHost.StartAsync();
        await WaitAsync(async () => await NumberAsync(host, "select count(*) from job_run where job in ('sweep-overdue', 'take-steps', 'send-letters')") == 3, "jobs have run");
        var watch = Stopwatch.StartNew();
        var (updates, size) = (await UpdatesAsync(host), await NumberAsync(host, "select pg_relation_size('job_run')"));
        await Task.Delay(TimeSpan.FromSeconds(10));

        var per = (await UpdatesAsync(host) - updates) / watch.Elapsed.TotalSeconds;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{per:0.0} rows a second, {size} bytes"));
        (await NumberAsync(host, "select count(*) - count(distinct job) from job_run")).ShouldBe(0);
        (await NumberAsync(host, "select pg_relation_size('job_run')")).ShouldBeLessThanOrEqualTo(Math.Max(size, 16_384));
        (await NumberAsync(host, "select n_tup_upd - n_tup_hot_upd from pg_stat_user_tables where relname = 'job_run'")).ShouldBeLessThanOrEqualTo(5, "each write stays on its page");
    }

    [Fact]
    public async Task Jobs_OfTheSchedule_HaveANameAndASentenceInBothLanguages()
    {
        await using var host = await IocHost.StartAsync(new IocHostOptions { Started = false });
        var plans = host.Services.GetServices<JobPlan>().ToList();
        plans.Count.ShouldBeGreaterThanOrEqualTo(10);
        foreach (var culture in (CultureInfo[])[CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("en")])
            foreach (var plan in plans)
                foreach (var text in (string[])["Name", "What"]) ConsoleText.Get($"Jobs.{text}.{plan.Name}", culture).ShouldNotBeEmpty();
        plans.ShouldAllBe(p => p.Limit > p.Interval || p.Interval >= Hour);
    }

    private static Task<RunJobOutcome> RunAsync(IocHost host, string job = TrialJob.Name) => host.Services.GetRequiredService<RunJobNow>().Handle(job, Somebody, default);

    private static async Task<JobState> StateAsync(IocHost host, Func<JobState, bool> until)
    {
        var watch = host.Services.GetRequiredService<JobWatch>();
        JobState? State() => watch.Current.FirstOrDefault(s => s.Plan.Name == TrialJob.Name);
        await WaitAsync(() => Task.FromResult(State() is { } state && until(state)), "the job's state, now " + State());
        return State()!;
    }

    private static async Task<(HttpStatusCode Code, string Body, bool Jobs)> ReadyAsync(IocHost host)
    {
        using var answer = await host.Client.GetAsync("/readyz");
        var body = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, body, body.Contains("\"name\":\"jobs\",\"ready\":true", StringComparison.Ordinal));
    }

    /// <summary>The lines of the trial's job, without the name of the meter.</summary>
    private static async Task<string[]> MetricsAsync(IocHost host) =>
        [.. (await host.Client.GetStringAsync("/metrics")).Split('\n').Where(l => l.Contains("trial-job", StringComparison.Ordinal)).Select(l => l.Replace("otel_scope_name=\"IocDashboard\",", "", StringComparison.Ordinal).Trim())];

    private static async Task WaitAsync(Func<Task<bool>> until, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!await until())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(60)) Assert.Fail("Waited in vain: " + what);
            await Task.Delay(100);
        }
    }

    private static async Task ExecuteAsync(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> NumberAsync(IocHost host, string sql)
    {
        await using var command = host.Database.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private static Task<long> UpdatesAsync(IocHost host) => NumberAsync(host, "select n_tup_upd from pg_stat_user_tables where relname = 'job_run'");

    private static async Task<string> LogAsync(IocHost host, string until)
    {
        var text = "";
        await WaitAsync(
            async () =>
            {
                await using var file = new FileStream(Directory.GetFiles(Path.Combine(host.DataDirectory, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                return (text = await new StreamReader(file).ReadToEndAsync()).Contains(until, StringComparison.Ordinal);
            },
            "the log says " + until);
        return text;
    }

    /// <summary>The machine's clock, until it jumps.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        private long _ahead;

        public void Jump(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));
    }
}
