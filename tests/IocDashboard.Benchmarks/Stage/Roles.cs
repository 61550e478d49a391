using System.Globalization;
using IocDashboard.Web;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>What this program is when a benchmark starts it again: the centre itself, or the bare thing that it is compared with.</summary>
internal static class Roles
{
    public const string Flag = "--role", Centre = "centre", Bare = "bare-hub";

    /// <summary>Answers with what the process holds after a full collection.</summary>
    public const string MemoryPath = "/bench/memory";

    /// <summary>Reads a body, writes nothing: what HTTP alone costs.</summary>
    public const string EmptyPath = "/bench/empty";

    public static async Task<int> RunAsync(string role, string[] arguments)
    {
        await using var app = role == Centre ? await IocApplication.BuildAsync(arguments) : BuildBareHub(arguments);
        app.MapBench(role == Centre);
        await app.RunAsync();
        return 0;
    }

    private static WebApplication BuildBareHub(string[] arguments)
    {
        var builder = WebApplication.CreateSlimBuilder(arguments);
        builder.Logging.ClearProviders();
        builder.Services.AddSignalR().AddMessagePackProtocol();
        builder.Services.AddHostedService<BareTicker>();
        var app = builder.Build();
        app.MapHub<BareHub>("/hubs/live");
        app.MapGet("/readyz", () => Results.Ok());
        return app;
    }

    private static void MapBench(this WebApplication app, bool closedByDefault)
    {
        RouteHandlerBuilder[] endpoints =
        [
            app.MapGet(MemoryPath, () =>
            {
                for (var i = 0; i < 2; i++)
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    GC.WaitForPendingFinalizers();
                }

                return Results.Text(string.Create(CultureInfo.InvariantCulture, $"{GC.GetTotalMemory(forceFullCollection: true)} {PrivateBytes()}"));
            }),
            app.MapPost(EmptyPath, async (HttpRequest request) =>
            {
                await request.Body.CopyToAsync(Stream.Null);
                return Results.StatusCode(StatusCodes.Status201Created);
            }),
        ];
        if (!closedByDefault) return;
        foreach (var endpoint in endpoints) endpoint.RequireAuthorization(Policies.Public);
    }

    // Resident memory that is the process's own: libraries mapped from files are shared and do not grow with connections.
    private static long PrivateBytes() => File.Exists("/proc/self/status")
        ? 1024 * File.ReadLines("/proc/self/status").Where(l => l.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)).FirstOrDefault()
        : Environment.WorkingSet;

    /// <summary>A hub as the template makes it: one method that answers, one group send a second.</summary>
    internal sealed class BareHub : Hub
    {
        public async Task<string> Subscribe(string channel, string? culture)
        {
            await Groups.AddToGroupAsync(Context.ConnectionId, channel, Context.ConnectionAborted);
            return culture ?? channel;
        }
    }

    private sealed class BareTicker(IHubContext<BareHub> hub) : Microsoft.Extensions.Hosting.BackgroundService
    {
        private static readonly string Kilobyte = new('x', 1024);

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(stoppingToken)) await hub.Clients.All.SendAsync("Frame", Kilobyte, stoppingToken);
        }
    }
}
