using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>
/// Lays a sheet before the agency's head, who answers for it, or gives it back with a reason. While it lies there nobody writes into
/// it: the head sends what was laid before them.
/// </summary>
public sealed class HandSheetOverHandler(NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, TimeProvider clock)
{
    /// <param name="version">Of the sheet that its preparer looked at.</param>
    /// <returns>Why not; nothing when it was done.</returns>
    public Task<ImmutableArray<JudgementError>> LayBeforeHead(string report, long version, AgencyScope scope, string by, CancellationToken cancellation) =>
        Run(report, scope, (sheet, now) => sheet switch
        {
            { State: SheetState.WithHead } => (JudgementError.At("", SheetCodes.WithHead), null, null),
            _ when sheet.Version != version => (JudgementError.At("", SheetCodes.Changed), null, null),
            _ => (null, sheet with { State = SheetState.WithHead, HandedBy = by, HandedAt = now, GivenBack = null }, new ReportLaidBeforeHead(by, now)),
        }, cancellation);

    public Task<ImmutableArray<JudgementError>> GiveBack(string report, string? reason, AgencyScope scope, string by, CancellationToken cancellation) =>
        Run(report, scope, (sheet, now) => sheet switch
        {
            { State: SheetState.Editing } => (JudgementError.At("", SheetCodes.NotWithHead), null, null),
            _ when string.IsNullOrWhiteSpace(reason) => (JudgementError.At("/reason", JudgementCodes.MissingReason), null, null),
            _ => (null, sheet with { State = SheetState.Editing, GivenBack = reason.Trim() }, new ReportGivenBackByHead(reason.Trim(), by, now)),
        }, cancellation);

    private async Task<ImmutableArray<JudgementError>> Run(
        string reportId, AgencyScope scope, Func<Sheet, DateTimeOffset, (JudgementError? Error, Sheet? After, object? Event)> decide, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var form, out var agency, out _) || !scope.Covers(agency))
            return [JudgementError.At("/form", SubmissionCodes.UnknownForm, reportId)];
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await Read(transaction, reportId, form, agency, cancellation) is not { } sheet) return [JudgementError.At("", SheetCodes.Empty)];
        var (error, after, @event) = decide(sheet, now);
        if (error is not null) return [error];

        await history.AppendAsync(transaction, reportId, [@event!], cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(SheetRows.Put(after!, now));
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [reportId]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return [];
    }

    private static async Task<Sheet?> Read(NpgsqlTransaction transaction, string report, string form, string agency, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands = { WriteLock.Take(WriteLock.OfReports(form, agency)), SheetRows.Find(report) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await SheetRows.ReadAsync(reader, report, cancellation);
    }
}
