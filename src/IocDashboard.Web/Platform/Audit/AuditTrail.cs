using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>
/// Appends to the trail (level 3, TCVN 11930: logs of access and of changes of rights). One entry at a time on every node, so
/// that the chain has no fork; a change of rights and its entry are written in one transaction, or neither.
/// </summary>
public sealed class AuditTrail(NpgsqlDataSource database, IHttpContextAccessor requests, TimeProvider clock)
{
    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_41554454;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whoever is calling now; the centre itself outside a request.</summary>
    public AuditActor Caller => requests.HttpContext is { } http ? AuditActor.Of(http) : AuditActor.Itself;

    /// <summary>An entry in a transaction of its own. When it cannot be written, neither should be done what it would have told.</summary>
    public async Task RecordAsync(
        string action, string subject, AuditOutcome outcome, JsonObject? before = null, JsonObject? after = null, AuditActor? by = null,
        CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await AppendAsync(transaction, action, subject, outcome, before, after, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>An entry in the transaction of what it tells. To be written last: others wait for it until the commit.</summary>
    public async Task AppendAsync(
        NpgsqlTransaction transaction, string action, string subject, AuditOutcome outcome, JsonObject? before = null, JsonObject? after = null,
        AuditActor? by = null, CancellationToken cancellation = default)
    {
        var (seq, previous) = await LastAsync(transaction, cancellation);
        var now = clock.GetUtcNow();
        var entry = new AuditEntry(
            seq + 1, new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero), by ?? Caller,
            action, subject, outcome, before?.ToJsonString(Plain), after?.ToJsonString(Plain));
        await InsertAsync(transaction, entry, previous, cancellation);
    }

    private static async Task<(long Seq, byte[] Hash)> LastAsync(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = LockNumber } } },
                new("select seq, hash from audit_entry order by seq desc limit 1"),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (0, AuditChain.Beginning);
    }

    private static async Task InsertAsync(NpgsqlTransaction transaction, AuditEntry entry, byte[] previous, CancellationToken cancellation)
    {
        await using var insert = new NpgsqlCommand("""
            insert into audit_entry (seq, at, actor_kind, actor, agency, address, trace, action, subject, outcome, before, after, previous, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """, transaction.Connection, transaction);
        insert.Parameters.Add(Of(entry.Seq, NpgsqlDbType.Bigint));
        insert.Parameters.Add(Of(entry.At, NpgsqlDbType.TimestampTz));
        foreach (var text in (string?[])[
            entry.Actor.Kind, entry.Actor.Name, entry.Actor.Agency, entry.Actor.Address, entry.Actor.Trace, entry.Action, entry.Subject])
            insert.Parameters.Add(Of(text, NpgsqlDbType.Text));
        insert.Parameters.Add(Of((short)entry.Outcome, NpgsqlDbType.Smallint));
        insert.Parameters.Add(Of(entry.Before, NpgsqlDbType.Json));
        insert.Parameters.Add(Of(entry.After, NpgsqlDbType.Json));
        insert.Parameters.Add(Of(previous, NpgsqlDbType.Bytea));
        insert.Parameters.Add(Of(AuditChain.Hash(previous, entry), NpgsqlDbType.Bytea));
        await insert.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
