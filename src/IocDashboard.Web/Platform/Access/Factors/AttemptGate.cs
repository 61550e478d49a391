using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// One attempt at a time for an account, on all nodes: a thousand passwords or codes sent in the same moment would all be checked
/// before the fifth failure locks. Nobody waits with a connection, so whoever floods an account takes none from others. The account
/// is read, or read again, after one has entered.
/// </summary>
public sealed class AttemptGate(NpgsqlDataSource database)
{
    // Any constant number that nothing else in this database uses, beside the account's own.
    private const int LockNumber = 0x3246_4143;

    private const int MostTries = 8;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    /// <summary>Tries again for a moment: whoever presses a button twice is not told that a right password is wrong.</summary>
    /// <returns>Null when another attempt is still being checked; otherwise to be disposed after the check.</returns>
    public async Task<IAsyncDisposable?> EnterAsync(string account, CancellationToken cancellation = default)
    {
        for (var tries = 1; ; tries++)
        {
            if (await TryEnterAsync(account, cancellation) is { } turn) return turn;
            if (tries == MostTries) return null;
            await Task.Delay(BetweenTries, cancellation);
        }
    }

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
