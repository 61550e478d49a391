using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;

namespace IocDashboard.Web.Features.Feeds;

/// <summary>Before <paramref name="Until"/>, measurements lie <paramref name="Step"/> apart in the history.</summary>
public sealed record KeptStep(DateTimeOffset Until, TimeSpan Step);

/// <summary>
/// How finely the past of the sources was kept. A centre keeps every measurement that it receives, so there is nothing here. A
/// demonstration's older history was loaded in coarser steps than the sources' rules allow, and says so, lest every source of that
/// past read as silent. One row of <c>installation</c>.
/// </summary>
public static class KeptSteps
{
    private const string Key = "kept-steps";

    /// <returns>Zero where all was kept.</returns>
    public static TimeSpan At(ImmutableArray<KeptStep> steps, DateTimeOffset at) =>
        steps.Where(s => at < s.Until).Select(s => s.Step).DefaultIfEmpty(TimeSpan.Zero).Max();

    public static async Task<ImmutableArray<KeptStep>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"select value from ioc.installation where key = '{Key}'", connection);
        return await command.ExecuteScalarAsync(cancellation) is string text ? JsonSerializer.Deserialize<ImmutableArray<KeptStep>>(text) : [];
    }

    public static NpgsqlBatchCommand Put(ImmutableArray<KeptStep> steps) =>
        new($"insert into ioc.installation (key, value) values ('{Key}', $1) on conflict (key) do update set value = excluded.value")
        {
            Parameters = { Sql.Of(JsonSerializer.Serialize(steps)) },
        };
}
