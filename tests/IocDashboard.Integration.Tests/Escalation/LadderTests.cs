using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Jobs;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Reporting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Who is told as a deadline nears and passes, with a clock of the test's own.</summary>
public sealed class LadderTests : IAsyncLifetime
{
    private const string Report = "SYT-D/SYT/2026-11-25";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
        await _host.SweepAsync();
        await PlanAsync(_host);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Report_ThatDoesNotArrive_ClimbsTheLadder_EachStepOnceAndDatedAtIt()
    {
        var due = (await _host.RowAsync(Report)).DueAt;
        due.ShouldBe(At(26, 8));

        GoTo(At(26, 7).AddMilliseconds(-1));
        await TakeAsync();
        (await StepsAsync()).ShouldBeEmpty();
        GoTo(At(26, 7));
        await TakeAsync();
        (await StepsAsync()).ShouldBe([("remind", At(26, 7))]);
        GoTo(due.AddMinutes(1));
        await TakeAsync();
        GoTo(At(27, 8, 30));
        await TakeAsync();
        await TakeAsync();

        (await StepsAsync()).ShouldBe([("remind", At(26, 7)), ("due", due), ("centre", At(27, 8, 30))]);
        (await _host.EventsAsync(Report)).OfType<ReportReminded>().ShouldHaveSingleItem().To.ShouldBe(["FocalPoint"]);
        (await NoticesAsync("SYT")).Where(n => n.Items.Any(i => i.Report == Report)).Select(n => (n.Kind, n.To.Length)).ShouldBe([(NoticeKind.Escalation, 2), (NoticeKind.Reminder, 1)]);
        var told = (await NoticesAsync(EscalationBodies.Centre)).Where(n => n.Agency == "SYT").ToList();
        told.SelectMany(n => n.Items).Select(i => i.Report).ShouldContain(Report);
        told.SelectMany(n => n.Items).Count(i => i.Report == Report).ShouldBe(1);
    }

    [Fact]
    public async Task Report_ThatArrives_IsNotUrgedAnyMore()
    {
        GoTo(At(26, 7, 30));
        await TakeAsync();
        var outcome = await _host.Services.GetRequiredService<SubmitReportHandler>().Handle(
            new(new(Guid.CreateVersion7().ToString(), "SYT-D", "SYT", "2026-11-25", true, [.. _host.ValuesOf("SYT-D")]), [], "SYT", "test", "api", _clock.GetUtcNow(), DryRun: false), default);
        outcome.ShouldBeOfType<SubmissionOutcome.Accepted>();

        GoTo(At(30, 12));
        await TakeAsync();

        (await StepsAsync()).Select(s => s.Step).ShouldBe(["remind"]);
        (await NoticesAsync(EscalationBodies.Centre)).SelectMany(n => n.Items).ShouldNotContain(i => i.Report == Report);
    }

    [Fact]
    public async Task AfterAPause_EachReaderIsToldOnceOfAnAgency_WithWhatWasMissed()
    {
        GoTo(At(27, 12));
        await _host.SweepAsync();
        await TakeAsync();

        var told = (await NoticesAsync(EscalationBodies.Centre)).Where(n => n.Agency == "SYT").ToList();
        told.ShouldHaveSingleItem().Items.ShouldAllBe(i => i.IsMissed);
        // The agency's own steps came before the centre's and are past; nobody is told of them now.
        (await StepsAsync()).ShouldBe([("centre", At(27, 8, 30))]);
    }

    [Fact]
    public async Task TwoNodesAtOnce_AndOneThatComesLater_TellOnce()
    {
        await using var second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        GoTo(At(26, 8, 10));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? _host : second).Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default)));
        while (await TakeAsync() > 0) { }

        await using var command = _host.Database.CreateCommand("""
            select count(*) from (select i ->> 'Report', reader, count(*) from notice, jsonb_array_elements(items) i where channel = 0 group by 1, 2 having count(*) > 1) twice
            """);
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
        (await NoticesAsync("SYT")).SelectMany(n => n.Items).Select(i => i.Report).ShouldContain(Report);
    }

    [Fact]
    public async Task Deadline_ThatMoves_TakesItsStepsAlong()
    {
        await CloseAsync(new(2026, 11, 26));
        (await PlanAsync(_host)).ShouldBe(0, "laid out with the move");

        GoTo(At(26, 12));
        await TakeAsync();
        (await StepsAsync()).ShouldBeEmpty();
        GoTo(At(27, 8));
        await TakeAsync();
        (await StepsAsync()).Select(s => s.Step).ShouldBe(["due"]);
    }

    [Fact]
    public async Task DayOff_BetweenTheDeadlineAndAStep_MovesTheStepAlone()
    {
        var due = (await _host.RowAsync(Report)).DueAt;
        await CloseAsync(new(2026, 11, 27));
        (await _host.RowAsync(Report)).DueAt.ShouldBe(due);

        GoTo(At(27, 12));
        await _host.SweepAsync();
        await TakeAsync();
        (await StepsAsync()).Select(s => s.Step).ShouldBe(["due"]);

        // Of one that is overdue as well.
        await CloseAsync(new(2026, 11, 30));
        GoTo(At(30, 12));
        await TakeAsync();
        (await StepsAsync()).Select(s => s.Step).ShouldBe(["due"]);
        GoTo(At(30, 12).AddDays(1));
        await TakeAsync();
        (await StepsAsync()).ShouldBe([("due", due), ("centre", At(30, 8, 30).AddDays(1))]);
    }

    [Fact]
    public async Task AfterALongPause_WithMoreThanATransactionTakes_EachReaderStillHearsOnceOfAnAgency()
    {
        GoTo(At(26, 6));
        while (await TakeAsync() > 0) { }
        await using (var command = _host.Database.CreateCommand("""
            with r as (
                insert into report (id, form, agency, period, time_key, opened_at, opens_at, due_at, lock_at, state, punctuality, updated_at)
                select a || '-D/' || a || '/' || p, a || '-D', a, p, at, at, at, at, at + interval '1 year', 0, 0, at
                from (select 'X' || n % 3 as a, to_char(date '2020-01-01' + n / 3, 'YYYY-MM-DD') as p, timestamptz '2026-11-25T00:00:00Z' + n * interval '1 second' as at from generate_series(0, 2699) n) o
                returning id, due_at)
            insert into report_step (report, step, at, audiences) select id, 'due', due_at, '{1,2}'::smallint[] from r union all select id, 'centre', due_at + interval '1 second', '{3}' from r
            """)) await command.ExecuteNonQueryAsync();

        (await TakeAsync()).ShouldBe(5_400);

        await using var notices = _host.Database.CreateCommand("select reader, agency, count(*)::int, sum(jsonb_array_length(items))::int from notice where agency like 'X%' group by 1, 2 order by 2");
        await using var reader = await notices.ExecuteReaderAsync();
        var told = new List<(string, string, int, int)>();
        while (await reader.ReadAsync()) told.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        told.ShouldBe([(EscalationBodies.Centre, "X0", 1, 900), (EscalationBodies.Centre, "X1", 1, 900), (EscalationBodies.Centre, "X2", 1, 900)]);
    }

    [Fact]
    public async Task FormThatIsHeldAsItsStepComes_IsWaitedFor_AndItsAgencyHearsOnce()
    {
        GoTo(At(30, 12));
        await using var connection = await _host.Database.OpenConnectionAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var batch = new Npgsql.NpgsqlBatch(connection, transaction) { BatchCommands = { Web.Features.WriteLock.Take(Web.Features.WriteLock.OfReports("SYT-D", "SYT")) } };
            await batch.ExecuteNonQueryAsync();
            var taking = TakeAsync();
            await Task.Delay(300);
            taking.IsCompleted.ShouldBeFalse();
            await transaction.RollbackAsync();
            (await taking).ShouldBeGreaterThan(0);
        }

        // The week's and Monday's report have come to the Office by now.
        (await NoticesAsync(EscalationBodies.Office)).Where(n => n.Agency == "SYT").ShouldHaveSingleItem().Items.Select(i => i.Report.Split('/')[0]).Distinct().Order().ShouldBe(["SYT-D", "SYT-W"]);
    }

    private async Task CloseAsync(DateOnly day)
    {
        await _host.WriteDayOffAsync(day, _clock.GetUtcNow());
        await _host.Services.GetRequiredService<Web.Features.Catalogue.CatalogueLoader>().LoadAsync(default);
        await _host.Services.GetRequiredService<Web.Features.Obligations.RescheduleReports>().Handle(default);
    }

    private DateTimeOffset At(int day, int hour, int minute = 0) => _host.Services.GetRequiredService<ProvinceTime>().At(new(2026, 11, day), new(hour, minute));

    private void GoTo(DateTimeOffset instant) => _clock.SetUtcNow(instant);

    private Task<int> TakeAsync() => _host.Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default);

    private static Task<int> PlanAsync(IocHost host) => host.Services.GetRequiredService<PlanSteps>().Handle(default);

    private Task<IReadOnlyList<Notice>> NoticesAsync(string reader) => _host.Services.GetRequiredService<FindNotices>().Handle(reader, default);

    private async Task<IReadOnlyList<(string Step, DateTimeOffset At)>> StepsAsync() => [.. (await _host.EventsAsync(Report)).Select(e => e switch
    {
        ReportReminded r => (r.Step, r.At),
        ReportEscalated r => (r.Step, r.At),
        _ => default,
    }).Where(s => s.Item1 is not null)];
}
