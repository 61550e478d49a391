using System.Collections.Immutable;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>
/// What the centre does about one report that does not come, short of a letter: it excuses it on an authority's word, follows it in
/// person, or writes down what it learned. One event, with the report, what holds and the audit trail in the same transaction.
/// </summary>
public sealed class PursueReportHandler(NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, AuditTrail audit, TimeProvider clock)
{
    /// <param name="authority">The document that allows it: number, date, signer.</param>
    /// <returns>Why not; nothing when it was done. So for each of them.</returns>
    public Task<ImmutableArray<JudgementError>> Excuse(string report, string authority, string reason, AuditActor by, CancellationToken cancellation) => Run(
        report, (r, now) => UrgingDecider.Excuse(r, authority, reason, by.Name, now), AuditActions.ReportExcused,
        now => HoldRows.Put(report, HoldKind.Excuse, authority.Trim(), reason.Trim(), by.Name, now), by, cancellation);

    public Task<ImmutableArray<JudgementError>> EndExcuse(string report, string reason, AuditActor by, CancellationToken cancellation) => Run(
        report, (r, now) => UrgingDecider.EndExcuse(r, reason, by.Name, now), AuditActions.ReportExcuseEnded,
        now => HoldRows.End(report, HoldKind.Excuse, by.Name, now), by, cancellation);

    public Task<ImmutableArray<JudgementError>> TakeOver(string report, string reason, AuditActor by, CancellationToken cancellation) => Run(
        report, (r, now) => UrgingDecider.TakeOver(r, reason, by.Name, now), AuditActions.ReportTakenOver,
        now => HoldRows.Put(report, HoldKind.TakeOver, null, reason.Trim(), by.Name, now), by, cancellation);

    public Task<ImmutableArray<JudgementError>> HandBack(string report, AuditActor by, CancellationToken cancellation) => Run(
        report, (r, now) => UrgingDecider.HandBack(r, by.Name, now), AuditActions.ReportHandedBack,
        now => HoldRows.End(report, HoldKind.TakeOver, by.Name, now), by, cancellation);

    public Task<ImmutableArray<JudgementError>> Note(string report, string text, AuditActor by, CancellationToken cancellation) => Run(
        report, (r, now) => UrgingDecider.Note(r, text, by.Name, now), AuditActions.ReportNoted, hold: null, by, cancellation);

    private async Task<ImmutableArray<JudgementError>> Run(
        string id, Func<Report, DateTimeOffset, ReportDecision> decide, string action, Func<DateTimeOffset, NpgsqlBatchCommand>? hold, AuditActor by, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(id, out var form, out var agency, out _)) return Unknown(id);
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await ReportRows.TakeAsync(transaction, id, form, agency, cancellation) is not { } report) return Unknown(id);
        var decision = decide(report, now);
        if (!decision.Accepted) return decision.Errors;

        await history.AppendAsync(transaction, id, decision.Events, cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { ReportRows.Put(decision.Report, figures: null, now) } })
        {
            if (hold is not null) batch.BatchCommands.Add(hold(now));
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [id]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await audit.AppendAsync(transaction, action, id, AuditOutcome.Done, after: Told(decision.Events[0]), by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return [];
    }

    private static JsonObject Told(object @event) => @event switch
    {
        ReportExcused e => new() { ["authority"] = e.Authority, ["reason"] = e.Reason },
        ReportExcuseEnded e => new() { ["reason"] = e.Reason },
        ReportTakenOver e => new() { ["reason"] = e.Reason },
        ReportNoted e => new() { ["text"] = e.Text },
        _ => [],
    };

    private static ImmutableArray<JudgementError> Unknown(string report) => [JudgementError.At("/report", SubmissionCodes.UnknownForm, report)];
}
