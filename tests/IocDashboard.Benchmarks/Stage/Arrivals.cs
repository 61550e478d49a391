using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>A run counts only if every acknowledged value is in the database and in the last snapshot of the live board.</summary>
internal static class Arrivals
{
    public static async Task CheckAsync(CentreDatabase database, ServerProcess server, IReadOnlyList<SubmissionLoad> loads)
    {
        var agencies = string.Join(',', loads.Select(l => $"'{l.Plan.Code}'"));
        Equal("messages", loads.Sum(l => l.Messages), await database.CountAsync($"select count(*) from message where agency in ({agencies})"));
        Equal("values", loads.Sum(l => l.Accepted), await database.CountAsync($"""
            select count(*) from observation o join series s on s.id = o.series_id
            where exists (select from unnest(array[{agencies}]) a where s.indicator like a || '-%')
            """));
        var expected = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var load in loads)
            foreach (var ((indicator, area), value) in load.Plan.Cells().Zip(load.Last)) expected[$"{indicator}/{area}"] = value;
        await CheckSnapshotAsync(server, expected);
    }

    /// <summary>The live board follows commits within moments.</summary>
    public static async Task CheckSnapshotAsync(ServerProcess server, IReadOnlyDictionary<string, decimal> expected)
    {
        var indicators = expected.Keys.Select(id => id.Split('/')[0]).Distinct(StringComparer.Ordinal).ToArray();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await using var hub = new HubConnectionBuilder().WithUrl(server.Hub).Build();
            await hub.StartAsync();
            var differing = expected.Count;
            foreach (var some in indicators.Chunk(100))
            {
                var snapshot = await hub.InvokeAsync<JsonElement>("SubscribeValues", some, "en");
                foreach (var tile in snapshot.GetProperty("tiles").EnumerateArray())
                {
                    if (tile.GetProperty("value") is { ValueKind: JsonValueKind.Number } value
                        && expected.TryGetValue(tile.GetProperty("id").GetString()!, out var sent) && value.GetDecimal() == sent) differing--;
                }
            }

            if (differing == 0) return;
            if (watch.Elapsed > TimeSpan.FromSeconds(10)) throw new InvalidOperationException($"{differing} of {expected.Count} values are not in the last snapshot.");
            await Task.Delay(250);
        }
    }

    public static void Equal(string what, long acknowledged, long found)
    {
        if (acknowledged != found) throw new InvalidOperationException($"Acknowledged {acknowledged} {what}, found {found} in the database.");
    }
}
