using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace IocDashboard.Tests.Fixtures;

/// <summary>One real server for the whole test run, started by the application's own launcher in a temporary directory.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Template = "migrated";

    private static readonly Lazy<Task<PostgresServer>> Single = new(() => StartAsync(durable: false));
    private static int _databases;

    private readonly EmbeddedPostgres _server;
    private readonly string _directory;
    private readonly Lazy<Task> _template;

    private PostgresServer(EmbeddedPostgres server, string directory)
    {
        (_server, _directory) = (server, directory);
        _template = new(MakeTemplateAsync);
    }

    /// <summary>Starts with its first use; whoever owns the run disposes it with <see cref="StopSharedAsync"/>.</summary>
    public static Task<PostgresServer> Shared => Single.Value;

    public static async Task StopSharedAsync()
    {
        if (Single.IsValueCreated) await (await Single.Value).DisposeAsync();
    }

    /// <param name="durable">True for measurements: writes reach the disk as in production.</param>
    public static async Task<PostgresServer> StartAsync(bool durable)
    {
        var directory = durable ? TestPaths.NewDirectory("postgres") : TestPaths.NewFleetingDirectory("postgres");
        var settings = new IocSettings { DataDirectory = directory, PostgresPrograms = Environment.GetEnvironmentVariable("Ioc__PostgresPrograms") };
        return new PostgresServer(await EmbeddedPostgres.StartAsync(settings, NullLogger.Instance, durable), directory);
    }

    /// <summary>Makes an empty database and returns how to reach it.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name}");
        return Of(name);
    }

    /// <summary>Makes a database that has this build's schema and nothing in it: a copy, for making it anew takes most of an application's start. Of files, since the
    /// usual way writes each page to the log of a server that needs none.</summary>
    public async Task<string> CreateMigratedDatabaseAsync()
    {
        await _template.Value;
        var name = $"t{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template {Template} strategy file_copy");
        return Of(name);
    }

    public async Task DropDatabaseAsync(string connectionString) =>
        await ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        TestPaths.Remove(_directory);
    }

    private async Task MakeTemplateAsync()
    {
        await ExecuteAsync($"create database {Template}");
        await using var host = await IocHost.StartAsync(new() { ConnectionString = Of(Template), Started = false });
    }

    private string Of(string database) => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database, MaxPoolSize = 30 }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
