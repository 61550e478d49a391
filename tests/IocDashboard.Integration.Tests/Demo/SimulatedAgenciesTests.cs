using System.Collections.Concurrent;
using System.Diagnostics;
using IocDashboard.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Demo;

public sealed class SimulatedAgenciesTests
{
    [Fact]
    public async Task Agencies_SubmitOverHttpAndAreNeverRefused()
    {
        var answers = new ConcurrentQueue<(string Method, string Path, int Status)>();
        await using var host = await IocHost.StartAsync(new()
        {
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Demo"] = "true" },
            Services = services => services.AddSingleton<IStartupFilter>(new Watcher(answers)),
        });

        // Every feed calls within a minute; hourly ones after at most fifty seconds.
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(90) && answers.Select(a => a.Path).Where(p => p.Contains("/feeds/")).Distinct().Count() < 12) await Task.Delay(250);

        answers.Where(a => a.Status >= 400).ShouldBeEmpty();
        answers.Count(a => a is { Method: "POST", Status: 200 or 201 }).ShouldBeGreaterThan(10);
        answers.ShouldContain(a => a.Path.StartsWith("/api/v1/feeds/"));
        // Calls that come together share a transaction, so the first dozen may be few; the sources go on speaking.
        await using var live = host.Database.CreateCommand("select count(*) from ioc.change where at > now() - interval '2 minutes' and cardinality(feeds) > 0");
        while (watch.Elapsed < TimeSpan.FromSeconds(90) && (long)(await live.ExecuteScalarAsync())! <= 5) await Task.Delay(250);
        ((long)(await live.ExecuteScalarAsync())!).ShouldBeGreaterThan(5);
    }

    private sealed class Watcher(ConcurrentQueue<(string, string, int)> answers) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(follow => async http =>
            {
                await follow(http);
                if (http.Request.Path.StartsWithSegments("/api")) answers.Enqueue((http.Request.Method, http.Request.Path, http.Response.StatusCode));
            });
            next(app);
        };
    }
}
