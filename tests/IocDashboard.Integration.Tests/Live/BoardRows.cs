using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Live;

/// <summary>Writes the rows that a use case would, without one, so that a test decides when each transaction commits.</summary>
internal static class BoardRows
{
    public static Series Series(this IocHost host, string indicator, string area) =>
        host.Services.GetRequiredService<CatalogueCache>().Current.SeriesByKey[(indicator, area)];

    public static LiveBoard Board(this IocHost host) => host.Services.GetRequiredService<LiveBoard>();

    /// <summary>A figure becomes current, and the change is noted, in the given transaction.</summary>
    public static async Task PutHeadAsync(this NpgsqlConnection connection, int series, DateTimeOffset timeKey, decimal value, DateTimeOffset recordedAt)
    {
        await using var command = new NpgsqlCommand(
            """
            with head as (
                insert into current_value (series_id, time_key, rhythm, revision, value, status, verification, seq, recorded_at, received_at, recent_keys, recent_values)
                values ($1, $2, 'D', 1, $3, 2, 0, 1, $4, $4, array[$2], array[$3])
                on conflict (series_id) do update set value = excluded.value, time_key = excluded.time_key, recorded_at = excluded.recorded_at, received_at = excluded.received_at,
                    recent_keys = excluded.recent_keys, recent_values = excluded.recent_values)
            insert into change (series, at) values (array[$1], $4)
            """, connection);
        command.Parameters.AddWithValue(series);
        command.Parameters.AddWithValue(timeKey.ToUniversalTime());
        command.Parameters.AddWithValue(value);
        command.Parameters.AddWithValue(recordedAt.ToUniversalTime());
        await command.ExecuteNonQueryAsync();
    }

    public static async Task PutObservationAsync(
        this NpgsqlConnection connection, int series, DateTimeOffset timeKey, char rhythm, int revision, decimal value, bool head, long seq, DateTimeOffset recordedAt)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into observation (series_id, time_key, rhythm, revision, value, status, verification, head, seq, recorded_at)
            values ($1, $2, $3::text::"char", $4, $5, 2, 0, $6, $7, $8)
            """, connection);
        foreach (var item in new object[] { series, timeKey.ToUniversalTime(), rhythm.ToString(), revision, value, head, seq, recordedAt.ToUniversalTime() })
            command.Parameters.AddWithValue(item);
        await command.ExecuteNonQueryAsync();
    }

    public static void Pulse(this IocHost host) => host.Services.GetRequiredService<CommitSignal>().Pulse();

    public static async Task<T> EventuallyAsync<T>(Func<T> read, Func<T, bool> isThere, int seconds = 30)
    {
        var end = TimeProvider.System.GetTimestamp() + (seconds * TimeProvider.System.TimestampFrequency);
        while (true)
        {
            var value = read();
            if (isThere(value)) return value;
            if (TimeProvider.System.GetTimestamp() > end) throw new TimeoutException($"Not within {seconds} s; last seen: {value}");
            await Task.Delay(20);
        }
    }
}
