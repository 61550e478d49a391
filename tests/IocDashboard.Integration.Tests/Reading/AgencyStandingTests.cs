using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Timeliness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Reading;

/// <summary>How an agency stands among all, over reports of a few weeks; the clock is the test's.</summary>
public sealed class AgencyStandingTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 2, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;
    private string[] _agencies = [];

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        for (var week = 0; week < 5; week++)
        {
            await _host.OpenAsync();
            _clock.Advance(TimeSpan.FromDays(7));
        }

        await using (var owing = _host.Database.CreateCommand("select array_agg(distinct agency) from report where due_at <= $1"))
        {
            owing.Parameters.Add(new() { Value = _clock.GetUtcNow() });
            _agencies = (string[])(await owing.ExecuteScalarAsync())!;
        }

        await SettleAsync("- interval '1 hour'", One, Other);
        await SettleAsync("+ interval '1 hour'", Late);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // Two that were always in time, one that was always late, and all others, which never reported.
    private string One => _agencies[0];

    private string Other => _agencies[1];

    private string Late => _agencies[2];

    private string Silent => _agencies[3];

    private MeasureAgency Measure => _host.Services.GetRequiredService<MeasureAgency>();

    [Fact]
    public async Task Rank_OfEquals_IsTheSame_AndTheNextComesAfterAllOfThem()
    {
        var agencies = _agencies.Length;
        agencies.ShouldBeGreaterThan(4);

        foreach (var (agency, rank) in new[] { (One, 1), (Other, 1), (Late, 3), (Silent, 3) })
        {
            var stands = await Measure.BesideAll(agency, default);
            (stands.Rank, stands.Agencies).ShouldBe((rank, agencies), agency);
        }

        var nobody = await Measure.BesideAll("no-such-agency", default);
        (nobody.Rank, nobody.Agencies, nobody.Own).ShouldBe((null, agencies, Domain.Reporting.Timeliness.None));
    }

    [Fact]
    public async Task Months_OfAnAgency_AreItsOwn_AndAddUpToTheYear()
    {
        var stands = await Measure.BesideAll(Late, default);

        stands.Months.Count.ShouldBe(MeasureAgency.Months);
        stands.Months[^1].Month.ToString().ShouldBe("2026-12");
        stands.Months.Aggregate(Domain.Reporting.Timeliness.None, (sum, m) => sum + m.Own).ShouldBe(stands.Own);
        stands.Months.Aggregate(Domain.Reporting.Timeliness.None, (sum, m) => sum + m.All).ShouldBe(stands.All);
        (stands.Own.Expected, stands.Own.Late).ShouldBe((await DueOfAsync(Late), stands.Own.Expected));
        stands.All.Expected.ShouldBe(await CountAsync("select count(*)::int from report where due_at <= $1"));
        (await Measure.ByMonth(Late, default)).ShouldBe(stands.Months.Select(m => (m.Month, m.Own)));
    }

    [Fact]
    public async Task Province_IsMeasuredOnceForAll_WhileAnAgencysOwnIsOfNow()
    {
        var before = await Measure.BesideAll(One, default);
        await SettleAsync("- interval '1 hour'", Silent);

        var own = await Measure.BesideAll(Silent, default);
        (own.Rank, own.Own.OnTime, own.All).ShouldBe((1, await DueOfAsync(Silent), before.All));

        _clock.Advance(MeasureAgency.ProvinceAge);
        (await Measure.BesideAll(Silent, default)).All.OnTime.ShouldBe(before.All.OnTime + own.Own.OnTime);
    }

    private Task<int> DueOfAsync(string agency) => CountAsync($"select count(*)::int from report where due_at <= $1 and agency = '{agency}'");

    private async Task SettleAsync(string beside, params string[] agencies)
    {
        await using var command = _host.Database.CreateCommand($"update report set settled_at = due_at {beside} where agency = any($1) and due_at <= $2");
        command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = agencies }, new() { Value = _clock.GetUtcNow() }]);
        (await command.ExecuteNonQueryAsync()).ShouldBePositive();
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = _clock.GetUtcNow() });
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
