using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Platform.Access.Rights;

/// <summary>Why a role was not given; <see cref="None"/> when it was. <see cref="LastAdministrator"/>: it would take the place of the last administrator's.</summary>
public enum RoleRefusal { None, UnknownRole, UnknownAccount, Excluded, AlreadyHeld, EndsBeforeItBegins, LastAdministrator }

/// <summary>Why a role was not ended; <see cref="None"/> when it was. <see cref="Unknown"/>: there is none such, or it has ended before.</summary>
public enum RoleEndRefusal { None, Unknown, OwnAdministration, LastAdministrator }

/// <summary>
/// Gives and ends roles, table <c>identity.role_assignment</c>. Each change and its entry on the audit trail are one
/// transaction; open sessions follow at once on this node, within seconds on others. Whichever way a role ends, the last
/// administrator stays (<see cref="Administrators"/>).
/// </summary>
public sealed class RoleAssignments(NpgsqlDataSource database, SessionRegister sessions, AuditTrail audit, TimeProvider clock)
{
    private const string Columns = "id, account, role, valid_from, valid_to, source, reason, granted_by, granted_at, ended_by, ended_at";

    /// <param name="from">Null: from now on.</param>
    public async Task<RoleRefusal> GrantAsync(
        string account, string role, DateTimeOffset? from, DateTimeOffset? to, string reason, AuditActor by, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var refusal = await GrantAsync(transaction, account, role, from, to, RoleSources.Local, reason, by, cancellation);
        if (refusal != RoleRefusal.None) return refusal;
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Forget(account);
        return RoleRefusal.None;
    }

    /// <summary>In the caller's transaction; a refusal has written nothing. To be followed by <see cref="SessionRegister.Forget"/> once committed.</summary>
    internal async Task<RoleRefusal> GrantAsync(
        NpgsqlTransaction transaction, string account, string role, DateTimeOffset? from, DateTimeOffset? to, string source, string reason, AuditActor by,
        CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        var start = from is { } given && given > now ? given : now;
        if (!Roles.All.Contains(role)) return RoleRefusal.UnknownRole;
        if (to <= start) return RoleRefusal.EndsBeforeItBegins;
        if (await LockAsync(transaction, account, cancellation) is not { } userName) return RoleRefusal.UnknownAccount;
        var held = (await OfAsync(transaction.Connection!, transaction, account, cancellation)).Where(r => r.Meets(start, to, now)).ToList();
        if (held.Exists(r => RoleSets.Exclude(r.Role, role))) return RoleRefusal.Excluded;
        if (held.Exists(r => r.Role == role)) return RoleRefusal.AlreadyHeld;

        await using var insert = new NpgsqlCommand("""
            insert into identity.role_assignment (id, account, role, valid_from, valid_to, source, reason, granted_by, granted_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """, transaction.Connection, transaction);
        insert.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = Guid.CreateVersion7(now) }, new() { Value = account }, new() { Value = role }, new() { Value = start },
            new() { Value = (object?)to ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = source }, new() { Value = reason },
            new() { Value = by.Name }, new() { Value = now },
        ]);
        await insert.ExecuteNonQueryAsync(cancellation);
        await audit.AppendAsync(transaction, AuditActions.RoleGranted, userName, AuditOutcome.Done,
            after: new() { ["role"] = role, ["from"] = start, ["to"] = to, ["source"] = source, ["reason"] = reason }, by: by, cancellation: cancellation);
        return RoleRefusal.None;
    }

    /// <summary>Ends it now. Nobody ends being administrator themselves, and nobody ends it for the last one.</summary>
    public async Task<RoleEndRefusal> EndAsync(Guid id, AuditActor by, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var find = new NpgsqlCommand(
            $"select {Columns}, (select \"UserName\" from identity.account where \"Id\" = account) from identity.role_assignment where id = $1", connection, transaction)
        {
            Parameters = { new() { Value = id } },
        };
        (RoleAssignment Assignment, string UserName)? found = null;
        await using (var reader = await find.ExecuteReaderAsync(cancellation))
            if (await reader.ReadAsync(cancellation)) found = (Read(reader), reader.GetString(11));
        if (found is not { } one) return RoleEndRefusal.Unknown;
        if (IsAdministrationAt(one.Assignment, clock.GetUtcNow()) && by.Is(one.UserName)) return RoleEndRefusal.OwnAdministration;
        var refusal = await EndAsync(transaction, one.Assignment, by, cancellation);
        if (refusal != RoleEndRefusal.None) return refusal;
        await transaction.CommitAsync(CancellationToken.None);
        sessions.Forget(one.Assignment.Account);
        return RoleEndRefusal.None;
    }

    /// <summary>
    /// Ends one in the caller's transaction; one that has not begun never will have. A refusal has written nothing. Where the
    /// account's row is locked before: after <see cref="Administrators.TakeTurnAsync"/>.
    /// </summary>
    internal async Task<RoleEndRefusal> EndAsync(NpgsqlTransaction transaction, RoleAssignment assignment, AuditActor by, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (IsAdministrationAt(assignment, now) && !await Administrators.RemainWithoutAsync(transaction, assignment.Account, now, cancellation)) return RoleEndRefusal.LastAdministrator;
        return await CloseAsync(transaction, assignment, by, cancellation) ? RoleEndRefusal.None : RoleEndRefusal.Unknown;
    }

    /// <summary>This role alone from now on, until somebody ends it: every other one ends, coming ones too. In the caller's transaction, like <see cref="EndAsync(NpgsqlTransaction, RoleAssignment, AuditActor, CancellationToken)"/>.</summary>
    internal async Task<RoleRefusal> ReplaceAsync(NpgsqlTransaction transaction, string account, string role, AuditActor by, CancellationToken cancellation = default)
    {
        var now = clock.GetUtcNow();
        if (role != Roles.Administrator && !await Administrators.RemainWithoutAsync(transaction, account, now, cancellation)) return RoleRefusal.LastAdministrator;
        foreach (var other in (await OfAsync(transaction.Connection!, transaction, account, cancellation))
            .Where(r => r.Meets(now, null, now) && (r.Role != role || r.ValidFrom > now || r.ValidTo is not null)))
            await CloseAsync(transaction, other, by, cancellation);
        return await GrantAsync(transaction, account, role, null, null, RoleSources.Local, "", by, cancellation) is not RoleRefusal.AlreadyHeld and var refusal ? refusal : RoleRefusal.None;
    }

    private async Task<bool> CloseAsync(NpgsqlTransaction transaction, RoleAssignment assignment, AuditActor by, CancellationToken cancellation)
    {
        if (await LockAsync(transaction, assignment.Account, cancellation) is not { } userName) return false;
        var now = clock.GetUtcNow();
        await using var update = new NpgsqlCommand("""
            update identity.role_assignment set valid_to = greatest(valid_from, $2), ended_by = $3, ended_at = $2
            where id = $1 and (valid_to is null or valid_to > $2)
            """, transaction.Connection, transaction);
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = assignment.Id }, new() { Value = now }, new() { Value = by.Name }]);
        if (await update.ExecuteNonQueryAsync(cancellation) == 0) return false;
        await audit.AppendAsync(transaction, AuditActions.RoleEnded, userName, AuditOutcome.Done,
            before: new JsonObject { ["role"] = assignment.Role, ["from"] = assignment.ValidFrom, ["to"] = assignment.ValidTo, ["source"] = assignment.Source },
            by: by, cancellation: cancellation);
        return true;
    }

    /// <summary>All of an account, past and coming ones included, in the order of their beginning.</summary>
    public async Task<IReadOnlyList<RoleAssignment>> OfAsync(string account, CancellationToken cancellation = default)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await OfAsync(connection, null, account, cancellation);
    }

    internal static async Task<IReadOnlyList<RoleAssignment>> OfAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, string account, CancellationToken cancellation = default)
    {
        await using var select = new NpgsqlCommand($"select {Columns} from identity.role_assignment where account = $1 order by valid_from, id", connection, transaction)
        {
            Parameters = { new() { Value = account } },
        };
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var found = new List<RoleAssignment>();
        while (await reader.ReadAsync(cancellation)) found.Add(Read(reader));
        return found;
    }

    private static bool IsAdministrationAt(RoleAssignment assignment, DateTimeOffset now) => assignment.Role == Roles.Administrator && assignment.IsValidAt(now);

    // Two administrators at one account wait for one another, so that two roles that exclude each other are not both given.
    private static async Task<string?> LockAsync(NpgsqlTransaction transaction, string account, CancellationToken cancellation)
    {
        await using var select = new NpgsqlCommand("""select "UserName" from identity.account where "Id" = $1 for update""", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = account } },
        };
        return await select.ExecuteScalarAsync(cancellation) as string;
    }

    private static RoleAssignment Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3), Instant(row, 4), row.GetString(5), row.GetString(6),
        row.GetString(7), row.GetFieldValue<DateTimeOffset>(8), row.IsDBNull(9) ? null : row.GetString(9), Instant(row, 10));

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
