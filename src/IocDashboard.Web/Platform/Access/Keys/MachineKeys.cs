using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>Issues, finds, lists and revokes machine keys in <c>ioc.machine_key</c>. <see cref="RotateKey"/> replaces them.</summary>
public sealed class MachineKeys(NpgsqlDataSource database, MachineKeyCache cache, AuditTrail audit, TimeProvider time)
{
    internal const string Columns = "id, agency, scopes, label, created_at, expires_at, revoked_at, last_used_at, replaces";

    /// <summary>Returns the key and its token; the token cannot be had again.</summary>
    /// <param name="expiresAt">Null: <see cref="KeyTerm.UsualEnd"/>.</param>
    /// <param name="by">Whoever acts; null for whoever is calling now.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end that <see cref="KeyTerm.Allows"/> refuses: entrances ask before.</exception>
    public async Task<(MachineKey Key, string Token)> AddAsync(
        string agency, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt, string label, AuditActor? by = null, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var end = expiresAt ?? KeyTerm.UsualEnd(now);
        if (!KeyTerm.Allows(now, end)) throw new ArgumentOutOfRangeException(nameof(expiresAt));
        var key = new MachineKey(Guid.CreateVersion7(), agency, scopes, label, now, end, null, null);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var token = await InsertAsync(transaction, key, cancellation);
        await audit.AppendAsync(transaction, AuditActions.KeyIssued, key.Id.ToString(), AuditOutcome.Done, after: Told(key), by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return (key, token);
    }

    /// <summary>The key of a token's hash, revoked ones included; from memory when it was read less than <see cref="MachineKeyCache.TrustFor"/> ago.</summary>
    public async Task<MachineKey?> FindAsync(byte[] tokenHash, CancellationToken cancellation = default)
    {
        if (cache.Find(tokenHash) is { } known) return known;
        await using var select = database.CreateCommand($"select {Columns} from ioc.machine_key where token_hash = $1");
        select.Parameters.Add(new() { Value = tokenHash });
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var key = Read(reader);
        cache.Keep(tokenHash, key);
        return key;
    }

    /// <summary>Newest first, revoked and expired ones included.</summary>
    public async Task<IReadOnlyList<MachineKey>> ListAsync(CancellationToken cancellation = default)
    {
        await using var select = database.CreateCommand($"select {Columns} from ioc.machine_key order by created_at desc, id desc");
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var keys = new List<MachineKey>();
        while (await reader.ReadAsync(cancellation)) keys.Add(Read(reader));
        return keys;
    }

    /// <summary>Works at once on this node, within <see cref="MachineKeyCache.TrustFor"/> on others. False when there is no such key or it was revoked before.</summary>
    public async Task<bool> RevokeAsync(Guid id, AuditActor? by = null, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand(
            $"update ioc.machine_key set revoked_at = $2 where id = $1 and revoked_at is null returning {Columns}", connection, transaction);
        update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = id }, new() { Value = time.GetUtcNow() } });
        MachineKey? key = null;
        await using (var reader = await update.ExecuteReaderAsync(cancellation))
            if (await reader.ReadAsync(cancellation)) key = Read(reader);
        if (key is null) return false;
        await audit.AppendAsync(
            transaction, AuditActions.KeyRevoked, id.ToString(), AuditOutcome.Done, before: Told(key with { RevokedAt = null }), after: Told(key), by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        cache.Forget(id);
        return true;
    }

    /// <summary>Those of these keys that are revoked, expired or unknown.</summary>
    public async Task<IReadOnlyCollection<Guid>> EndedAsync(Guid[] ids, CancellationToken cancellation)
    {
        await using var select = database.CreateCommand(
            "select id from unnest($1) as id where not exists (select from ioc.machine_key k where k.id = id.id and k.revoked_at is null and (k.expires_at is null or k.expires_at > $2))");
        select.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = ids }, new() { Value = time.GetUtcNow() } });
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var ended = new List<Guid>();
        while (await reader.ReadAsync(cancellation)) ended.Add(reader.GetGuid(0));
        return ended;
    }

    /// <summary>Notes the use, at most once a minute for each key and node.</summary>
    public async ValueTask MarkUsedAsync(MachineKey key, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        if (!cache.IsUseWorthNoting(key, now)) return;
        await using var update = database.CreateCommand(
            "update ioc.machine_key set last_used_at = $2 where id = $1 and (last_used_at is null or last_used_at < $2)");
        update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = key.Id }, new() { Value = now } });
        await update.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Writes the key; returns its token, which is kept nowhere.</summary>
    internal static async Task<string> InsertAsync(NpgsqlTransaction transaction, MachineKey key, CancellationToken cancellation)
    {
        var token = MachineToken.Create();
        await using var insert = new NpgsqlCommand(
            "insert into ioc.machine_key (id, token_hash, agency, scopes, created_at, expires_at, label, replaces) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            transaction.Connection, transaction);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = key.Id },
            new() { Value = MachineToken.Hash(token) },
            new() { Value = key.Agency },
            new() { Value = key.Scopes.ToArray() },
            new() { Value = key.CreatedAt },
            new() { Value = key.ExpiresAt!.Value },
            new() { Value = key.Label },
            new() { Value = (object?)key.Replaces ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
        });
        await insert.ExecuteNonQueryAsync(cancellation);
        return token;
    }

    internal static JsonObject Told(MachineKey key)
    {
        var told = new JsonObject
        {
            ["agency"] = key.Agency, ["scopes"] = string.Join(',', key.Scopes), ["label"] = key.Label,
            ["expiresAt"] = key.ExpiresAt, ["revokedAt"] = key.RevokedAt,
        };
        if (key.Replaces is { } old) told["replaces"] = old;
        return told;
    }

    internal static MachineKey Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetString(3),
        row.GetFieldValue<DateTimeOffset>(4), Instant(row, 5), Instant(row, 6), Instant(row, 7), row.IsDBNull(8) ? null : row.GetGuid(8));

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
