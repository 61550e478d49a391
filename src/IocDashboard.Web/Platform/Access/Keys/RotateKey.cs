using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>How a rotation ended.</summary>
public abstract record RotationOutcome
{
    /// <param name="Old">With its new end.</param>
    /// <param name="Token">Of the successor; it cannot be had again.</param>
    public sealed record Rotated(MachineKey Old, MachineKey Successor, string Token) : RotationOutcome;

    /// <summary>There is no such key, or it is revoked or expired: a new one is to be issued.</summary>
    public sealed record NotValid : RotationOutcome;

    /// <summary>It has a valid successor already: that one is to be rotated, or revoked first when its token was lost.</summary>
    public sealed record HasSuccessor(Guid Successor) : RotationOutcome;
}

/// <summary>
/// A successor of the same agency, scopes and label; the old key goes on until the overlap ends, so that the other system changes
/// its token without a gap. The old key's end is never moved later than it was.
/// </summary>
public sealed class RotateKey(NpgsqlDataSource database, MachineKeyCache cache, AuditTrail audit, TimeProvider time)
{
    /// <param name="overlap">At most <see cref="KeyTerm.LongestOverlapDays"/> days; zero ends the old key now.</param>
    public async Task<RotationOutcome> Handle(Guid id, TimeSpan overlap, AuditActor? by = null, CancellationToken cancellation = default)
    {
        if (!KeyTerm.AllowsOverlap(overlap)) throw new ArgumentOutOfRangeException(nameof(overlap));
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await FindAsync(transaction, $"select {MachineKeys.Columns} from ioc.machine_key where id = $1 for update", id, cancellation) is not { } old || !old.IsValidAt(now))
            return new RotationOutcome.NotValid();
        if (await FindAsync(transaction, $"select {MachineKeys.Columns} from ioc.machine_key where replaces = $1 and revoked_at is null limit 1", id, cancellation) is { } successor)
            return new RotationOutcome.HasSuccessor(successor.Id);

        var ends = old.ExpiresAt is { } end && end < now + overlap ? end : now + overlap;
        var next = new MachineKey(Guid.CreateVersion7(), old.Agency, old.Scopes, old.Label, now, KeyTerm.UsualEnd(now), null, null, Replaces: id);
        var token = await MachineKeys.InsertAsync(transaction, next, cancellation);
        await using (var update = new NpgsqlCommand("update ioc.machine_key set expires_at = $2 where id = $1", connection, transaction))
        {
            update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = id }, new() { Value = ends } });
            await update.ExecuteNonQueryAsync(cancellation);
        }

        await RecordAsync(transaction, old, old with { ExpiresAt = ends }, next, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        cache.Forget(id);
        return new RotationOutcome.Rotated(old with { ExpiresAt = ends }, next, token);
    }

    private async Task RecordAsync(NpgsqlTransaction transaction, MachineKey before, MachineKey after, MachineKey next, AuditActor? by, CancellationToken cancellation)
    {
        JsonObject told = MachineKeys.Told(after);
        told["successor"] = next.Id;
        await audit.AppendAsync(transaction, AuditActions.KeyRotated, before.Id.ToString(), AuditOutcome.Done, MachineKeys.Told(before), told, by, cancellation);
        await audit.AppendAsync(transaction, AuditActions.KeyIssued, next.Id.ToString(), AuditOutcome.Done, after: MachineKeys.Told(next), by: by, cancellation: cancellation);
    }

    private static async Task<MachineKey?> FindAsync(NpgsqlTransaction transaction, string sql, Guid id, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand(sql, transaction.Connection, transaction) { Parameters = { new() { Value = id } } };
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? MachineKeys.Read(reader) : null;
    }
}
