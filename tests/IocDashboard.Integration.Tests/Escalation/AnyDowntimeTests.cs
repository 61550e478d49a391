using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Tests.Reporting.Calendar;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>
/// Whatever the outages, restarts, changes of the calendar, submissions, returns, excuses and reports that somebody follows, in whatever order: the real jobs over real tables come to what
/// the reference model (<see cref="SlowCentre"/>) says of every report of the province. Each falls overdue, locks and tells each step once,
/// dated at the instant and not at the sweep; late and on time are as the model judges; and after a pause each reader hears once of an agency.
/// </summary>
public sealed class AnyDowntimeTests : IAsyncLifetime
{
    private const int Acts = 30;

    private static readonly AuditActor By = new(AuditActor.Person, "minh", "IOC", null, null);

    /// <summary>Before a Tết, before a Tết and a leap day, before a working Saturday and National Day, before a day off in the week and a year's end.</summary>
    private static readonly DateTimeOffset[] Starts =
        [new(2026, 2, 2, 3, 0, 0, TimeSpan.Zero), new(2024, 2, 5, 3, 0, 0, TimeSpan.Zero), new(2026, 8, 10, 3, 0, 0, TimeSpan.Zero), new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero)];

    // One that failed is played again with IOC_SEED.
    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next();
    private readonly Random _random;
    private readonly FakeTimeProvider _clock;
    private readonly List<string> _done = [];
    private readonly List<IocHost> _hosts = [];
    private SlowCentre _model = null!;

    public AnyDowntimeTests()
    {
        _random = new(_seed);
        _clock = new(Starts[_random.Next(Starts.Length)]);
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    private IocHost Host => _hosts[^1];

    private string Story => string.Create(CultureInfo.InvariantCulture, $"IOC_SEED={_seed}: {string.Join("; ", _done)}");

    public async ValueTask InitializeAsync()
    {
        _hosts.Add(await JobCalls.StartAtRestAsync(_clock));
        var catalogue = Get<CatalogueCache>().Current;
        _model = new(
            [.. catalogue.FormList.Where(f => !f.Indicators.IsEmpty)], f => [.. f.Indicators.Select(c => catalogue.Indicators[c.Code].DeadlineRule)],
            [.. catalogue.Calendars.Entries.Select(e => new SlowDay(e.Agency, e.Day, e.Kind, e.RecordedAt))], Get<IocSettings>().PeriodsAhead);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Enumerable.Reverse(_hosts)) await host.DisposeAsync();
    }

    [Fact]
    public async Task AnyDowntime_LeavesWhatTheModelSays()
    {
        await OpenAsync();
        await SweepAsync();
        await TakeAsync();
        for (var i = 0; i < Acts; i++)
        {
            _clock.Advance(Pause());
            _done.Add($"{Now:MM-dd HH:mm} {await ActAsync()}");
            await ReportsShouldBeAsync();
        }

        await OpenAsync();
        await SweepAsync();
        await TakeAsync();
        await ReportsShouldBeAsync();
        await HistoriesShouldBeAsync();
        await NoticesShouldBeAsync();
        await Ledger.ShouldAgreeAsync(Host.Services);
    }

    /// <summary>The centre is up and sweeps often, or it is away for a night, a weekend, the whole of Tết.</summary>
    private TimeSpan Pause() => _random.Next(20) switch
    {
        < 10 => TimeSpan.FromMinutes(_random.Next(1, 10 * 60)),
        < 16 => TimeSpan.FromMinutes(_random.Next(10 * 60, 36 * 60)),
        < 19 => TimeSpan.FromMinutes(_random.Next(36 * 60, 5 * 24 * 60)),
        _ => TimeSpan.FromMinutes(_random.Next(5 * 24 * 60, 12 * 24 * 60)),
    };

    private async Task<string> ActAsync()
    {
        switch (_random.Next(27))
        {
            case < 4: return $"submit {await SubmitAsync(_random.Next(1, 25))}";
            case < 7: return await EnterDayAsync();
            case 7: return await RestartAsync();
            case 8: return await OpenAsync();
            case 9 or 10: return await SweepAsync();
            case 11 or 12: return await TakeAsync();
            case 13 or 14: return "nothing";
            case 15 or 16: return await PursueAsync("excuse", r => Pursuing.Excuse(r.Id, "15/UBND-KSTT", "Bão số 13", By, default), SlowCentre.Excuse);
            case 17: return await PursueAsync("end excuse", r => Pursuing.EndExcuse(r.Id, "Bão đã tan", By, default), SlowCentre.EndExcuse, r => r.IsExcused);
            case 18 or 19: return await PursueAsync("take over", r => Pursuing.TakeOver(r.Id, "Đã gọi điện", By, default), r => SlowCentre.TakeOver(r, Now));
            case 20: return await PursueAsync("hand back", r => Pursuing.HandBack(r.Id, By, default), SlowCentre.HandBack, r => r.IsFollowed);
            case 21 or 22 or 23: return await ReturnAsync();
            default:
                Func<Task<string>>[] jobs = [OpenAsync, SweepAsync, TakeAsync];
                _random.Shuffle(jobs);
                return $"{await jobs[0]()}, {await jobs[1]()}, {await jobs[2]()}";
        }
    }

    /// <summary>The hourly job: opens, moves deadlines, lays out steps.</summary>
    private async Task<string> OpenAsync()
    {
        await Host.OpenAsync();
        await Get<RescheduleReports>().Handle(default);
        await Get<PlanSteps>().Handle(default);
        _model.Open(Now);
        _model.Reschedule(Now);
        return "open";
    }

    private async Task<string> SweepAsync()
    {
        await Host.SweepAsync();
        _model.Sweep(Now);
        return "sweep";
    }

    private async Task<string> TakeAsync()
    {
        await Get<TakeSteps>().Handle(TimeSpan.Zero, default);
        _model.Take(Now);
        return "take";
    }

    /// <summary>Another process over the same database. Which of its jobs fire as it starts is left to it: all of them, done again, come to the same.</summary>
    private async Task<string> RestartAsync()
    {
        _hosts.Add(await JobCalls.StartAtRestAsync(_clock, _hosts[0].ConnectionString));
        return $"restart, {await OpenAsync()}, {await SweepAsync()}, {await OpenAsync()}, {await TakeAsync()}";
    }

    private async Task<string> SubmitAsync(int reports)
    {
        foreach (var report in _random.GetItems(Near(), reports))
        {
            var complete = _random.Next(4) > 0;
            var outcome = await Get<SubmitReportHandler>().Handle(
                new(new(Guid.CreateVersion7().ToString(), report.Form.Code, report.Form.Agency, report.Period, complete, [.. Host.ValuesOf(report.Form.Code)]), [], report.Form.Agency, "test", "api", Now, DryRun: false)
                {
                    Reason = "Đối chiếu lại",
                }, default);
            (outcome is SubmissionOutcome.Accepted).ShouldBe(_model.Submit(report, complete, Now), $"{report.Id} {outcome}. {Story}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{reports}");
    }

    private PursueReportHandler Pursuing => Get<PursueReportHandler>();

    /// <summary>Some reports of which it may or may not be done; where few are <paramref name="likely"/>, some of those.</summary>
    private async Task<string> PursueAsync(
        string what, Func<SlowReport, Task<ImmutableArray<JudgementError>>> really, Func<SlowReport, bool> slowly, Func<SlowReport, bool>? likely = null)
    {
        var near = Near(likely);
        foreach (var report in near.Length == 0 ? [] : _random.GetItems(near, _random.Next(1, 15)))
        {
            var errors = await really(report);
            errors.IsEmpty.ShouldBe(slowly(report), $"{what} {report.Id} {string.Join(' ', errors.Select(e => e.Code))}. {Story}");
        }

        return what;
    }

    /// <summary>Sends back what was received, to be mended within hours or days, or without a day.</summary>
    private Task<string> ReturnAsync()
    {
        DateTimeOffset? mendBy = _random.Next(4) == 0 ? null : Now.AddMinutes(_random.Next(1, 4 * 24 * 60));
        return PursueAsync("return", async report =>
        {
            var row = await Host.RowAsync(report.Id);
            var column = report.Form.Indicators[0];
            return (await Get<ReturnReportHandler>().Handle(
                report.Id, new(row.SubmittedRevision, [new(column.Code, column.Areas[0], "Lệch")], "duc", Now) { MendBy = mendBy }, default, By)).Errors;
        }, report => SlowCentre.Return(report, mendBy, Now), r => r.SubmittedAt is not null);
    }

    private SlowReport[] Near(Func<SlowReport, bool>? likely = null) =>
        [.. _model.Reports.Values.Where(r => r.OpensAt <= Now && r.DueAt > Now.AddDays(-40) && likely?.Invoke(r) != false)];

    /// <summary>A day off, a Saturday that is worked, or one of them taken back, for all or for one agency.</summary>
    private async Task<string> EnterDayAsync()
    {
        var day = SlowDayOf(Now).AddDays(_random.Next(-3, 16));
        var kinds = day.DayOfWeek == DayOfWeek.Saturday ? new[] { CalendarDay.WorkingSaturday, CalendarDay.Ordinary, "weekend_holiday" } : ["holiday", "compensatory", "swap_off", CalendarDay.Ordinary];
        var kind = kinds[_random.Next(kinds.Length)];
        var agencies = _model.Reports.Values.Select(r => r.Form.Agency).Distinct().ToArray();
        var agency = _random.Next(3) > 0 ? "" : agencies[_random.Next(agencies.Length)];
        var outcome = await Get<EnterCalendarDaysHandler>().Handle(new(agency, [new(day, $"Ngày {_done.Count}", "Day", true, kind, "CV 05")]), By, default);
        outcome.Findings.ShouldBeEmpty(Story);
        if (outcome.Changed.Count > 0)
        {
            _model.Enter(new(agency, day, kind, Now));
            _model.Reschedule(Now);
        }

        return $"enter {agency} {day:MM-dd} {kind}";
    }

    private async Task ReportsShouldBeAsync()
    {
        var are = new List<string>();
        await using var command = Host.Database.CreateCommand($"select {ReportRows.Columns} from report order by id collate \"C\"");
        await using var reader = await command.ExecuteReaderAsync();
        while (await ReportRows.ReadAsync(reader, default) is { } r)
            are.Add(Line(r.Id, r.DueAt, r.LockAt, r.OverdueSince, r.SubmittedAt, r.SubmittedAt is null ? null : r.Punctuality, r.State == ReportState.Locked, r.ExcusedAt is not null, r.FollowedBy is not null, r.StateUnderLock == ReportState.Returned));
        var should = _model.Reports.Values.Select(r => Line(r.Id, r.DueAt, r.LockAt, r.IsOverdue ? r.DueAt : null, r.SubmittedAt, r.Settled, r.IsLocked, r.IsExcused, r.IsFollowed, r.IsReturned)).ToList();
        ShouldBeSame(are, should);

        static string Line(string id, DateTimeOffset due, DateTimeOffset? lockAt, DateTimeOffset? overdue, DateTimeOffset? submitted, Punctuality? settled, bool locked, bool excused, bool followed, bool returned) =>
            $"{id} due {due:O} locks {lockAt:O} overdue {overdue:O} submitted {submitted:O} {settled} locked {locked} excused {excused} followed {followed} returned {returned}";
    }

    /// <summary>Each transition stands once in its report's history, dated at its instant. A step and the deadline of one instant are two jobs': either may write first.</summary>
    private async Task HistoriesShouldBeAsync()
    {
        var said = _model.Reports.Keys.ToDictionary(id => id, _ => new List<string>(), StringComparer.Ordinal);
        await using var command = Host.Database.CreateCommand("""
            select stream_id, type, data from history.mt_events
            where type in ('report_rescheduled', 'report_fell_overdue', 'report_locked', 'report_reminded', 'report_escalated') order by stream_id, version
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var data = JsonDocument.Parse(reader.GetString(2)).RootElement;
            said[reader.GetString(0)].Add(reader.GetString(1) switch
            {
                "report_rescheduled" => $"moved to {At("DueAt"):O}",
                "report_fell_overdue" => $"overdue at {At("At"):O}",
                "report_locked" => $"locked at {At("At"):O}",
                "report_reminded" => $"{NoticeKind.Reminder} {data.GetProperty("Step").GetString()} of {At("At"):O}",
                _ => $"{NoticeKind.Escalation} {data.GetProperty("Step").GetString()} of {At("At"):O}",
            });

            DateTimeOffset At(string name) => data.GetProperty(name).GetDateTimeOffset().ToUniversalTime();
        }

        ShouldBeSame([.. said.Select(r => Line(r.Key, r.Value))], [.. _model.Reports.Values.Select(r => Line(r.Id, r.Said))]);
        _model.Reports.Values.Sum(r => r.Said.Count).ShouldBeGreaterThan(200, Story);

        static string Line(string id, IEnumerable<string> said) => $"{id}: {string.Join(", ", said.Order(StringComparer.Ordinal))}";
    }

    private async Task NoticesShouldBeAsync()
    {
        var are = new List<string>();
        await using var command = Host.Database.CreateCommand("select made_at, reader, agency, kind, items::text from notice where channel = 0 order by id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var items = JsonSerializer.Deserialize<NoticeItem[]>(reader.GetString(4), EventJson.Options)!;
            are.Add($"{reader.GetFieldValue<DateTimeOffset>(0).ToUniversalTime():O} {reader.GetString(1)} {reader.GetString(2)} {(NoticeKind)reader.GetInt16(3)}: {string.Join(' ', items.Select(i => i.Report).Order(StringComparer.Ordinal))}");
        }

        ShouldBeSame([.. are.Order(StringComparer.Ordinal)], [.. _model.Notices.Select(n => $"{n.Key}: {string.Join(' ', n.Value)}").Order(StringComparer.Ordinal)]);
    }

    /// <summary>Says what differs, and not thousands of lines that do not.</summary>
    private void ShouldBeSame(List<string> are, List<string> should)
    {
        are.Except(should).Select(l => "is: " + l).Take(4).Concat(should.Except(are).Select(l => "should be: " + l).Take(4)).ShouldBeEmpty(Story);
        are.Count.ShouldBe(should.Count, Story);
    }

    private T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    private static DateOnly SlowDayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(TimeSpan.FromHours(7)).DateTime);
}
