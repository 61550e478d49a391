using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// Closes accounts that nobody signed in to for 45 days (level 3, TCVN 11930). The last administrator who could open them again
/// is left open.
/// </summary>
public sealed class CloseUnusedAccounts(NpgsqlDataSource database, SessionRegister sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What <see cref="UserAccount.ClosedWhy"/> then says.</summary>
    public const string Why = "unused";

    public static readonly TimeSpan After = TimeSpan.FromDays(45);

    /// <returns>How many were closed.</returns>
    public async Task<int> Handle(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Of two administrators one must not be ended while the other is closed for being unused.
        await Administrators.TakeTurnAsync(transaction, cancellation);
        await using var close = new NpgsqlCommand("""
            with administrator as (
                select a."Id", greatest(a."OpenedAt", coalesce(a."LastSignInAt", a."OpenedAt")) as used_at from identity.account a
                where a."ClosedAt" is null and exists (
                    select from identity.role_assignment r
                    where r.account = a."Id" and r.role = $4 and r.valid_from <= $1 and (r.valid_to is null or r.valid_to > $1))),
                kept as (select "Id" from administrator order by used_at desc limit 1)
            update identity.account set "ClosedAt" = $1, "ClosedWhy" = $3, "ConcurrencyStamp" = gen_random_uuid()::text
            where "ClosedAt" is null and "OpenedAt" <= $2 and coalesce("LastSignInAt", "OpenedAt") <= $2 and "Id" not in (select "Id" from kept)
            returning "Id", "UserName"
            """, connection, transaction);
        close.Parameters.AddRange((NpgsqlParameter[])[new() { Value = now }, new() { Value = now - After }, new() { Value = Why }, new() { Value = Roles.Administrator }]);
        var closed = new List<(string Id, string UserName)>();
        await using (var reader = await close.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation)) closed.Add((reader.GetString(0), reader.GetString(1)));
        foreach (var (_, userName) in closed)
            await audit.AppendAsync(transaction, AuditActions.AccountClosed, userName, AuditOutcome.Done, after: new() { ["why"] = Why }, by: AuditActor.Itself, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        foreach (var (id, _) in closed) sessions.Forget(id);
        return closed.Count;
    }
}
