using System.Text.Json.Nodes;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>How an act of the centre is told on the audit trail.</summary>
internal sealed record RequestAct(string Action, AuditActor By, JsonObject? Told, string? Agency = null);

/// <summary>Loads one request under its lock, decides, appends the events with the rows that reflect them, tells every node: all of it or nothing.</summary>
public sealed class DataRequestTransaction(NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, AuditTrail audit)
{
    /// <returns>What was decided; a request that is not there is refused as such.</returns>
    internal async Task<(DataRequest? Request, IReadOnlyList<JudgementError> Errors)> Run(
        string number, Func<DataRequest, DataRequestDecision> decide, DateTimeOffset at, RequestAct act, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await ReadAsync(transaction, number, cancellation) is not { } before) return (null, [JudgementError.At("", RequestCodes.Unknown, number)]);
        var decision = decide(before);
        if (!decision.Accepted || decision.Events.IsEmpty) return (before, decision.Errors);
        await WriteAsync(transaction, before, decision, at, [], cancellation);
        await audit.AppendAsync(
            transaction, act.Action, act.Agency is { } agency ? $"{number}/{agency}" : number, AuditOutcome.Done, after: act.Told, by: act.By, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return (decision.Request, []);
    }

    /// <summary>Takes the request's lock, and reads what was committed before it was got.</summary>
    internal static async Task<DataRequest?> ReadAsync(NpgsqlTransaction transaction, string number, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Take(WriteLock.OfDataRequest(number)) } };
        foreach (var command in DataRequestRows.Find(number)) batch.BatchCommands.Add(command);
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await DataRequestRows.ReadAsync(reader, cancellation);
    }

    /// <summary>The caller holds the request's lock, and commits.</summary>
    /// <param name="more">What else belongs to the same act.</param>
    internal async Task WriteAsync(
        NpgsqlTransaction transaction, DataRequest before, DataRequestDecision decision, DateTimeOffset at, IEnumerable<NpgsqlBatchCommand> more,
        CancellationToken cancellation)
    {
        var request = decision.Request;
        if (!decision.Events.IsEmpty) await history.AppendAsync(transaction, request.Number, decision.Events, cancellation);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        if (request.DueAt != before.DueAt || request.WithdrawnAt != before.WithdrawnAt) batch.BatchCommands.Add(DataRequestRows.Put(request));
        for (var place = 0; place < request.Agencies.Length; place++)
            if (request.Agencies[place] != before.Agencies[place]) batch.BatchCommands.Add(DataRequestRows.PutAgency(request.Number, place, request.Agencies[place], at));
        foreach (var command in more) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(ChangeRow.Put(at, reports: [request.Number]));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}
