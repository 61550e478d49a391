using System.Collections.Concurrent;
using IocDashboard.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Fixtures;

/// <summary>How a test wants its application.</summary>
public sealed record IocHostOptions
{
    /// <summary>Configuration keys, e.g. <c>Ioc:Demo</c>. Demonstration is off unless set here.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The clock of the whole application; the machine's when null.</summary>
    public TimeProvider? Time { get; init; }

    /// <summary>Runs before the application registers its own services.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Routes of the test's own, mapped after the application's.</summary>
    public Action<IEndpointRouteBuilder>? Routes { get; init; }

    /// <summary>An existing database, e.g. that of a second node; null makes one with the schema and nothing in it.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>False builds the application over a migrated database and starts nothing.</summary>
    public bool Started { get; init; } = true;
}

/// <summary>The real application in this process, on a real port, over a database of its own.</summary>
public sealed class IocHost : IAsyncDisposable
{
    // Those that still stop, or could not: who has stopped is let go, with all that it held.
    private static readonly ConcurrentDictionary<Task, byte> Leaving = new();

    private readonly bool _ownsDatabase;
    private readonly LeftLimiter _limiter;

    private IocHost(WebApplication app, string connectionString, string dataDirectory, bool ownsDatabase, LeftLimiter limiter)
    {
        (App, ConnectionString, DataDirectory, _ownsDatabase, _limiter) = (app, connectionString, dataDirectory, ownsDatabase, limiter);
        var address = app.Urls.FirstOrDefault();
        BaseAddress = new Uri(address is null || address.EndsWith(":0", StringComparison.Ordinal) ? "http://127.0.0.1" : address);
        Client = NewClient();
    }

    public WebApplication App { get; }
    public IServiceProvider Services => App.Services;
    public Uri BaseAddress { get; }

    /// <summary>Calls from this machine, without a token. Follows no redirects.</summary>
    public HttpClient Client { get; }
    public string ConnectionString { get; }
    public string DataDirectory { get; }
    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<IocHost> StartAsync(IocHostOptions? options = null)
    {
        options ??= new IocHostOptions();
        var connectionString = options.ConnectionString ?? await (await PostgresServer.Shared).CreateMigratedDatabaseAsync();
        var dataDirectory = TestPaths.NewDirectory("host");
        var limiter = new LeftLimiter();
        var app = await IocApplication.BuildAsync(["--environment=Development"], builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["ConnectionStrings:Ioc"] = connectionString,
                ["Ioc:DataDirectory"] = dataDirectory,
                ["Ioc:Demo"] = "false",
                ["Ioc:LogToConsole"] = "false",
                // Most tests look at pages from this machine; who may get in where is tried from others.
                ["Ioc:TrustThisMachine"] = "true",
                ["urls"] = "http://127.0.0.1:0",
            });
            builder.Configuration.AddInMemoryCollection(options.Settings);
            if (options.Time is not null) builder.Services.AddSingleton(options.Time);
            builder.Services.AddSingleton<IStartupFilter>(limiter);
            options.Services?.Invoke(builder.Services);
        });
        options.Routes?.Invoke(app);
        if (options.Started) await app.StartAsync();
        return new IocHost(app, connectionString, dataDirectory, options.ConnectionString is null, limiter);
    }

    public HttpClient NewClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };

    /// <summary>One with a database of its own leaves while the next test runs: its scheduler takes up to a second to stop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_ownsDatabase) Leave(Task.Run(StopAsync));
        else await StopAsync();
    }

    /// <summary>Ends when every application that was disposed has stopped; fails if one could not.</summary>
    public static Task AllStoppedAsync() => Task.WhenAll(Leaving.Keys);

    private static void Leave(Task stopping)
    {
        Leaving[stopping] = 0;
        _ = stopping.ContinueWith(static stopped => Leaving.TryRemove(stopped, out _), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    private async Task StopAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _limiter.Dispose();
        if (_ownsDatabase) await (await PostgresServer.Shared).DropDatabaseAsync(ConnectionString);
        TestPaths.Remove(DataDirectory);
    }
}
