using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>A change of the working calendar moves deadlines to come, and nothing that is settled, missed or past.</summary>
public sealed class RescheduleTests : IAsyncLifetime
{
    private const string Basis = "Thông báo 6150/TB-BLĐTBXH";
    private static readonly AuditActor By = new(AuditActor.Person, "minh", "IOC", null, null);
    // Wednesday to Friday; the 24th is a holiday already.
    private static readonly DateOnly Friday = new(2026, 11, 27);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
        await _host.SweepAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    [Fact]
    public async Task DayOff_Entered_MovesDeadlinesToCome_AndTheirLocks_Once()
    {
        const string thursdays = "SYT-D/SYT/2026-11-26";
        var before = await _host.RowAsync(thursdays);
        before.DueAt.ShouldBe(At(Friday, 8));

        var outcome = await EnterAsync(DayOff(Friday));

        outcome.Findings.ShouldBeEmpty();
        outcome.Moved.Select(m => m.Report.Id).ShouldContain(thursdays);
        var after = await _host.RowAsync(thursdays);
        var monday = At(new(2026, 11, 30), 8);
        after.ShouldSatisfyAllConditions(r => r.DueAt.ShouldBe(monday), r => r.LockAt.ShouldBe(before.LockAt + (monday - before.DueAt)), r => r.OpensAt.ShouldBe(before.OpensAt));
        var moved = (await _host.EventsAsync(thursdays))[^1].ShouldBeOfType<ReportRescheduled>();
        (moved.DueAt, moved.Because).ShouldBe((monday, Basis));
        foreach (var one in outcome.Moved) (await _host.RowAsync(one.Report.Id)).DueAt.ShouldBe(one.To.DueAt, one.Report.Id);

        (await Get<RescheduleReports>().Handle(default)).ShouldBe(0);
        (await EnterAsync(DayOff(Friday))).Changed.ShouldBeEmpty("nothing differs");
        (await _host.EventsAsync(thursdays)).OfType<ReportRescheduled>().Count().ShouldBe(1);

        // Taken back, they come back.
        _clock.Advance(TimeSpan.FromMinutes(1));
        (await EnterAsync(DayOff(Friday) with { Kind = CalendarDay.Ordinary })).Moved.Count.ShouldBe(outcome.Moved.Count);
        (await _host.RowAsync(thursdays)).DueAt.ShouldBe(before.DueAt);
    }

    [Fact]
    public async Task DayOff_Entered_LeavesWhatIsSettledOrMissed_AndWhatWasKnownBefore()
    {
        const string sent = "SYT-D/SYT/2026-11-23", missed = "SYT-D/SYT/2026-11-20", coming = "SYT-D/SYT/2026-11-26";
        await SubmitAsync("SYT-D", "SYT", "2026-11-23");
        var settled = await _host.RowAsync(sent);
        var overdue = await _host.RowAsync(missed);
        overdue.Punctuality.ShouldBe(Punctuality.Overdue);
        var instant = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var known = (await Get<AsOfBoards>().ReadAsync(instant, default)).Reports.Values.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => (r.Id, r.DueAt)).ToList();

        // That their deadlines would have been others by it rewrites nothing.
        await EnterAsync(DayOff(new(2026, 11, 25)), DayOff(new(2026, 11, 23)), DayOff(Friday));

        (await _host.RowAsync(sent)).ShouldBe(settled);
        (await _host.RowAsync(missed)).ShouldBe(overdue);
        (await _host.RowAsync(coming)).DueAt.ShouldNotBe(At(Friday, 8));
        (await Get<AsOfBoards>().ReadAsync(instant, default)).Reports.Values.OrderBy(r => r.Id, StringComparer.Ordinal).Select(r => (r.Id, r.DueAt)).ShouldBe(known);
        (await Get<AsOfBoards>().ReadAsync(_clock.GetUtcNow(), default)).Reports.Values.Select(r => (r.Id, r.DueAt)).ShouldNotBe(known);
    }

    [Fact]
    public async Task DayThatIsWorkedAfterAll_MakesNobodyLateForADayThatHasPassed()
    {
        const string thursdays = "SYT-D/SYT/2026-11-26";
        await EnterAsync(DayOff(Friday));
        _clock.SetUtcNow(At(Friday, 12));
        await EnterAsync(DayOff(Friday) with { Kind = CalendarDay.Ordinary });

        (await _host.RowAsync(thursdays)).DueAt.ShouldBe(At(new(2026, 11, 30), 8));
        await _host.SweepAsync();
        (await _host.RowAsync(thursdays)).OverdueSince.ShouldBeNull();
    }

    [Fact]
    public async Task Agency_WithADayOffOfItsOwn_IsDueLater_AndNobodyElse()
    {
        var outcome = await Get<EnterCalendarDaysHandler>().Handle(new("SYT", [DayOff(Friday)]), By, default);

        outcome.Moved.ShouldNotBeEmpty();
        outcome.Moved.ShouldAllBe(m => m.Report.Agency == "SYT");
        (await _host.RowAsync("SYT-D/SYT/2026-11-26")).DueAt.ShouldBe(At(new(2026, 11, 30), 8));
        var catalogue = Get<CatalogueCache>().Current;
        catalogue.CalendarOf("SYT").IsWorkingDay(Friday).ShouldBeFalse();
        catalogue.CalendarOf("SNN").IsWorkingDay(Friday).ShouldBeTrue();
        // What is opened afterwards goes by it too.
        catalogue.CalendarOf("SYT").IsWorkingDay(new(2026, 11, 24)).ShouldBeFalse("the nation's holidays are the agency's too");
    }

    [Fact]
    public async Task NodeThatEndsBeforeDeadlinesMove_LeavesThemToTheNextOpening()
    {
        await _host.WriteDayOffAsync(Friday, _clock.GetUtcNow());
        await using var again = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);

        // It has done so already where its first job was quick.
        await again.Services.GetRequiredService<RescheduleReports>().Handle(default);
        (await again.RowAsync("SYT-D/SYT/2026-11-26")).DueAt.ShouldBe(At(new(2026, 11, 30), 8));
    }

    [Fact]
    public async Task Days_MovedByTwoNodesAtOnce_AreMovedOnce()
    {
        await using var second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        await _host.WriteDayOffAsync(Friday, _clock.GetUtcNow());
        foreach (var host in new[] { _host, second }) await host.Services.GetRequiredService<CatalogueLoader>().LoadAsync(default);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => (i % 2 == 0 ? _host : second).Services.GetRequiredService<RescheduleReports>().Handle(default)));

        (await _host.EventsAsync("SYT-D/SYT/2026-11-26")).OfType<ReportRescheduled>().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("2026-11-27", CalendarDay.WorkingSaturday, "Tên", "Basis", "not-a-saturday")]
    [InlineData("2026-11-27", "feast", "Tên", "Basis", "unknown-kind")]
    [InlineData("1926-11-27", "holiday", "Tên", "Basis", "too-far")]
    [InlineData("2026-11-27", "holiday", " ", "Basis", "name-required")]
    [InlineData("2026-11-27", "holiday", "Tên", "", "basis-required")]
    public async Task Day_ThatMakesNoSense_IsRefused_AndNothingIsKept(string day, string kind, string name, string basis, string code)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var outcome = await EnterAsync(DayOff(Friday), new(date, name, name, true, kind, basis));

        outcome.Findings.Select(f => f.Code).ShouldContain(code);
        Get<CatalogueCache>().Current.Calendar.Find(Friday).ShouldBeNull();
    }

    private static CalendarDay DayOff(DateOnly day) => new(day, "Nghỉ hoán đổi", "Day off in exchange", true, "swap_off", Basis);

    private DateTimeOffset At(DateOnly day, int hour) => Get<ProvinceTime>().At(day, new(hour, 0));

    private Task<CalendarOutcome> EnterAsync(params CalendarDay[] days) => Get<EnterCalendarDaysHandler>().Handle(new("", days), By, default);

    private async Task SubmitAsync(string form, string agency, string period)
    {
        var outcome = await Get<SubmitReportHandler>().Handle(
            new(new(Guid.CreateVersion7().ToString(), form, agency, period, true, [.. _host.ValuesOf(form)]), [], agency, "test", "api", _clock.GetUtcNow(), DryRun: false), default);
        outcome.ShouldBeOfType<SubmissionOutcome.Accepted>();
    }
}
