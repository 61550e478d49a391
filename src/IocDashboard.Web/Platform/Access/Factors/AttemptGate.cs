using System.Diagnostics;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// One attempt at a time for an account, on all nodes: a thousand passwords or codes sent in the same moment would all be checked
/// before the fifth failure locks. Nobody waits with a connection. Attempts that are being checked hold one each and need another
/// of the same pool, so at most a quarter of it is theirs: many names tried together wait for one another and for nobody else. The
/// account is read, or read again, after one has entered.
/// </summary>
public sealed class AttemptGate(NpgsqlDataSource database) : IDisposable
{
    // Any constant number that nothing else in this database uses, beside the account's own.
    private const int LockNumber = 0x3246_4143;

    private const string Numbers = "($1, hashtext($2))";

    private const int MostTries = 8, ShareOfThePool = 4;

    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(Math.Max(1, new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize / ShareOfThePool));

    /// <summary>
    /// Tries again for a moment: whoever presses a button twice, or comes while a stranger guesses, is not told that a right
    /// password is wrong.
    /// </summary>
    /// <returns>Null when another attempt is still being checked, or too many others are; otherwise to be disposed after the check.</returns>
    public async Task<IAsyncDisposable?> EnterAsync(string account, CancellationToken cancellation = default)
    {
        var waiting = Stopwatch.StartNew();
        for (var tries = 1; ; tries++)
        {
            var left = LongestWait - waiting.Elapsed;
            if (!await _places.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellation)) return null;
            if (await TryAsync(account, cancellation) is { } turn) return turn;
            if (tries == MostTries) return null;
            await Task.Delay(BetweenTries, cancellation);
        }
    }

    /// <summary>
    /// In the caller's transaction and until its end, for a change that no attempt may outlive: one that is being checked has begun
    /// its session before, the next one is checked against what was changed. It waits in front of attempts, which only try. After
    /// <see cref="Rights.Administrators.TakeTurnAsync(NpgsqlTransaction, CancellationToken)"/>, before any row is locked, and
    /// never by whoever has entered.
    /// </summary>
    internal static async Task TakeTurnAsync(NpgsqlTransaction transaction, string account, CancellationToken cancellation = default)
    {
        await using var take = new NpgsqlCommand("select pg_advisory_xact_lock" + Numbers, transaction.Connection, transaction) { Parameters = { new() { Value = LockNumber }, new() { Value = account } } };
        await take.ExecuteNonQueryAsync(cancellation);
    }

    public void Dispose() => _places.Dispose();

    /// <summary>With a place, which is given back unless one has entered.</summary>
    private async Task<Turn?> TryAsync(string account, CancellationToken cancellation)
    {
        NpgsqlConnection? connection = null;
        var entered = false;
        try
        {
            connection = await database.OpenConnectionAsync(cancellation);
            var transaction = await connection.BeginTransactionAsync(cancellation);
            await using var take = new NpgsqlCommand("select pg_try_advisory_xact_lock" + Numbers, connection, transaction)
            {
                Parameters = { new() { Value = LockNumber }, new() { Value = account } },
            };
            entered = await take.ExecuteScalarAsync(cancellation) is true;
            return entered ? new Turn(connection, _places) : null;
        }
        finally
        {
            if (!entered) await new Turn(connection, _places).DisposeAsync();
        }
    }

    private sealed class Turn(NpgsqlConnection? connection, SemaphoreSlim places) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                // Its return to the pool ends the transaction, and with it the lock.
                if (connection is not null) await connection.DisposeAsync();
            }
            finally
            {
                places.Release();
            }
        }
    }
}
