using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>
/// At each start: when settings, build or schema differ from those at the last start of any node, one entry with what was and
/// what is. The first start tells all of them.
/// </summary>
internal sealed class ConfigurationRecord(
    NpgsqlDataSource database, AuditTrail audit, IConfiguration configuration, IocSettings settings, IHostEnvironment environment) : IHostedService
{
    private const string Key = "settings";

    /// <summary>As it is kept in table <c>installation</c>.</summary>
    private sealed record Known(Dictionary<string, string> Values, Dictionary<string, string> Secrets);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var last = await FindAsync(transaction, cancellationToken);
        var (before, after, now) = Compare(last, EffectiveSettings.Read(configuration, settings, environment.EnvironmentName));
        if (before.Count == 0 && after.Count == 0) return;
        await PutAsync(transaction, now, cancellationToken);
        await audit.AppendAsync(
            transaction, AuditActions.Configuration, Environment.MachineName, AuditOutcome.Done, last is null ? null : before, after, AuditActor.Itself, cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static (JsonObject Before, JsonObject After, Known Now) Compare(Known? last, SortedDictionary<string, string> current)
    {
        var (before, after) = (new JsonObject(), new JsonObject());
        var now = new Known(new(StringComparer.OrdinalIgnoreCase), new(StringComparer.OrdinalIgnoreCase));
        foreach (var (key, value) in current)
        {
            if (SecretSettings.IsSecret(key))
            {
                var fingerprint = last?.Secrets.GetValueOrDefault(key);
                if (fingerprint is not null && EffectiveSettings.Fits(value, fingerprint))
                {
                    now.Secrets[key] = fingerprint;
                    continue;
                }

                now.Secrets[key] = EffectiveSettings.Fingerprint(value);
                if (fingerprint is not null) before[key] = EffectiveSettings.Set;
                after[key] = fingerprint is null ? EffectiveSettings.Set : EffectiveSettings.Changed;
                continue;
            }

            now.Values[key] = value;
            var known = last?.Values.GetValueOrDefault(key);
            if (known == value) continue;
            if (known is not null) before[key] = known;
            after[key] = value;
        }

        foreach (var (key, value) in last?.Values ?? [])
            if (!current.ContainsKey(key)) before[key] = value;
        foreach (var key in last?.Secrets.Keys ?? Enumerable.Empty<string>())
            if (!current.ContainsKey(key)) before[key] = EffectiveSettings.Set;
        return (before, after, now);
    }

    private static async Task<Known?> FindAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand("select value from installation where key = $1 for update", transaction.Connection, transaction) { Parameters = { new() { Value = Key } } };
        return await select.ExecuteScalarAsync(cancellation) is string text ? JsonSerializer.Deserialize<Known>(text) : null;
    }

    private static async Task PutAsync(NpgsqlTransaction transaction, Known now, CancellationToken cancellation)
    {
        await using var put = new NpgsqlCommand(
            "insert into installation (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = Key }, new() { Value = JsonSerializer.Serialize(now) } },
        };
        await put.ExecuteNonQueryAsync(cancellation);
    }
}
