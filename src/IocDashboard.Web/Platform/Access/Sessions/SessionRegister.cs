using System.Collections.Concurrent;
using IocDashboard.Web.Platform.Audit;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>
/// The sessions of people, table <c>identity.session</c>: what a cookie stands for. A session's end, its account's end and a
/// change of roles are seen within <see cref="TrustFor"/> on every node, mostly at once on this one, on requests and circuits alike.
/// </summary>
public sealed class SessionRegister(NpgsqlDataSource database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How long a change on another node may go unnoticed.</summary>
    public static readonly TimeSpan TrustFor = TimeSpan.FromSeconds(2);

    // A tenth of the shortest idle limit: a session ends at most this much early for somebody who works on two nodes.
    private static readonly TimeSpan TouchEvery = TimeSpan.FromSeconds(30);

    private const string States = """
        select s.id, s.account, a."UserName", a."Agency", s.method, s.is_strong, a."TwoFactorEnabled", a."MustChangePassword",
            s.started_at, s.last_active_at, s.ended_at, s.ended_why, a."ClosedAt", s.address, s.agent,
            array(select distinct r.role from identity.role_assignment r
                  where r.account = s.account and r.valid_from <= $2 and (r.valid_to is null or r.valid_to > $2) order by 1)
        from identity.session s join identity.account a on a."Id" = s.account
        """;

    private const string Start = """
        with signed_in as (update identity.account set "LastSignInAt" = $4 where "Id" = $2)
        insert into identity.session (id, account, method, is_strong, started_at, last_active_at, address, agent) values ($1, $2, $3, $5, $4, $4, $6, $7)
        """;

    private const string AllOf = "id is distinct from $1 and account = $2";

    // Only sessions that exist are kept, and those that nobody asks for are let go.
    private readonly ConcurrentDictionary<Guid, (SessionState State, DateTimeOffset ReadAt)> _known = new();
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _touched = new();
    private DateTimeOffset _tidiedAt;

    public async Task<Guid> StartAsync(string account, string method, bool isStrong, string? address, string? agent, CancellationToken cancellation = default)
    {
        await using var insert = database.CreateCommand(Start);
        return await StartAsync(insert, account, method, isStrong, address, agent, cancellation);
    }

    /// <summary>In the caller's transaction, under the lock of the account's row: it begins before whatever ends it next, or not at all.</summary>
    internal async Task<Guid> StartAsync(
        NpgsqlTransaction transaction, string account, string method, bool isStrong, string? address, string? agent, CancellationToken cancellation = default)
    {
        await using var insert = new NpgsqlCommand(Start, transaction.Connection, transaction);
        return await StartAsync(insert, account, method, isStrong, address, agent, cancellation);
    }

    private async Task<Guid> StartAsync(NpgsqlCommand insert, string account, string method, bool isStrong, string? address, string? agent, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        insert.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = id }, new() { Value = account }, new() { Value = method }, new() { Value = now }, new() { Value = isStrong },
            new() { Value = (object?)address ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new() { Value = (object?)Short(agent) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        ]);
        await insert.ExecuteNonQueryAsync(cancellation);
        return id;
    }

    /// <summary>Ended ones included; null when there is none such.</summary>
    public async Task<SessionState?> FindAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(id, out var known) && now - known.ReadAt < TrustFor) return Touched(known.State);
        Tidy(now);
        await using var select = database.CreateCommand($"{States} where s.id = $1");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = now }]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        var state = Read(reader);
        _known[id] = (state, now);
        return Touched(state);
    }

    /// <summary>Reads all of these with one question; what <see cref="FindAsync"/> then says of them is as young.</summary>
    public async Task RefreshAsync(Guid[] ids, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        Tidy(now);
        await using var select = database.CreateCommand($"{States} where s.id = any($1)");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = ids }, new() { Value = now }]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var state = Read(reader);
            _known[state.Id] = (state, now);
        }
    }

    /// <summary>The agency of each of these sessions that is open; one that ended is missing.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> AgenciesOfOpenAsync(Guid[] ids, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var select = database.CreateCommand($"{States} where s.id = any($1)");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = ids }, new() { Value = now }]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var open = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(cancellation))
            if (Touched(Read(reader)) is var state && state.EndAt(now) is null) open[state.Id] = state.Agency;
        return open;
    }

    /// <summary>Somebody worked in it: a page opened, a key or a pointer used. Written twice a minute at most.</summary>
    public async ValueTask TouchAsync(Guid id, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (_touched.TryGetValue(id, out var last) && now - last < TouchEvery) return;
        _touched[id] = now;
        await using var update = database.CreateCommand("update identity.session set last_active_at = $2 where id = $1 and ended_at is null and last_active_at < $2");
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = now }]);
        await update.ExecuteNonQueryAsync(cancellation);
    }

    /// <param name="why">One of <see cref="SessionEnds"/>.</param>
    /// <returns>False when there is no such session of this account, or it has ended before.</returns>
    public async Task<bool> EndAsync(Guid id, string account, string why, AuditActor by, CancellationToken cancellation = default) =>
        await EndAsync("id = $1 and account = $2", [new() { Value = id }, new() { Value = account }], why, by, cancellation) > 0;

    /// <summary>Its owner signed out or in again; the trail has that already.</summary>
    /// <param name="why">One of <see cref="SessionEnds"/>.</param>
    public async Task CloseAsync(Guid id, string why, CancellationToken cancellation = default)
    {
        await using var update = database.CreateCommand("update identity.session set ended_at = $2, ended_why = $3 where id = $1 and ended_at is null");
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = clock.GetUtcNow() }, new() { Value = why }]);
        await update.ExecuteNonQueryAsync(cancellation);
        _known.TryRemove(id, out _);
    }

    /// <param name="except">The one that stays: whose owner asks.</param>
    public Task<int> EndAllAsync(string account, Guid? except, string why, AuditActor by, CancellationToken cancellation = default) =>
        EndAsync(AllOf, ParametersOf(account, except), why, by, cancellation);

    /// <summary>
    /// In the caller's transaction, after the account's row and before its own entries on the trail: whoever ends a session waits
    /// for the trail with its row. To be followed by <see cref="Forget"/> once committed.
    /// </summary>
    internal async Task<int> EndAllAsync(NpgsqlTransaction transaction, string account, string why, AuditActor by, CancellationToken cancellation = default) =>
        (await EndAsync(transaction, AllOf, ParametersOf(account, except: null), why, by, cancellation)).Count;

    /// <summary>Open ones first, then the latest ended; at most 100.</summary>
    public async Task<IReadOnlyList<SessionRow>> ListAsync(string account, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        await using var select = database.CreateCommand($"{States} where s.account = $1 order by s.ended_at is not null, s.started_at desc limit 100");
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = account }, new() { Value = now }]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var rows = new List<SessionRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var state = Touched(Read(reader));
            rows.Add(new(
                state.Id, state.Account, state.UserName, state.Method, state.StartedAt, state.LastActiveAt, state.EndedAt, state.EndAt(now), Text(reader, 13), Text(reader, 14)));
        }

        return rows;
    }

    /// <summary>After a change of an account's rights: what is remembered of its sessions is read anew.</summary>
    public void Forget(string account)
    {
        foreach (var (id, entry) in _known)
            if (entry.State.Account == account) _known.TryRemove(id, out _);
    }

    private async Task<int> EndAsync(string which, NpgsqlParameter[] parameters, string why, AuditActor by, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var ended = await EndAsync(transaction, which, parameters, why, by, cancellation);
        if (ended.Count == 0) return 0;
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var id in ended) _known.TryRemove(id, out _);
        return ended.Count;
    }

    private async Task<IReadOnlyList<Guid>> EndAsync(NpgsqlTransaction transaction, string which, NpgsqlParameter[] parameters, string why, AuditActor by, CancellationToken cancellation)
    {
        await using var update = new NpgsqlCommand(
            $"update identity.session set ended_at = $3, ended_why = $4 where {which} and ended_at is null returning id, (select \"UserName\" from identity.account where \"Id\" = account)",
            transaction.Connection, transaction);
        update.Parameters.AddRange(parameters);
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = clock.GetUtcNow() }, new() { Value = why }]);
        var (ended, userName) = (new List<Guid>(), "");
        await using (var reader = await update.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
            {
                ended.Add(reader.GetGuid(0));
                userName = reader.GetString(1);
            }

        if (ended.Count > 0)
            await audit.AppendAsync(transaction, AuditActions.SessionEnded, userName, AuditOutcome.Done,
                after: new() { ["why"] = why, ["sessions"] = ended.Count }, by: by, cancellation: cancellation);
        return ended;
    }

    private static NpgsqlParameter[] ParametersOf(string account, Guid? except) =>
        [new() { Value = (object?)except ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid }, new() { Value = account }];

    // What was touched here and is not yet written counts.
    private SessionState Touched(SessionState state) =>
        _touched.TryGetValue(state.Id, out var at) && at > state.LastActiveAt ? state with { LastActiveAt = at } : state;

    private void Tidy(DateTimeOffset now)
    {
        if (now - _tidiedAt < TimeSpan.FromMinutes(1)) return;
        _tidiedAt = now;
        foreach (var (id, entry) in _known)
            if (now - entry.ReadAt > TouchEvery) _known.TryRemove(id, out _);
        foreach (var (id, at) in _touched)
            if (now - at > SessionState.Idle) _touched.TryRemove(id, out _);
    }

    // Never half of a pair: the database takes none.
    private static string? Short(string? agent) => agent is { Length: > 300 } ? agent[..(char.IsHighSurrogate(agent[299]) ? 299 : 300)] : agent;

    private static SessionState Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), [.. row.GetFieldValue<string[]>(15)], row.GetString(4),
        row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9),
        Instant(row, 10), Text(row, 11), Instant(row, 12));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
