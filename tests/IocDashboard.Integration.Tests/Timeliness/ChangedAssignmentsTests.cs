using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Catalogue;
using IocDashboard.Integration.Tests.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Timeliness;

/// <summary>
/// Who owes what, through changes of the set that were decided in February and hold from April: beside a second centre in which nothing
/// was decided, under the same clock.
/// </summary>
public sealed class ChangedAssignmentsTests : IAsyncLifetime
{
    private const string Successor = "SHN";

    private static readonly DateOnly Change = new(2027, 4, 1);
    private static readonly SignedPaper Paper = new("31/QĐ-UBND", new(2027, 2, 12), "Nguyễn Văn A");
    private static readonly string[] Months = ["2027-04", "2027-05", "2027-06"];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2027, 2, 10, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!, _unchanged = null!;

    public async ValueTask InitializeAsync()
    {
        // Opened well ahead, so that the clock may go in long steps.
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:PeriodsAhead"] = "24" };
        _host = await JobCalls.StartAtRestAsync(_clock, first: new(MonthsBefore: 2), settings: settings);
        _unchanged = await JobCalls.StartAtRestAsync(_clock, first: new(MonthsBefore: 2), settings: settings);
        using var register = new ReferenceFolder().Append("agencies.csv", $"{Successor},Sở hợp nhất,Merged department,Sở HN,Merged,board,provider,UBND,,,,,,,,,,,test");
        foreach (var host in new[] { _host, _unchanged })
        {
            await host.OpenAsync();
            (await host.Get<ImportCatalogueHandler>().Handle(register.Import(), default)).Findings.ShouldBeEmpty();
        }

        await Visitor.OfAsync(_host, Roles.IndicatorSteward, "SKHDT");
        await Visitor.OfAsync(_host, Roles.ManagingAgency, "STTTT");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _unchanged.DisposeAsync();
    }

    [Fact]
    public async Task Forms_ThatStartStopMergeOrMove_ChangeWhatIsExpectedFromTheirDayOnOnly()
    {
        var unknown = _clock.GetUtcNow();
        var asKnown = await OwedAsync(_host);
        _clock.SetUtcNow(At(new(2027, 2, 15), 10));
        await DecideAsync();
        await GoToAsync(At(new(2027, 3, 20), 10));
        var decided = _clock.GetUtcNow();
        var asDecided = await OwedAsync(_host);
        await GoToAsync(At(new(2027, 7, 15), 10));

        // A form of each kind, by its reports: the daily ones of 14 July fell due on the morning of the 15th.
        var (now, without) = (await OwedAsync(_host), await OwedAsync(_unchanged));
        var days = Enumerable.Range(0, new DateOnly(2027, 7, 14).DayNumber - Change.DayNumber + 1).Select(i => Change.AddDays(i).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var (ended, begun) = (new[] { "TTHCC", "BATGT", "CAT", "TTT" }, new[] { "SNV", Successor, "STNMT" });
        without.Except(now).Order().ShouldBe([.. ended.SelectMany(a => Months.Select(m => $"{a}-M/{a}/{m}")).Concat(days.Select(d => $"CAT-D/CAT/{d}")).Order()]);
        now.Except(without).Order().ShouldBe([.. begun.SelectMany(a => Months.Select(m => $"{a}-M/{a}/{m}")).Concat(days.Select(d => $"SGTVT-D/SGTVT/{d}")).Order()]);

        var (agencies, agenciesBefore) = (await ExpectedAsync(_host, TimelinessGroup.Agency), await ExpectedAsync(_unchanged, TimelinessGroup.Agency));
        var differ = agencies.Keys.Union(agenciesBefore.Keys).ToDictionary(a => a, a => agencies.GetValueOrDefault(a) - agenciesBefore.GetValueOrDefault(a)).Where(d => d.Value != 0).ToDictionary();
        differ.ShouldBe(new Dictionary<string, int>
        {
            ["TTHCC"] = -3, ["BATGT"] = -3, ["CAT"] = -3 - days.Length, ["TTT"] = -3, ["SNV"] = 3, [Successor] = 3, ["STNMT"] = 3, ["SGTVT"] = days.Length,
        }, ignoreOrder: true, "two forms that became one are one report");
        var (periods, periodsBefore) = (await ExpectedAsync(_host, TimelinessGroup.Period), await ExpectedAsync(_unchanged, TimelinessGroup.Period));
        periods.Keys.Order().ShouldBe(periodsBefore.Keys.Order());
        foreach (var (period, count) in periods) count.ShouldBe(periodsBefore[period] - (Months.Contains(period) ? 1 : 0), period);
        now.Count.ShouldBe(agencies.Values.Sum());

        // What was known then is answered now as it was then, by each grouping, and in a centre that never changed alike.
        foreach (var (instant, then) in new[] { (unknown, asKnown), (decided, asDecided) })
        {
            (await OwedAsync(_host, instant)).ShouldBe(then, ignoreOrder: true);
            (await OwedAsync(_unchanged, instant)).ShouldBe(then, ignoreOrder: true);
            foreach (var group in Enum.GetValues<TimelinessGroup>())
                (await ExpectedAsync(_host, group, instant)).ShouldBe(await ExpectedAsync(_unchanged, group, instant), ignoreOrder: true, group.ToString());
        }

        asKnown.Count.ShouldBeGreaterThan(500);
        var march = new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.FromHours(7));
        (await OwedAsync(_host, march)).ShouldBe(await OwedAsync(_unchanged, march), ignoreOrder: true, "the day that it holds from: nothing of it has fallen due");
    }

    private async Task DecideAsync()
    {
        var indicators = _host.Get<CatalogueCache>().Current.Indicators;
        await ApproveAsync(ChangeKind.New, indicators["KT05"] with
        {
            Code = "KT91", Name = new("Chỉ số mới", "New indicator"), ShortName = new("Mới", "New"), Agency = "SNV", Breakdown = Breakdown.Province,
        });
        await ApproveAsync(ChangeKind.Retire, indicators["HC08"]);
        await ApproveAsync(ChangeKind.Change, indicators["GT02"] with { Agency = Successor });
        await ApproveAsync(ChangeKind.Change, indicators["GT05"] with { Agency = Successor });
        await ApproveAsync(ChangeKind.Change, indicators["PA07"] with { Agency = "STNMT" });
        await ApproveAsync(ChangeKind.Change, indicators["GT06"] with { Agency = "SGTVT" });
    }

    private async Task ApproveAsync(ChangeKind kind, Indicator indicator)
    {
        var proposed = await _host.Get<ProposeChangeHandler>().Handle(
            new(kind, indicator, [], WordingOnly: false, Change, "Sắp xếp tổ chức bộ máy", new(AuditActor.Person, Roles.IndicatorSteward, "SKHDT", null, null)), default);
        proposed.Refusal.ShouldBeNull(indicator.Code);
        (await _host.Get<RecordDecisionHandler>().Handle(
            new(proposed.Proposal!.Id, Approved: true, Paper, Change, null, new(AuditActor.Person, Roles.ManagingAgency, "STTTT", null, null)), default)).Refusal.ShouldBeNull(indicator.Code);
    }

    /// <summary>Step by step, as the jobs of a centre would, and on the day of the change.</summary>
    private async Task GoToAsync(DateTimeOffset until)
    {
        while (_clock.GetUtcNow() < until)
        {
            var next = _clock.GetUtcNow().AddDays(20);
            var change = At(Change);
            if (_clock.GetUtcNow() < change && next > change) next = change;
            _clock.SetUtcNow(next < until ? next : until);
            await _host.Get<ApplyDecisions>().Handle(TimeSpan.Zero, default);
            await _host.OpenAsync();
            await _unchanged.OpenAsync();
        }
    }

    private async Task<List<string>> OwedAsync(IocHost host, DateTimeOffset? asOf = null)
    {
        var (found, count) = await host.Get<MeasureTimeliness>().List(
            At(new(2026, 12, 1)), At(new(2027, 7, 16)), TimelinessGroup.Agency, group: null, TimelinessPart.Expected, Sight.OfNobody, int.MaxValue, default, asOf ?? _clock.GetUtcNow());
        found.Count.ShouldBe(count);
        return [.. found.Select(o => o.Id)];
    }

    private async Task<Dictionary<string, int>> ExpectedAsync(IocHost host, TimelinessGroup group, DateTimeOffset? asOf = null) =>
        (await host.Get<MeasureTimeliness>().Handle(At(new(2026, 12, 1)), At(new(2027, 7, 16)), group, Sight.OfNobody, default, asOf ?? _clock.GetUtcNow()))
            .ToDictionary(g => g.Group, g => g.Measure.Expected);

    private DateTimeOffset At(DateOnly day, int hour = 0) => _host.Get<ProvinceTime>().At(day, new(hour, 0));
}
