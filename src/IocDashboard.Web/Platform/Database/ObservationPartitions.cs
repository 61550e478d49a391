using System.Globalization;
using Npgsql;

namespace IocDashboard.Web.Platform.Database;

/// <summary>
/// Table <c>observation</c> has one partition a year of recording (UTC), from 2020 through next year. There is none for
/// "everything else": a row with a senseless date fails instead of hiding.
/// </summary>
public sealed class ObservationPartitions(NpgsqlDataSource database, TimeProvider clock)
{
    private const int FirstYear = 2020;

    /// <summary>Creates what is missing. Called at each migration and by a job through the year.</summary>
    public async Task EnsureAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await EnsureAsync(connection, cancellation);
    }

    internal async Task EnsureAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        for (var year = FirstYear; year <= clock.GetUtcNow().Year + 1; year++)
        {
            var sql = string.Create(CultureInfo.InvariantCulture, $"""
                create table if not exists ioc.observation_y{year} partition of ioc.observation
                for values from ('{year}-01-01T00:00:00Z') to ('{year + 1}-01-01T00:00:00Z')
                """);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}
