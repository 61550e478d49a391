using System.Threading.RateLimiting;
using IocDashboard.Web.Platform.Audit;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Platform.Access.Displays;

/// <summary>
/// Pairs screens: a screen asks for a code, an operator who reads it authorises the screen, the screen fetches its credential.
/// A code is valid for ten minutes and once; guesses are limited for each account, waiting screens for each address and in all.
/// </summary>
public sealed class Pairings(NpgsqlDataSource database, AuditTrail audit, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(10);

    /// <summary>A minute.</summary>
    internal const int GuessesAnAccount = 10;

    private const int MostWaiting = 500, StartsAnAddress = 30;

    private readonly PartitionedRateLimiter<string> _starts = LimitOf(StartsAnAddress, ValidFor);
    private readonly PartitionedRateLimiter<string> _guesses = LimitOf(GuessesAnAccount, TimeSpan.FromMinutes(1));

    /// <summary>A new wait. Null when there are too many already.</summary>
    public async Task<(string Cookie, PairingState.Waiting State)?> StartAsync(string address, CancellationToken cancellation)
    {
        using var lease = _starts.AttemptAcquire(address);
        if (!lease.IsAcquired) return null;
        var now = clock.GetUtcNow();
        var (id, secret) = (Guid.CreateVersion7(now), DisplayToken.New());
        while (true)
        {
            var code = PairingCode.New();
            await using var insert = database.CreateCommand("""
                with gone as (delete from display_pairing where expires_at <= $5)
                insert into display_pairing (id, code, secret_hash, created_at, expires_at, address)
                select $1, $2, $3, $5, $4, $6 where (select count(*) from display_pairing where expires_at > $5) < $7
                on conflict (code) do nothing
                returning true
                """);
            insert.Parameters.AddRange((NpgsqlParameter[])
            [
                new() { Value = id }, new() { Value = code }, new() { Value = DisplayToken.Hash(secret) }, new() { Value = now + ValidFor },
                new() { Value = now }, new() { Value = address }, new() { Value = MostWaiting },
            ]);
            if (await insert.ExecuteScalarAsync(cancellation) is true) return ($"{id:N}.{secret}", new(code, now + ValidFor));
            if (await CountAsync(now, cancellation) >= MostWaiting) return null;
        }
    }

    /// <param name="cookie">As given by <see cref="StartAsync"/>.</param>
    public async Task<PairingState> FindAsync(string? cookie, CancellationToken cancellation)
    {
        if (!TryRead(cookie, out var id, out var hash)) return new PairingState.Gone();
        await using var select = database.CreateCommand("""
            select code, expires_at, display is not null from display_pairing
            where id = $1 and secret_hash = $2 and expires_at > $3 and collected_at is null
            """);
        select.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = hash }, new() { Value = clock.GetUtcNow() }]);
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return new PairingState.Gone();
        return reader.GetBoolean(2) ? new PairingState.Ready() : new PairingState.Waiting(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
    }

    /// <summary>The credential of an authorised screen, given once; null when there is none for it.</summary>
    public async Task<string?> CollectAsync(string? cookie, CancellationToken cancellation)
    {
        if (!TryRead(cookie, out var id, out var hash)) return null;
        var token = DisplayToken.New();
        await using var update = database.CreateCommand("""
            with collected as (
                update display_pairing set collected_at = $3
                where id = $1 and secret_hash = $2 and expires_at > $3 and display is not null and collected_at is null
                returning display)
            update display set token_hash = $4 from collected where display.id = collected.display and display.revoked_at is null returning true
            """);
        update.Parameters.AddRange((NpgsqlParameter[])
            [new() { Value = id }, new() { Value = hash }, new() { Value = clock.GetUtcNow() }, new() { Value = DisplayToken.Hash(token) }]);
        return await update.ExecuteScalarAsync(cancellation) is true ? token : null;
    }

    /// <summary>Authorises the screen that shows this code.</summary>
    public async Task<PairingOutcome> AuthoriseAsync(string? typed, string? name, string? place, AuditActor by, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name)) return PairingOutcome.NoName;
        using var lease = _guesses.AttemptAcquire(by.Name);
        if (!lease.IsAcquired) return await RefuseAsync(PairingOutcome.TooManyAttempts, by, cancellation);
        var now = clock.GetUtcNow();
        var display = new Display(Guid.CreateVersion7(now), name.Trim(), place?.Trim() ?? "", now, by.Name, by.Agency, null, null);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var update = new NpgsqlCommand("""
            with waiting as (select id from display_pairing where code = $1 and display is null and expires_at > $2 for update),
                added as (insert into display (id, name, place, paired_at, paired_by, agency) select $3, $4, $5, $2, $6, $7 from waiting returning id)
            update display_pairing p set display = added.id from waiting, added where p.id = waiting.id returning true
            """, connection, transaction);
        update.Parameters.AddRange((NpgsqlParameter[])
        [
            new() { Value = (object?)PairingCode.Read(typed) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, new() { Value = now }, new() { Value = display.Id },
            new() { Value = display.Name }, new() { Value = display.Place }, new() { Value = by.Name },
            new() { Value = (object?)display.Agency ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        ]);
        if (await update.ExecuteScalarAsync(cancellation) is not true)
        {
            await transaction.RollbackAsync(cancellation);
            return await RefuseAsync(PairingOutcome.UnknownCode, by, cancellation);
        }

        await audit.AppendAsync(transaction, AuditActions.DisplayPaired, display.Id.ToString(), AuditOutcome.Done,
            after: new() { ["name"] = display.Name, ["place"] = display.Place }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return PairingOutcome.Paired;
    }

    public void Dispose()
    {
        _starts.Dispose();
        _guesses.Dispose();
    }

    private async Task<PairingOutcome> RefuseAsync(PairingOutcome why, AuditActor by, CancellationToken cancellation)
    {
        await audit.RecordAsync(AuditActions.DisplayPaired, "?", AuditOutcome.Refused, after: new() { ["why"] = why.ToString() }, by: by, cancellation: cancellation);
        return why;
    }

    private async Task<long> CountAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var count = database.CreateCommand("select count(*) from display_pairing where expires_at > $1");
        count.Parameters.Add(new() { Value = now });
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private static bool TryRead(string? cookie, out Guid id, out byte[] hash)
    {
        (id, hash) = (default, []);
        if (cookie?.Split('.') is not [var key, var secret] || !Guid.TryParseExact(key, "N", out id) || !DisplayToken.LooksRight(secret)) return false;
        hash = DisplayToken.Hash(secret);
        return true;
    }

    private static PartitionedRateLimiter<string> LimitOf(int permits, TimeSpan window) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = permits, Window = window, QueueLimit = 0 }));
}
