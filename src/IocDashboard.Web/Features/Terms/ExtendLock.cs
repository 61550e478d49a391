using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Terms;

/// <summary>
/// Lets one report take values in beyond its lock, on an authority's word, or takes that back: one event on the report's stream, with
/// the report, the list of exceptions and the audit trail in the same transaction. It ends by itself.
/// </summary>
public sealed class ExtendLockHandler(NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="report">As <see cref="ReportKey"/> writes it.</param>
    /// <returns>Why not; nothing when it was done.</returns>
    public Task<ImmutableArray<JudgementError>> Handle(
        string report, DateTimeOffset until, string authority, string reason, AuditActor by, CancellationToken cancellation) => Run(
        report, now => r => LockDecider.Extend(r, new(Micros.Truncate(until), authority, reason, by.Name, now)), AuditActions.LockExtended,
        (batch, decision, now) =>
        {
            var extended = (LockExtended)decision.Events[0];
            batch.BatchCommands.Add(LockExceptionRows.EndAll(report, by.Name, now));
            batch.BatchCommands.Add(LockExceptionRows.Put(Guid.CreateVersion7(now), decision.Report, extended));
        },
        by, cancellation);

    public Task<ImmutableArray<JudgementError>> End(string report, AuditActor by, CancellationToken cancellation) => Run(
        report, now => r => LockDecider.End(r, by.Name, now), AuditActions.LockExtensionEnded,
        (batch, _, now) => batch.BatchCommands.Add(LockExceptionRows.EndAll(report, by.Name, now)), by, cancellation);

    private async Task<ImmutableArray<JudgementError>> Run(
        string reportId, Func<DateTimeOffset, Func<Report, ReportDecision>> decide, string action,
        Action<NpgsqlBatch, ReportDecision, DateTimeOffset> write, AuditActor by, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var form, out var agency, out _)) return Unknown(reportId);
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await ReportRows.TakeAsync(transaction, reportId, form, agency, cancellation) is not { } report) return Unknown(reportId);
        var decision = decide(now)(report);
        if (!decision.Accepted) return decision.Errors;

        await history.AppendAsync(transaction, reportId, decision.Events, cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(ReportRows.Put(decision.Report, figures: null, now));
            write(batch, decision, now);
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [reportId]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        var extended = decision.Events[0] as LockExtended;
        await audit.AppendAsync(
            transaction, action, reportId, AuditOutcome.Done, new JsonObject { ["locksAt"] = report.LocksAt },
            new JsonObject { ["locksAt"] = decision.Report.LocksAt, ["authority"] = extended?.Authority, ["reason"] = extended?.Reason }, by, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return [];
    }

    private static ImmutableArray<JudgementError> Unknown(string report) => [JudgementError.At("/report", SubmissionCodes.UnknownForm, report)];
}
