using IocDashboard.Web.Platform.Postgres;
using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>Finds the database before the host is built: the given one, or the embedded server's.</summary>
internal static class DatabaseSetup
{
    public const string ConnectionName = "Ioc";

    public static async Task<(string ConnectionString, EmbeddedPostgres? Server)> FindAsync(IConfiguration configuration, IocSettings settings, ILogger logger)
    {
        if (configuration.GetConnectionString(ConnectionName) is { Length: > 0 } given)
        {
            await CheckAsync(given);
            return (given, null);
        }
        var server = await EmbeddedPostgres.StartAsync(settings, logger);
        return (server.ConnectionString, server);
    }

    /// <summary>One pool for the whole application. Sessions speak UTC and look in schema ioc first.</summary>
    public static void AddDatabase(this IServiceCollection services, string connectionString, EmbeddedPostgres? server)
    {
        services.AddSingleton<Installation>();
        var complete = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "ioc", Timezone = "UTC", ApplicationName = "IocDashboard", Multiplexing = false, IncludeErrorDetail = false,
        };
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        if (!given.ShouldSerialize("Maximum Pool Size")) complete.MaxPoolSize = 80;
        if (!given.ShouldSerialize("Max Auto Prepare")) complete.MaxAutoPrepare = 64;
        services.AddNpgsqlDataSource(complete.ConnectionString, builder =>
        {
            builder.Name = "ioc";
            builder.MapComposite<HeadRow>(HeadRow.TypeName);
        });
        services.AddSingleton<ObservationPartitions>();
        services.AddSingleton<DatabaseMigrator>();
        // Made by a factory and taken first after the build, so that the container stops the server last of all.
        if (server is null) return;
        services.AddSingleton(_ => server);
        services.AddHostedService<SignalHandover>();
    }

    private static async Task CheckAsync(string connectionString)
    {
        try
        {
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync();
            if (connection.PostgreSqlVersion.Major < PostgresPrograms.OldestVersion)
                throw new StartFailureException(ExitCodes.NoPostgres, $"The server of ConnectionStrings__Ioc is PostgreSQL {connection.PostgreSqlVersion}; version {PostgresPrograms.OldestVersion} or newer is needed.");
        }
        catch (Exception e) when (e is NpgsqlException or ArgumentException or TimeoutException)
        {
            throw new StartFailureException(e is ArgumentException ? ExitCodes.BadSettings : ExitCodes.NoPostgres, $"PostgreSQL cannot be reached with ConnectionStrings__Ioc: {e.Message}", e);
        }
    }
}
