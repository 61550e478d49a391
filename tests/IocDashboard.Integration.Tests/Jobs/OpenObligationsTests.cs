using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

public sealed class OpenObligationsTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobCalls.StartAtRestAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Reports_OfAgenciesThatNeverSpoke_AreOpened()
    {
        await _host.OpenAsync();

        foreach (var form in Catalogue.FormList)
        {
            var periods = await PeriodsAsync(form.Code);
            var current = ReportingPeriod.Containing(form.Rhythm, new DateOnly(2026, 11, 23));
            periods.ShouldContain(current.Next.Next.Next.ToString(), form.Code);
            periods.ShouldNotContain(current.Next.Next.Next.Next.ToString(), form.Code);
            if (current.FirstDay >= form.AssignedFrom) periods.ShouldContain(current.ToString(), form.Code);
            periods.ShouldAllBe(p => ReportingPeriod.Parse(p).FirstDay >= form.AssignedFrom);
        }

        (await CountAsync("select count(*)::int from history.mt_streams where type is null and id in (select id from report)")).ShouldBe(await CountAsync("select count(*)::int from report"));
        (await CountAsync("select count(*)::int from history.mt_events where type = 'report_opened'")).ShouldBe(await CountAsync("select count(*)::int from report"));
    }

    [Fact]
    public async Task Opening_AgainAndByTwoAtOnce_OpensNothingTwice()
    {
        await _host.OpenAsync();
        await using (var drop = _host.Database.CreateCommand("delete from report where form = 'SYT-D' and period in ('2026-11-20', '2026-11-24')")) await drop.ExecuteNonQueryAsync();
        await using (var drop = _host.Database.CreateCommand("delete from history.mt_events where stream_id in ('SYT-D/SYT/2026-11-20', 'SYT-D/SYT/2026-11-24')")) await drop.ExecuteNonQueryAsync();

        var opened = await Task.WhenAll(_host.OpenAsync(), _host.OpenAsync(), _host.OpenAsync());

        opened.Sum().ShouldBe(2, "a gap is filled, once");
        (await _host.OpenAsync()).ShouldBe(0);
        (await CountAsync("select count(*)::int - count(distinct stream_id)::int from history.mt_events where type = 'report_opened'")).ShouldBe(0);
    }

    [Fact]
    public async Task Opening_AfterAPause_OpensEveryPeriodThatPassed()
    {
        await _host.OpenAsync();
        _clock.Advance(TimeSpan.FromDays(12));

        await _host.OpenAsync();

        var days = await PeriodsAsync("SYT-D");
        for (var day = new DateOnly(2026, 11, 1); day <= new DateOnly(2026, 12, 8); day = day.AddDays(1)) days.ShouldContain(day.ToString("O"));
        days.Count.ShouldBe(38);
    }

    [Fact]
    public async Task Assignment_MovedBack_OpensTheEarlierPeriods()
    {
        await _host.OpenAsync();
        var command = new ImportCatalogue(
            Web.Features.Catalogue.Import.ReferenceSet.ShippedDirectory, ImportCatalogue.RegulationsStructure, new DateOnly(2026, 9, 1), "UBND", "test", "test");
        (await _host.Services.GetRequiredService<ImportCatalogueHandler>().Handle(command, CancellationToken.None)).Findings.ShouldBeEmpty();

        await _host.OpenAsync();

        (await PeriodsAsync("KBNN-W")).ShouldContain("2026-W37");
        (await PeriodsAsync("SKHDT-M")).ShouldContain("2026-09");
        (await PeriodsAsync("SYT-D")).Count.ShouldBe(30 + 31 + 26);
    }

    private CatalogueSnapshot Catalogue => _host.Services.GetRequiredService<CatalogueCache>().Current;

    private async Task<List<string>> PeriodsAsync(string form)
    {
        await using var command = _host.Database.CreateCommand($"select period from report where form = '{form}' order by time_key");
        await using var reader = await command.ExecuteReaderAsync();
        var periods = new List<string>();
        while (await reader.ReadAsync()) periods.Add(reader.GetString(0));
        return periods;
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
