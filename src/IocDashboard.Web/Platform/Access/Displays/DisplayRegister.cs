using System.Collections.Concurrent;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Displays;

/// <summary>The paired screens: found by their credential, listed, revoked. A revocation acts at once here, within seconds on other nodes.</summary>
public sealed class DisplayRegister(NpgsqlDataSource database, AuditTrail audit, TimeProvider clock)
{
    private const string Columns = "id, name, place, paired_at, paired_by, agency, revoked_at, last_seen_at";
    private static readonly TimeSpan TrustFor = TimeSpan.FromSeconds(2);

    // Only credentials that exist are kept: guessed ones cannot fill the memory.
    private readonly ConcurrentDictionary<string, (Display Display, DateTimeOffset ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>The screen of a credential; null when there is none or it was revoked.</summary>
    public async Task<Display?> FindAsync(string token, CancellationToken cancellation)
    {
        if (!DisplayToken.LooksRight(token)) return null;
        var hash = DisplayToken.Hash(token);
        var key = Convert.ToHexString(hash);
        if (_known.TryGetValue(key, out var known) && clock.GetUtcNow() - known.ReadAt < TrustFor) return Valid(known.Display);
        await using var select = database.CreateCommand($"select {Columns} from display where token_hash = $1");
        select.Parameters.Add(new() { Value = hash });
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var display = Read(reader);
        _known[key] = (display, clock.GetUtcNow());
        return Valid(display);
    }

    /// <summary>A credential that exists, or existed: it was looked up on this node.</summary>
    internal bool Knows(string token) => DisplayToken.LooksRight(token) && _known.ContainsKey(Convert.ToHexString(DisplayToken.Hash(token)));

    /// <summary>Those that are not revoked first, then newest first.</summary>
    public async Task<IReadOnlyList<Display>> ListAsync(CancellationToken cancellation)
    {
        await using var select = database.CreateCommand($"select {Columns} from display order by revoked_at is not null, paired_at desc limit 500");
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var displays = new List<Display>();
        while (await reader.ReadAsync(cancellation)) displays.Add(Read(reader));
        return displays;
    }

    /// <returns>False when there is no such screen or it was revoked before.</returns>
    public async Task<bool> RevokeAsync(Guid id, AuditActor by, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand(
            "update display set revoked_at = $2 where id = $1 and revoked_at is null returning name", connection, transaction);
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = clock.GetUtcNow() }]);
        if (await update.ExecuteScalarAsync(cancellation) is not string name) return false;
        await audit.AppendAsync(transaction, AuditActions.DisplayRevoked, id.ToString(), AuditOutcome.Done, before: new() { ["name"] = name }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        _known.Clear();
        return true;
    }

    /// <summary>Notes that these screens are connected now, and returns those of them whose credential no longer holds.</summary>
    public async Task<IReadOnlyCollection<Guid>> SeenAsync(Guid[] connected, bool note, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(note
            ? "update display set last_seen_at = case when revoked_at is null then $2 else last_seen_at end where id = any($1) returning id, revoked_at is not null"
            : "select id, revoked_at is not null from display where id = any($1) and $2::timestamptz is not null");
        command.Parameters.AddRange((NpgsqlParameter[])[new() { Value = connected }, new() { Value = clock.GetUtcNow() }]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (held, revoked) = (new HashSet<Guid>(), new HashSet<Guid>());
        while (await reader.ReadAsync(cancellation)) (reader.GetBoolean(1) ? revoked : held).Add(reader.GetGuid(0));
        revoked.UnionWith(connected.Where(id => !held.Contains(id)));
        return revoked;
    }

    private static Display? Valid(Display display) => display.RevokedAt is null ? display : null;

    private static Display Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5), Instant(row, 6), Instant(row, 7));

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
