using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.DataRequests;
using IocDashboard.Integration.Tests.Live;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Timeliness;

/// <summary>The province's discipline against the measures that it is made of, with a clock of the test's own.</summary>
public sealed class MeasureDisciplineTests : IAsyncLifetime
{
    // Half an hour before yesterday's and the day before's reports fall due: the 24th is Vietnamese Culture Day.
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 0, 30, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
        await _host.SweepAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Discipline_OfThirtyDays_IsTheSumOfWhatIsMeasured()
    {
        await SubmitAsync("SYT-D", "2026-11-20");
        await AskTheDistrictAsync();
        var discipline = await MeasureAsync();

        var (from, before) = (At(new(2026, 10, 27)), At(new(2026, 11, 26)));
        var groups = await _host.Get<MeasureTimeliness>().Handle(from, before, TimelinessGroup.Agency, Sight.OfNobody, default);
        groups.Count.ShouldBeGreaterThan(20);
        discipline.Agencies.Select(a => (a.Agency, a.Now)).ShouldBe(groups.Select(g => (g.Group, g.Measure)));
        discipline.All.ShouldBe(groups.Aggregate(Domain.Reporting.Timeliness.None, (sum, g) => sum + g.Measure));
        discipline.Agencies.Single(a => a.Agency == "SYT").Now.Late.ShouldBe(1);
        discipline.Agencies.Single(a => a.Agency == "PSN").Now.Missing.ShouldBe(1, "a district owes what it is asked for");
        discipline.Month.Aggregate(0, (sum, d) => sum + d.Measure.Expected).ShouldBe(discipline.All.Expected, "nothing was owed before this month");
    }

    [Fact]
    public async Task Month_CountsTheDaysToCome_AlsoWhatIsNotOpenedYet()
    {
        var month = (await MeasureAsync()).Month;
        month.Length.ShouldBe(30);
        month.Where(d => !d.IsWorking).Select(d => d.Day.Day).ShouldBe([1, 7, 8, 14, 15, 21, 22, 24, 28, 29]);

        // A centre that opens far ahead has them all in its rows.
        await using var far = await JobCalls.StartAtRestAsync(_clock, settings: new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:PeriodsAhead"] = "12" });
        await far.OpenAsync();
        var opened = new Dictionary<DateOnly, int>();
        await using (var command = far.Database.CreateCommand("select due_at from report where due_at >= $1 and due_at < $2"))
        {
            command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = At(new(2026, 11, 25)) }, new() { Value = At(new(2026, 12, 1)) }]);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var day = _host.Get<ProvinceTime>().DayOf(reader.GetFieldValue<DateTimeOffset>(0));
                opened[day] = opened.GetValueOrDefault(day) + 1;
            }
        }

        foreach (var day in month.Where(d => d.Day.Day >= 25)) day.Due.ShouldBe(opened.GetValueOrDefault(day.Day), day.Day.ToString("O"));
        month[29].Due.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Due_KeepsWhatWasReceived_AndLeavesOutWhatIsExcused()
    {
        const string sent = "SYT-D/SYT/2026-11-24", excused = "STTTT-D/STTTT/2026-11-24";
        var before = await MeasureAsync();
        before.Due.Count(d => d.Id is sent or excused).ShouldBe(2);
        before.Due.ShouldAllBe(d => d.DueAt == At(new(2026, 11, 25), 8));
        var asked = _clock.GetUtcNow();

        _clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync("SYT-D", "2026-11-24");
        (await _host.Get<PursueReportHandler>().Excuse(excused, "15/UBND-KSTT", "Bão số 13", Requests.Office, default)).ShouldBeEmpty();

        var after = await MeasureAsync();
        after.Due.ShouldBe(before.Due.Where(d => d.Id != excused));
        after.Month[24].Due.ShouldBe(before.Month[24].Due - 1);

        // As of the instant before, it is told as it was known then: from the measures, and on a board of the past.
        var then = await _host.Get<MeasureDiscipline>().Handle(asked, default);
        then.Due.ShouldBe(before.Due);
        then.Month.ShouldBe(before.Month);
        then.Agencies.ShouldBe(before.Agencies);
        (await _host.Get<AsOfBoards>().ReadAsync(asked, default)).Discipline!.Due.ShouldBe(before.Due);

        _clock.SetUtcNow(At(new(2026, 11, 25), 8).AddMinutes(1));
        var passed = await MeasureAsync();
        passed.Due.ShouldBeEmpty();
        passed.Month[24].Measure.OnTime.ShouldBe(1);
        passed.Month[24].Measure.Expected.ShouldBe(after.Month[24].Due);
    }

    [Fact]
    public async Task Discipline_AsOfBeforeAChangeWasKnown_IsByTheSetTheCalendarAndTheDeadlinesOfThen()
    {
        var known = _clock.GetUtcNow();
        var before = await MeasureAsync();
        _clock.Advance(TimeSpan.FromMinutes(10));
        // Friday becomes a day off and moves what is due on it to Monday; and from Saturday on a daily form ends, and one begins.
        (await _host.Get<EnterCalendarDaysHandler>().Handle(
            new("", [new(new(2026, 11, 27), "Nghỉ bão", "Storm", true, "swap_off", "CV 05")]), Requests.Office, default)).Moved.ShouldNotBeEmpty();
        var indicators = _host.Get<CatalogueCache>().Current.Indicators;
        await ApproveAsync(ChangeKind.Retire, indicators["DL03"]);
        await ApproveAsync(ChangeKind.Change, indicators["GT06"] with { Agency = "SGTVT" });
        _clock.Advance(TimeSpan.FromMinutes(1));

        var after = await MeasureAsync();
        after.Month[26].ShouldSatisfyAllConditions(d => d.IsWorking.ShouldBeFalse(), d => d.Due.ShouldBe(0));
        after.Month[29].Due.ShouldBe(before.Month[26].Due + before.Month[29].Due - 2, "of the weekend the form that ended owes nothing, and the one that moved goes on");
        await SameAsThenAsync();

        // In force, and opened, swept and overdue since.
        _clock.SetUtcNow(At(new(2026, 12, 2), 9));
        await _host.Get<ApplyDecisions>().Handle(TimeSpan.Zero, default);
        await _host.OpenAsync();
        await _host.SweepAsync();
        await SameAsThenAsync();

        async Task SameAsThenAsync()
        {
            var then = await _host.Get<MeasureDiscipline>().Handle(known, default);
            then.Month.ShouldBe(before.Month);
            then.Due.ShouldBe(before.Due);
            then.Agencies.ShouldBe(before.Agencies);
        }
    }

    private async Task ApproveAsync(ChangeKind kind, Indicator indicator)
    {
        var (from, paper) = (new DateOnly(2026, 11, 28), new SignedPaper("31/QĐ-UBND", new(2026, 11, 24), "Nguyễn Văn A"));
        var proposed = await _host.Get<ProposeChangeHandler>().Handle(new(kind, indicator, [], WordingOnly: false, from, "Sắp xếp lại", new(AuditActor.Process, "steward", "SKHDT", null, null)), default);
        proposed.Refusal.ShouldBeNull(indicator.Code);
        (await _host.Get<RecordDecisionHandler>().Handle(new(proposed.Proposal!.Id, Approved: true, paper, from, null, new(AuditActor.Process, "managing", "STTTT", null, null)), default)).Refusal.ShouldBeNull(indicator.Code);
    }

    [Fact]
    public async Task Discipline_OfACentreThatOwesNothing_IsNothing()
    {
        var none = await _host.Get<MeasureDiscipline>().Handle(new DateTimeOffset(2025, 3, 5, 0, 0, 0, TimeSpan.Zero), default);
        none.All.ShouldBe(Domain.Reporting.Timeliness.None);
        none.Agencies.ShouldBeEmpty();
        none.Due.ShouldBeEmpty();
        none.Month.Length.ShouldBe(31);
    }

    private DateTimeOffset At(DateOnly day, int hour = 0) => _host.Get<ProvinceTime>().At(day, new(hour, 0));

    private Task<ReportingDiscipline> MeasureAsync() => _host.Get<MeasureDiscipline>().Handle(_clock.GetUtcNow(), default);

    private async Task SubmitAsync(string form, string period) => (await _host.Get<SubmitReportHandler>().Handle(
        new(new(Guid.CreateVersion7().ToString(), form, form.Split('-')[0], period, true, [.. _host.ValuesOf(form)]), [], form.Split('-')[0], "test", "api", _clock.GetUtcNow(), DryRun: false), default))
        .ShouldBeOfType<SubmissionOutcome.Accepted>();

    private async Task AskTheDistrictAsync()
    {
        await _host.AskedAsync(TimeSpan.FromMinutes(20), "PSN");
        _clock.Advance(TimeSpan.FromMinutes(21));
        await _host.SweepRequestsAsync();
    }
}

/// <summary>How the measures come onto the board: once for everybody, soon after a change.</summary>
public sealed class DisciplineTailTests
{
    [Fact]
    public async Task Board_AfterAReportCameIn_HoldsTheNewMeasures_ReadOnceForAll()
    {
        await using var host = await IocHost.StartAsync(new()
        {
            Time = new Jobs.ShiftedClock(new DateTimeOffset(2026, 11, 25, 0, 30, 0, TimeSpan.Zero)), Services = services => services.AddSingleton(new FirstAssignment(0)),
        });
        var first = await BoardRows.EventuallyAsync(() => host.Board().Current.Discipline, d => d?.Agencies.Any(a => a.Agency == "SYT") == true, 60);
        first!.Agencies.Single(a => a.Agency == "SYT").Now.Late.ShouldBe(0);
        host.Board().Current.VerifiedOnly().SeenBy(Sight.OfNobody).Discipline.ShouldBeSameAs(host.Board().Current.Discipline, "every reader's board has the one reading");

        await host.Get<SubmitReportHandler>().Handle(
            new(new(Guid.CreateVersion7().ToString(), "SYT-D", "SYT", "2026-11-20", true, [.. host.ValuesOf("SYT-D")]), [], "SYT", "test", "api", host.Now(), DryRun: false), default);

        (await BoardRows.EventuallyAsync(() => host.Board().Current.Discipline, d => d?.Agencies.Any(a => a.Agency == "SYT" && a.Now.Late == 1) == true, 60))!.At.ShouldBeGreaterThan(first.At);
    }
}
