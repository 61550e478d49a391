using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Catalogue.Import;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// A database of the centre, made by the centre's own migration and import: the province's catalogue, and beside it the
/// invented agencies of a benchmark. Dropped when disposed.
/// </summary>
internal sealed class CentreDatabase : IAsyncDisposable
{
    private readonly PostgresStage _postgres;

    private CentreDatabase(PostgresStage postgres, string connectionString, NpgsqlDataSource rows)
    {
        (_postgres, ConnectionString, Rows) = (postgres, connectionString, rows);
    }

    public string ConnectionString { get; }

    /// <summary>For the benchmark itself: its peers, and to count what arrived. Schema ioc comes first.</summary>
    public NpgsqlDataSource Rows { get; }

    /// <summary>By agency.</summary>
    public Dictionary<string, string> Tokens { get; } = new(StringComparer.Ordinal);

    /// <param name="submitters">Further agencies that get a key of scope <c>submit</c>.</param>
    public static async Task<CentreDatabase> CreateAsync(PostgresStage postgres, IReadOnlyList<AgencyPlan> plans, params string[] submitters)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        var rows = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = "ioc", Timezone = "UTC" }.ConnectionString).Build();
        var database = new CentreDatabase(postgres, connectionString, rows);
        await using var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = connectionString, Started = false });
        await ImportAsync(host.Services, ReferenceSet.ShippedDirectory);
        if (plans.Count > 0)
        {
            var directory = TestPaths.NewDirectory("reference");
            AgencyPlan.Write(directory, plans);
            await ImportAsync(host.Services, directory);
            TestPaths.Remove(directory);
        }

        var keys = host.Services.GetRequiredService<MachineKeys>();
        foreach (var agency in plans.Select(p => p.Code).Concat(submitters).Distinct(StringComparer.Ordinal))
            database.Tokens[agency] = (await keys.AddAsync(agency, [KeyScopes.Submit], expiresAt: null, "bench " + agency)).Token;
        return database;
    }

    /// <summary>The same application over this database in this process: it knows the catalogue, and nothing of it runs.</summary>
    public async Task<IocHost> OpenAsync()
    {
        var host = await IocHost.StartAsync(new IocHostOptions { ConnectionString = ConnectionString, Started = false });
        await host.Services.GetRequiredService<CatalogueLoader>().LoadAsync(CancellationToken.None);
        return host;
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Rows.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Rows.CreateCommand(sql);
        command.CommandTimeout = 1800;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Rows.DisposeAsync();
        await _postgres.DropDatabaseAsync(ConnectionString);
    }

    private static async Task ImportAsync(IServiceProvider services, string directory)
    {
        var today = services.GetRequiredService<ProvinceTime>().DayOf(TimeProvider.System.GetUtcNow());
        var outcome = await services.GetRequiredService<ImportCatalogueHandler>().Handle(
            new ImportCatalogue(directory, ImportCatalogue.RegulationsStructure, today, "UBND", "bench", "bench"), CancellationToken.None);
        if (outcome.Findings is [var finding, ..]) throw new InvalidOperationException($"The invented catalogue is not sound: {finding}");
    }
}
