using IocDashboard.Domain.DataRequests;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>
/// What the clock does to data requests: an agency that has not answered is overdue at its deadline, exactly once on however many
/// nodes. The lock of the request is tried and not waited for, the request read again under it, the event appended beside the row that
/// says it has happened. Events carry the deadline, not the moment of the sweep.
/// </summary>
public sealed class SweepDataRequests(NpgsqlDataSource database, DataRequestTransaction requests, CommitSignal signal, TimeProvider clock)
{
    private const int RequestsInTransaction = 20;

    /// <inheritdoc cref="Obligations.SweepReports.Handle"/>
    /// <returns>How many requests changed.</returns>
    public async Task<int> Handle(TimeSpan lookAhead, CancellationToken cancellation)
    {
        if (await NextInstant(cancellation) is not { } next) return 0;
        var wait = next - clock.GetUtcNow();
        if (wait > lookAhead) return 0;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);

        var changed = 0;
        while (await SweepOnce(cancellation) is > 0 and var some) changed += some;
        return changed;
    }

    /// <summary>The only statement of a sweep with nothing to do: the first entry of the index.</summary>
    private async Task<DateTimeOffset?> NextInstant(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select due_at from data_request_agency where state = 0 and overdue_since is null order by due_at limit 1");
        return await command.ExecuteScalarAsync(cancellation) is DateTime instant ? new DateTimeOffset(instant) : null;
    }

    private async Task<int> SweepOnce(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var now = Micros.Truncate(clock.GetUtcNow());
        var changed = 0;
        foreach (var number in await TakeLocks(transaction, await Due(transaction, now, cancellation), cancellation))
        {
            if (await DataRequestTransaction.ReadAsync(transaction, number, cancellation) is not { } request) continue;
            var decision = DataRequestDecider.FallOverdue(request, now);
            if (decision.Events.IsEmpty) continue;
            await requests.WriteAsync(transaction, request, decision, now, [], cancellation);
            changed++;
        }

        if (changed == 0) return 0;
        await transaction.CommitAsync(CancellationToken.None);
        signal.Pulse();
        return changed;
    }

    private static async Task<string[]> Due(NpgsqlTransaction transaction, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"select distinct number from data_request_agency where state = 0 and overdue_since is null and due_at <= $1 limit {RequestsInTransaction}",
            transaction.Connection, transaction);
        command.Parameters.Add(Sql.Of(now));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var numbers = new List<string>();
        while (await reader.ReadAsync(cancellation)) numbers.Add(reader.GetString(0));
        return [.. numbers.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> TakeLocks(NpgsqlTransaction transaction, string[] numbers, CancellationToken cancellation)
    {
        if (numbers.Length == 0) return [];
        var byLock = numbers.ToDictionary(WriteLock.OfDataRequest, StringComparer.Ordinal);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Try([.. byLock.Keys]) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var taken = new List<string>();
        while (await reader.ReadAsync(cancellation))
            if (reader.GetBoolean(1)) taken.Add(byLock[reader.GetString(0)]);
        return taken;
    }
}
