using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>The agency answers a letter of urging, once (article 9.3b): one event on each report that the letter is about.</summary>
public sealed class AnswerUrgingHandler(NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, AuditTrail audit, ProvinceTime time, TimeProvider clock)
{
    /// <param name="agency">Of whoever answers: another agency's letter is not there for them.</param>
    /// <returns>Why not; nothing when it was kept.</returns>
    public async Task<ImmutableArray<JudgementError>> Handle(Guid urging, string agency, string reply, DateOnly? promisedFor, AuditActor by, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        if (UrgingDecider.JudgeReply(reply, promisedFor, time.DayOf(now)) is { } wrong) return [wrong];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reports = await ReportsAsync(connection, urging, agency, cancellation);
        if (reports.Length == 0) return [JudgementError.At("", UrgingCodes.NothingToAnswer)];
        foreach (var name in reports.Select(r => WriteLock.OfReports(ReportKey.Parse(r).Form, agency)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            await TakeAsync(transaction, name, cancellation);
        if (!await KeepAsync(connection, urging, reply.Trim(), promisedFor, by.Name, now, cancellation)) return [JudgementError.At("", UrgingCodes.NothingToAnswer)];

        var answered = new UrgingAnswered(urging, reply.Trim(), promisedFor, by.Name, now);
        await history.AppendAsync(transaction, reports.Select(r => (r, (object)answered)), cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { ChangeRow.Put(now, reports: reports) } })
            await batch.ExecuteNonQueryAsync(cancellation);
        await audit.AppendAsync(
            transaction, AuditActions.UrgingAnswered, string.Join(',', reports), AuditOutcome.Done,
            after: new JsonObject { ["reply"] = answered.Reply, ["promisedFor"] = promisedFor?.ToString("O", System.Globalization.CultureInfo.InvariantCulture) }, by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return [];
    }

    private static async Task<string[]> ReportsAsync(NpgsqlConnection connection, Guid urging, string agency, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select array(select r.report from urging_report r join urging u on u.id = r.urging where u.id = $1 and u.agency = $2 order by r.report)", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = urging }, Sql.Of(agency) },
        };
        return (string[])(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task TakeAsync(NpgsqlTransaction transaction, string name, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { WriteLock.Take(name) } };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Two that answer at once: the second finds it answered.</summary>
    private static async Task<bool> KeepAsync(
        NpgsqlConnection connection, Guid urging, string reply, DateOnly? promisedFor, string by, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("""
            update urging set reply = $2, promised_for = $3, replied_by = $4, replied_at = $5, read_at = coalesce(read_at, $5), read_by = coalesce(read_by, $4)
            where id = $1 and replied_at is null
            """, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = urging }, Sql.Of(reply), new() { Value = (object?)promisedFor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Date },
                Sql.Of(by), Sql.Of(now),
            },
        };
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }
}
