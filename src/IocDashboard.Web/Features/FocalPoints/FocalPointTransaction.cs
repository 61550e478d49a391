using System.Text.Json.Nodes;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Web.Features.FocalPoints;

/// <summary>Loads what an agency has under a lock of its own, decides, writes, and puts it on the audit trail: all of it or nothing.</summary>
public sealed class FocalPointTransaction(NpgsqlDataSource database, AuditTrail audit, FocalPointChanges changes)
{
    internal async Task<FocalPointDecision> Run(
        string agency, Func<IReadOnlyList<FocalPoint>, FocalPointDecision> decide, AuditActor by, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var known = await FindAsync(transaction, agency, cancellation);
        var decision = decide(known);
        if (!decision.Accepted) return decision;

        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            // The predecessor first: two open principals are never there at once.
            if (decision.Ended is { } ended) batch.BatchCommands.Add(FocalPointRows.End(ended));
            if (decision.Recorded is { } recorded) batch.BatchCommands.Add(FocalPointRows.Insert(recorded));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await TellAsync(transaction, known, decision, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        changes.Note();
        return decision;
    }

    /// <summary>An attempt at what the caller may not know of. It looks the same whether it exists or not; the trail keeps who tried.</summary>
    internal async Task<FocalPointDecision> RefuseAsync(string action, string subject, FieldError error, AuditActor by, CancellationToken cancellation)
    {
        await audit.RecordAsync(action, subject, AuditOutcome.Refused, after: new() { ["why"] = error.Code }, by: by, cancellation: cancellation);
        return new(null, null, [error]);
    }

    private async Task TellAsync(
        NpgsqlTransaction transaction, IReadOnlyList<FocalPoint> known, FocalPointDecision decision, AuditActor by, CancellationToken cancellation)
    {
        if (decision.Ended is { } ended)
            await audit.AppendAsync(
                transaction, AuditActions.FocalPointEnded, SubjectOf(ended), AuditOutcome.Done, End(known.Single(f => f.Id == ended.Id)), End(ended), by, cancellation);
        if (decision.Recorded is { } recorded)
            await audit.AppendAsync(transaction, AuditActions.FocalPointRecorded, SubjectOf(recorded), AuditOutcome.Done, null, Whole(recorded), by, cancellation);
    }

    private static string SubjectOf(FocalPoint focalPoint) => $"{focalPoint.Agency}/{focalPoint.Id}";

    private static JsonObject End(FocalPoint f) => new()
    {
        ["name"] = f.Contact.Name, ["until"] = Text(f.Validity.Until), ["succeededBy"] = f.SucceededBy?.ToString(),
    };

    // Phone and e-mail too: by Decree 47/2020, article 7, they are public.
    private static JsonObject Whole(FocalPoint f) => new()
    {
        ["kind"] = f.Kind.ToString(), ["name"] = f.Contact.Name, ["position"] = f.Contact.Position, ["phone"] = f.Contact.Phone, ["email"] = f.Contact.Email,
        ["from"] = Text(f.Validity.From), ["until"] = Text(f.Validity.Until),
    };

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<List<FocalPoint>> FindAsync(NpgsqlTransaction transaction, string agency, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.OfFocalPoints(agency)),
                new($"select {FocalPointRows.Columns} from focal_point where agency = $1") { Parameters = { Sql.Of(agency) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await FocalPointRows.ReadAllAsync(reader, cancellation);
    }
}

/// <summary>Counts what was written on this node, so that open menus know when to count anew.</summary>
public sealed class FocalPointChanges
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    internal void Note() => Interlocked.Increment(ref _count);
}
