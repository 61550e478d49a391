using System.Globalization;
using IocDashboard.Tests.Fixtures;
using Npgsql;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>
/// A database with the demonstration's 24 months of history, loaded by the application itself once a run; whoever needs one
/// gets a copy. The simulated agencies are not at work in it.
/// </summary>
public static class IllustrativeHistory
{
    /// <summary>Monday, 23 November 2026, 07:58 in the province: two minutes before yesterday's reports fall due.</summary>
    public static readonly DateTimeOffset EndsAt = new(2026, 11, 23, 0, 58, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<string>> Loaded = new(LoadAsync);
    private static int _copies;

    public static async Task<string> CopyAsync()
    {
        var source = new NpgsqlConnectionStringBuilder(await Loaded.Value);
        var name = string.Create(CultureInfo.InvariantCulture, $"history{Interlocked.Increment(ref _copies)}");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(source.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"create database {name} template {source.Database} strategy file_copy", connection);
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(source.ConnectionString) { Database = name }.ConnectionString;
    }

    private static async Task<string> LoadAsync()
    {
        var connectionString = await (await PostgresServer.Shared).CreateDatabaseAsync();
        await using var host = await IocHost.StartAsync(new IocHostOptions
        {
            ConnectionString = connectionString,
            Time = new RunningClock(EndsAt),
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:Demo"] = "true" },
        });
        return connectionString;
    }
}
