using Npgsql;

namespace IocDashboard.Web.Platform.Access.Rights;

/// <summary>
/// Somebody must be left who gives rights: the last administrator whose account is open is neither closed nor ended through the
/// application. One such change at a time on every node, so that two administrators do not remove one another.
/// </summary>
internal static class Administrators
{
    // Any constant number that nothing else in this database uses.
    private const long LockNumber = 0x494F43_4C415354;

    /// <summary>
    /// Waits for such changes elsewhere. Whoever locks an account's row before a role of it ends waits here first: in the other
    /// order two of them would wait for one another.
    /// </summary>
    public static async Task TakeTurnAsync(NpgsqlTransaction transaction, CancellationToken cancellation = default)
    {
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock($1)", transaction.Connection, transaction) { Parameters = { new NpgsqlParameter<long> { TypedValue = LockNumber } } };
        await take.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The same, where the account is an administrator's or once was: nobody else waits.</summary>
    public static async Task TakeTurnAsync(NpgsqlTransaction transaction, string account, CancellationToken cancellation = default)
    {
        await using var ask = new NpgsqlCommand("select exists (select from identity.role_assignment where account = $1 and role = $2)", transaction.Connection, transaction)
        {
            Parameters = { new() { Value = account }, new() { Value = Roles.Administrator } },
        };
        if (await ask.ExecuteScalarAsync(cancellation) is true) await TakeTurnAsync(transaction, cancellation);
    }

    /// <summary>Whether there is another administrator, or this account is none. To be asked before any row of the account is locked, or after <see cref="TakeTurnAsync"/>.</summary>
    public static async Task<bool> RemainWithoutAsync(NpgsqlTransaction transaction, string account, DateTimeOffset now, CancellationToken cancellation = default)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                new("select pg_advisory_xact_lock($1)") { Parameters = { new NpgsqlParameter<long> { TypedValue = LockNumber } } },
                new("""
                    with administrator as (
                        select r.account from identity.role_assignment r join identity.account a on a."Id" = r.account
                        where r.role = $2 and r.valid_from <= $3 and (r.valid_to is null or r.valid_to > $3) and a."ClosedAt" is null)
                    select exists (select from administrator where account <> $1) or not exists (select from administrator where account = $1)
                    """) { Parameters = { new() { Value = account }, new() { Value = Roles.Administrator }, new() { Value = now } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return reader.GetBoolean(0);
    }
}
