using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Jobs;

/// <summary>A centre that starts without demonstration on an empty database: what it asks for on its first day.</summary>
public sealed class FirstObligationsTests
{
    [Theory]
    [InlineData("2026-11-23T03:00:00Z")]
    [InlineData("2026-12-31T16:59:00Z")]
    [InlineData("2027-01-01T02:00:00Z")]
    public async Task FirstStart_OnAnyDay_OwesOnlyWhatIsStillRunning(string now)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));
        await using var host = await JobCalls.StartAtRestAsync(clock, first: new(MonthsBefore: null));

        await host.OpenAsync();
        await host.SweepAsync();

        (await CountAsync(host, "select count(*)::int from report where due_at <= $1", clock.GetUtcNow())).ShouldBe(0);
        (await CountAsync(host, "select count(*)::int from report where overdue_since is not null or punctuality = $1::int", (int)Punctuality.Overdue)).ShouldBe(0);
        // Nothing is left out either: what was opened for each form begins with the period that is running, or due, now.
        var time = host.Services.GetRequiredService<ProvinceTime>();
        foreach (var form in host.Services.GetRequiredService<CatalogueCache>().Current.FormList)
        {
            var running = ReportingPeriod.Containing(form.Rhythm, time.DayOf(clock.GetUtcNow()));
            (await CountAsync(host, "select count(*)::int from report where form = $1", form.Code)).ShouldBeInRange(OpenObligationsAhead, OpenObligationsAhead + 1, form.Code);
            ReportingPeriod.Containing(form.Rhythm, form.AssignedFrom).ShouldBeOneOf(running, running.Next);
        }
    }

    private static readonly int OpenObligationsAhead = new Web.Platform.IocSettings().PeriodsAhead;

    private static async Task<int> CountAsync(IocHost host, string sql, object parameter)
    {
        await using var command = host.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = parameter });
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
