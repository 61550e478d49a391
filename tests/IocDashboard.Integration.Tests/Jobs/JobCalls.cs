using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Reporting;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Quartz;

namespace IocDashboard.Integration.Tests;

/// <summary>What the jobs do, done now: a test with a clock of its own does not wait for the scheduler.</summary>
internal static class JobCalls
{
    /// <summary>
    /// The application without its scheduler: nothing happens but what the test does. Forms are owed from the first of the clock's
    /// month, so that there is a past to sweep.
    /// </summary>
    public static async Task<IocHost> StartAtRestAsync(TimeProvider clock, string? connectionString = null, FirstAssignment? first = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = await IocHost.StartAsync(new()
        {
            Time = clock, ConnectionString = connectionString, Settings = settings ?? new Dictionary<string, string?>(StringComparer.Ordinal), Services = services => services.AddSingleton(first ?? new(MonthsBefore: 0)),
        });
        var scheduler = await host.Services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        while (scheduler.Status != SchedulerStatus.Running) await Task.Delay(10);
        await scheduler.Shutdown(waitForJobsToComplete: true);
        return host;
    }

    public static Task<int> OpenAsync(this IocHost host) => host.Services.GetRequiredService<OpenObligations>().Handle(CancellationToken.None);

    public static Task<int> SweepAsync(this IocHost host) => host.Services.GetRequiredService<SweepReports>().Handle(TimeSpan.Zero, CancellationToken.None);

    public static Task<int> SweepFeedsAsync(this IocHost host) => host.Services.GetRequiredService<SweepFeeds>().Handle(CancellationToken.None);

    /// <summary>A day off that a node wrote, and ended before it moved any deadline.</summary>
    public static async Task WriteDayOffAsync(this IocHost host, DateOnly day, DateTimeOffset at)
    {
        await using var command = host.Database.CreateCommand(
            "insert into calendar_day (agency, day, name_vi, name_en, confirmed, kind, basis, entered_by, recorded_at) values ('', $1, 'Nghỉ', 'Off', true, 'swap_off', 'CV 05', 'minh', $2)");
        command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = day }, new() { Value = at }]);
        await command.ExecuteNonQueryAsync();
    }

    public static async Task<Report> RowAsync(this IocHost host, string report)
    {
        await using var connection = await host.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { ReportRows.Find(report) } };
        await using var reader = await batch.ExecuteReaderAsync();
        return (await ReportRows.ReadAsync(reader, CancellationToken.None)).ShouldNotBeNull(report);
    }

    public static async Task<IReadOnlyList<object>> EventsAsync(this IocHost host, string stream)
    {
        await using var session = host.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.Events.FetchStreamAsync(stream)).Select(e => e.Data)];
    }

    /// <summary>A plausible value for each cell of a form.</summary>
    public static IEnumerable<SubmittedValue> ValuesOf(this IocHost host, string form)
    {
        var catalogue = host.Services.GetRequiredService<CatalogueCache>().Current;
        return catalogue.Forms[form].Indicators
            .SelectMany(c => c.Areas, (c, area) => (Indicator: catalogue.Indicators[c.Code], Area: area))
            .Select((c, i) => new SubmittedValue(
                i, c.Indicator.Code, c.Area, decimal.Round((c.Indicator.PlausibleMin + c.Indicator.PlausibleMax) / 2, c.Indicator.Decimals), "provisional", null));
    }
}
