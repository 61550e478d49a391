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

    /// <summary>Whether there is another administrator, or this account is none. To be asked before any row of the account is locked.</summary>
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
