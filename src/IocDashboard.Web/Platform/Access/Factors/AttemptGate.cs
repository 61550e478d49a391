using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// One attempt at a time for an account, on all nodes: a thousand codes sent in the same moment would all be checked before the
/// fifth failure locks. Nobody waits, so whoever floods an account takes no connections from others.
/// </summary>
public sealed class AttemptGate(NpgsqlDataSource database)
{
    // Any constant number that nothing else in this database uses, beside the account's own.
    private const int LockNumber = 0x3246_4143;

    /// <returns>Null while another attempt is being checked; otherwise to be disposed after the check.</returns>
    public async Task<IAsyncDisposable?> TryEnterAsync(string account, CancellationToken cancellation = default)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var take = new NpgsqlCommand("select pg_try_advisory_xact_lock($1, hashtext($2))", connection, transaction)
            {
                Parameters = { new() { Value = LockNumber }, new() { Value = account } },
            };
            // The connection's return to the pool ends the transaction, and with it the lock.
            if (await take.ExecuteScalarAsync(cancellation) is true) return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }
}
