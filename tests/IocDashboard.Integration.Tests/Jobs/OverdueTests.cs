using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>Deadlines with a clock of the test's own; the scheduler rests, and the sweeps are called.</summary>
public sealed class OverdueTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobCalls.StartAtRestAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Deadline_ThatPasses_IsRecordedOnceAndDatedAtIt()
    {
        await _host.OpenAsync();
        await _host.SweepAsync();
        var due = await DueAsync("SYT-D/SYT/2026-11-23");
        // The 24th is Vietnamese Culture Day.
        due.ShouldBe(new DateTimeOffset(2026, 11, 25, 1, 0, 0, TimeSpan.Zero));

        GoTo(due.AddMilliseconds(-1));
        await _host.SweepAsync();
        (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldBeEmpty();

        GoTo(due.AddMinutes(90));
        (await _host.SweepAsync()).ShouldBeGreaterThan(0);
        (await _host.SweepAsync()).ShouldBe(0);

        var overdue = (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldHaveSingleItem();
        overdue.At.ShouldBe(due);
        overdue.FoundAt.ShouldBe(due.AddMinutes(90));
        (await RowAsync("SYT-D/SYT/2026-11-23")).ShouldSatisfyAllConditions(
            r => r.OverdueSince.ShouldBe(due), r => r.Punctuality.ShouldBe(Punctuality.Overdue), r => r.State.ShouldBe(ReportState.Open));
    }

    [Fact]
    public async Task Deadline_SweptByTwoNodesAtOnce_IsRecordedOnce()
    {
        await using var second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        await _host.OpenAsync();
        GoTo(new DateTimeOffset(2026, 11, 27, 3, 0, 0, TimeSpan.Zero));

        var swept = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? _host : second).SweepAsync()));
        while (await _host.SweepAsync() > 0) { }

        await OverdueExactlyOnceAsync();
        swept.Sum().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Deadline_FoundAfterARestart_IsRecordedOnceAndDatedAtIt()
    {
        await _host.OpenAsync();
        var due = await DueAsync("SYT-D/SYT/2026-11-23");
        GoTo(due.AddDays(2));
        await using (var again = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString)) await again.SweepAsync();
        await using (var third = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString)) await third.SweepAsync();

        (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldHaveSingleItem().At.ShouldBe(due);
        await OverdueExactlyOnceAsync();
    }

    [Fact]
    public async Task Submission_InTime_IsNeverOverdue_AndALateOneClears()
    {
        await _host.OpenAsync();
        var due = await DueAsync("SYT-D/SYT/2026-11-23");
        (await SubmitAsync("SYT-D", "2026-11-23")).Receipt.Punctuality.ShouldBe(Punctuality.OnTime);
        GoTo(due.AddDays(1));
        await _host.SweepAsync();

        var late = await SubmitAsync("SYT-D", "2026-11-22");
        await _host.SweepAsync();

        (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldBeEmpty();
        late.Receipt.Punctuality.ShouldBe(Punctuality.Late);
        (await OverduesAsync("SYT-D/SYT/2026-11-22")).ShouldHaveSingleItem();
        var row = await RowAsync("SYT-D/SYT/2026-11-22");
        row.OverdueSince.ShouldNotBeNull("it was late, and that stays");
        Obligation.StateAt(row, _clock.GetUtcNow()).ShouldBe(ObligationState.Submitted);
        (await CountAsync("select count(*)::int from report where overdue_since is not null and submitted_at is null and id = 'SYT-D/SYT/2026-11-22'")).ShouldBe(0);
    }

    [Fact]
    public async Task SubmissionsAndSweeps_RacingForTheSameReports_LeaveEachEventOnce()
    {
        await _host.OpenAsync();
        GoTo(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var days = Enumerable.Range(2, 18).Select(d => $"2026-11-{d:00}").ToList();

        var sweeps = Enumerable.Range(0, 12).Select(_ => _host.SweepAsync());
        var submissions = days.Select(d => SubmitAsync("SYT-D", d));
        await Task.WhenAll([.. sweeps, .. submissions.Select(async s => { await s; return 0; })]);
        while (await _host.SweepAsync() > 0) { }

        await OverdueExactlyOnceAsync();
        foreach (var day in days)
        {
            (await OverduesAsync($"SYT-D/SYT/{day}")).ShouldHaveSingleItem();
            (await RowAsync($"SYT-D/SYT/{day}")).ShouldSatisfyAllConditions(r => r.State.ShouldBe(ReportState.Submitted), r => r.Punctuality.ShouldBe(Punctuality.Late));
        }

        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task FormLock_HeldByASubmission_IsNotWaitedFor()
    {
        await _host.OpenAsync();
        GoTo(new DateTimeOffset(2026, 11, 25, 2, 0, 0, TimeSpan.Zero));
        await using var connection = await _host.Database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Web.Features.WriteLock.Take(Web.Features.WriteLock.OfReports("SYT-D", "SYT")) } };
            await batch.ExecuteNonQueryAsync();

            await _host.SweepAsync().WaitAsync(TimeSpan.FromSeconds(20));

            (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldBeEmpty();
            (await OverduesAsync("BATGT-D/BATGT/2026-11-23")).ShouldHaveSingleItem();
        }

        await _host.SweepAsync();
        (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Lock_AtItsInstant_IsRecordedAfterTheDeadline()
    {
        await _host.OpenAsync();
        var row = await RowAsync("SYT-D/SYT/2026-11-23");
        GoTo(row.LockAt!.Value.AddHours(5));

        await _host.SweepAsync();

        var events = await EventsAsync(row.Id);
        events.Select(e => e.GetType()).ShouldBe([typeof(ReportOpened), typeof(ReportFellOverdue), typeof(ReportLocked)]);
        ((ReportLocked)events[2]).At.ShouldBe(row.LockAt.Value);
        (await RowAsync(row.Id)).State.ShouldBe(ReportState.Locked);
        (await _host.SweepAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Sweep_WithAnInstantAboutToCome_WaitsForIt()
    {
        await _host.OpenAsync();
        await _host.SweepAsync();
        var due = await DueAsync("SYT-D/SYT/2026-11-23");
        GoTo(due.AddMilliseconds(-600));
        await _host.SweepAsync();

        var sweep = _host.Services.GetRequiredService<SweepReports>().Handle(TimeSpan.FromSeconds(1), CancellationToken.None);
        while (!sweep.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(20);
        }

        (await sweep).ShouldBeGreaterThan(0);
        (await OverduesAsync("SYT-D/SYT/2026-11-23")).ShouldHaveSingleItem().FoundAt.ShouldBe(due, TimeSpan.FromMilliseconds(300));
    }

    // Tết of 2026: 17 February; days off from Saturday 14 to Sunday 22, worked again on Monday 23.
    [Theory]
    [InlineData("2026-02-15T03:00:00Z", "SYT-D/SYT/2026-02-13", "2026-02-23T01:00:00Z")]
    [InlineData("2026-02-15T03:00:00Z", "KBNN-W/KBNN/2026-W07", "2026-02-23T09:00:00Z")]
    // A swapped Saturday is a day of work: 22 August 2026 makes up for Monday 31 August.
    [InlineData("2026-08-21T03:00:00Z", "SYT-D/SYT/2026-08-21", "2026-08-22T01:00:00Z")]
    // Friday 28 August is followed by the bridge to National Day: nothing is worked before Thursday 3 September.
    [InlineData("2026-08-28T03:00:00Z", "SYT-D/SYT/2026-08-28", "2026-09-03T01:00:00Z")]
    public async Task Deadline_AroundHolidays_FollowsTheWorkingCalendar(string now, string report, string expected)
    {
        var due = DateTimeOffset.Parse(expected);
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now));
        await using var host = await JobCalls.StartAtRestAsync(clock);
        await host.OpenAsync();
        await host.SweepAsync();
        (await host.RowAsync(report)).DueAt.ShouldBe(due);

        clock.Advance(due - clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        await host.SweepAsync();
        (await host.EventsAsync(report)).OfType<ReportFellOverdue>().ShouldBeEmpty();

        clock.Advance(TimeSpan.FromMinutes(2));
        await host.SweepAsync();
        (await host.EventsAsync(report)).OfType<ReportFellOverdue>().ShouldHaveSingleItem().At.ShouldBe(due);
    }

    private void GoTo(DateTimeOffset instant) => _clock.Advance(instant - _clock.GetUtcNow());

    private async Task<SubmissionOutcome.Accepted> SubmitAsync(string form, string period)
    {
        var values = _host.ValuesOf(form).ToList();
        var submission = new Submission(
            new(Guid.CreateVersion7().ToString(), form, form.Split('-')[0], period, true, values), [], form.Split('-')[0], "test", "api", _clock.GetUtcNow(), DryRun: false);
        return (await _host.Services.GetRequiredService<SubmitReportHandler>().Handle(submission, CancellationToken.None)).ShouldBeOfType<SubmissionOutcome.Accepted>();
    }

    private async Task OverdueExactlyOnceAsync()
    {
        (await CountAsync("select count(*)::int - count(distinct stream_id)::int from history.mt_events where type = 'report_fell_overdue'")).ShouldBe(0, "twice");
        (await CountAsync("""
            select count(*)::int from report r where r.due_at <= $now and r.overdue_since is distinct from r.due_at
                and coalesce(r.submitted_at > r.due_at, true)
            """.Replace("$now", $"'{_clock.GetUtcNow():O}'"))).ShouldBe(0, "missed");
        (await CountAsync("""
            select count(*)::int from history.mt_events e join report r on r.id = e.stream_id
            where e.type = 'report_fell_overdue' and (e.data ->> 'At')::timestamptz <> r.due_at
            """)).ShouldBe(0, "not dated at the deadline");
    }

    private async Task<DateTimeOffset> DueAsync(string report) => (await RowAsync(report)).DueAt;

    private Task<Report> RowAsync(string report) => _host.RowAsync(report);

    private Task<IReadOnlyList<object>> EventsAsync(string report) => _host.EventsAsync(report);

    private async Task<List<ReportFellOverdue>> OverduesAsync(string report) => [.. (await EventsAsync(report)).OfType<ReportFellOverdue>()];

    private async Task<int> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
