using System.Diagnostics;
using System.Globalization;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Postgres;
using Npgsql;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// One PostgreSQL server for the whole run, started by the application's own launcher with its own settings: fsync, full-page
/// writes and synchronous commit are on for the centre and for its peers.
/// </summary>
internal sealed class PostgresStage : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private PostgresStage(PostgresServer server) => _server = server;

    public static async Task<PostgresStage> StartAsync() => new(await PostgresServer.StartAsync(durable: true));

    public Task<string> CreateDatabaseAsync() => _server.CreateDatabaseAsync();

    public Task DropDatabaseAsync(string connectionString) => _server.DropDatabaseAsync(connectionString);

    public async Task<string> VersionAsync()
    {
        var database = await CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(database))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select current_setting('fsync') || current_setting('synchronous_commit') || current_setting('full_page_writes')", connection);
            if (await command.ExecuteScalarAsync() is not "ononon") throw new InvalidOperationException("The server is not durable: its figures would mean nothing.");
            return connection.PostgreSqlVersion.ToString();
        }
    }

    /// <summary>
    /// Transactions a second of <c>pgbench -M prepared</c> with a script of one statement. Null when this machine has no pgbench
    /// (Debian: package postgresql).
    /// </summary>
    public static async Task<double?> PgbenchAsync(string connectionString, string script, int clients, TimeSpan length)
    {
        if (Pgbench() is not { } program) return null;
        var file = Path.Combine(Path.GetTempPath(), $"ioc-bench-{Environment.ProcessId}.sql");
        await File.WriteAllTextAsync(file, script);
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        string[] arguments =
        [
            "-n", "-M", "prepared", "-f", file, "-c", clients.ToString(CultureInfo.InvariantCulture), "-j", Math.Min(clients, 2).ToString(CultureInfo.InvariantCulture),
            "-T", Math.Max(2, (int)length.TotalSeconds).ToString(CultureInfo.InvariantCulture),
            "-h", to.Host!, "-p", to.Port.ToString(CultureInfo.InvariantCulture), "-U", to.Username!, to.Database!,
        ];
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PGPASSWORD"] = to.Password;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        File.Delete(file);
        var line = output.Split('\n').FirstOrDefault(l => l.StartsWith("tps = ", StringComparison.Ordinal));
        return line is not null && process.ExitCode == 0
            ? double.Parse(line.Split(' ')[2], CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {output} {await errors}");
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static string? Pgbench()
    {
        var found = PostgresPrograms.Find(new IocSettings { PostgresPrograms = Environment.GetEnvironmentVariable("Ioc__PostgresPrograms") });
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return path.Prepend(found?.BinDirectory ?? "").Select(d => Path.Combine(d, "pgbench")).FirstOrDefault(File.Exists);
    }
}
