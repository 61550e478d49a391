using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using IocDashboard.Web.Platform.Audit;
using JasperFx;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>
/// Brings the database to this build's schema: the numbered scripts of <c>Platform/Database/Sql</c> once each, the partitions,
/// Marten's schema <c>history</c>. One process at a time; running it again changes nothing.
/// </summary>
public sealed class DatabaseMigrator(NpgsqlDataSource database, IDocumentStore history, ObservationPartitions partitions, AuditTrail audit, TimeProvider clock, ILogger<DatabaseMigrator> logger)
{
    private const string ScriptPrefix = "sql/";

    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_5F4D4947;

    private static readonly Script[] Scripts = [.. ReadScripts()];

    public static int CurrentVersion => Scripts[^1].Version;

    /// <summary>Checks, and brings the schema up to date if <paramref name="migrate"/>.</summary>
    /// <exception cref="StartFailureException">The schema is newer than this build; or older, and it may not be changed.</exception>
    public async Task PrepareAsync(bool migrate, CancellationToken cancellation)
    {
        var found = await VersionAsync(cancellation);
        if (found > CurrentVersion)
            throw new StartFailureException(ExitCodes.NewerSchema, string.Create(CultureInfo.InvariantCulture,
                $"The database has schema version {found}, and this build knows versions up to {CurrentVersion}. Run the newer build, or restore a backup made before it."));
        if (migrate)
        {
            await MigrateAsync(cancellation);
            return;
        }
        if (found < CurrentVersion || await HistoryStampAsync(cancellation) != HistoryHash())
            throw new StartFailureException(ExitCodes.SchemaNotMigrated, string.Create(CultureInfo.InvariantCulture,
                $"The database has schema version {found}, and this build needs version {CurrentVersion}. Make a backup, then run: ./ioc migrate"));
    }

    /// <summary>0 when the database is empty.</summary>
    public async Task<int> VersionAsync(CancellationToken cancellation)
    {
        await using var exists = database.CreateCommand("select to_regclass('ioc.schema_version') is not null");
        if (await exists.ExecuteScalarAsync(cancellation) is not true) return 0;
        await using var version = database.CreateCommand("select coalesce(max(version), 0) from ioc.schema_version");
        return (int)(await version.ExecuteScalarAsync(cancellation))!;
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"select pg_advisory_lock({LockNumber})", cancellation);
        try
        {
            await ExecuteAsync(connection, """
                create schema if not exists ioc;
                create table if not exists ioc.schema_version (version int primary key, name text not null, applied_at timestamptz not null);
                """, cancellation);
            var found = await VersionAsync(cancellation);
            foreach (var script in Scripts.Where(s => s.Version > found)) await ApplyAsync(connection, script, cancellation);
            // Types of our own that a script created are unknown to connections that were opened before it.
            if (found < CurrentVersion) await database.ReloadTypesAsync(cancellation);
            await partitions.EnsureAsync(connection, cancellation);
            await ApplyHistoryAsync(connection, cancellation);
            // A new database tells its version at its first start, with the settings.
            if (found > 0 && found < CurrentVersion)
                await audit.RecordAsync(AuditActions.SchemaMigrated, BuildInfo.Version, AuditOutcome.Done, new() { ["schema"] = found }, new() { ["schema"] = CurrentVersion }, AuditActor.Itself, cancellation);
        }
        finally
        {
            await ExecuteAsync(connection, $"select pg_advisory_unlock({LockNumber})", CancellationToken.None);
        }
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Script script, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "set local search_path = ioc;\n" + script.Text, cancellation);
        await using var record = new NpgsqlCommand("insert into ioc.schema_version (version, name, applied_at) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = script.Version }, new() { Value = script.Name }, new() { Value = clock.GetUtcNow() } },
        };
        await record.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        logger.LogInformation("Applied schema version {Version} {Name}", script.Version, script.Name);
    }

    // Comparing Marten's whole schema takes about a second, so it is done only when this build's differs from the last applied.
    private async Task ApplyHistoryAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        var hash = HistoryHash();
        if (await HistoryStampAsync(cancellation) == hash) return;
        await history.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await using var stamp = new NpgsqlCommand("insert into ioc.installation (key, value) values ('history-schema', $1) on conflict (key) do update set value = excluded.value", connection)
        {
            Parameters = { new() { Value = hash } },
        };
        await stamp.ExecuteNonQueryAsync(cancellation);
        logger.LogInformation("Applied the schema of events");
    }

    private string HistoryHash() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(history.Storage.ToDatabaseScript())));

    private async Task<string?> HistoryStampAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select value from ioc.installation where key = 'history-schema'");
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 600 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static IEnumerable<Script> ReadScripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ScriptPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = Path.GetFileNameWithoutExtension(resource);
            yield return new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name[5..], reader.ReadToEnd());
        }
    }

    private sealed record Script(int Version, string Name, string Text);
}
