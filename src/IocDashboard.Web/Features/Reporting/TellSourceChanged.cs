using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>What the centre holds of a report that its source has just spoken of.</summary>
/// <param name="Report">As it stands now; null with <paramref name="Errors"/>.</param>
public sealed record SourceAnswer(Report? Report, ImmutableArray<JudgementError> Errors);

/// <summary>
/// An agency's system says that its figures have changed (article 9.1b). Where they are newer than what was received, the report is due
/// again: one event, with the report, what is measured and the step that tells of it in the same transaction.
/// </summary>
public sealed class TellSourceChangedHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, ProvinceTime time, CommitSignal committed, TimeProvider clock)
{
    /// <param name="id">As <see cref="ReportKey"/> writes it.</param>
    /// <param name="changedAt">To the microsecond, as rows keep it.</param>
    /// <param name="by">The key that said so.</param>
    public async Task<SourceAnswer> Handle(string id, DateTimeOffset changedAt, string by, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(id, out var form, out var agency, out _)) return Unknown(id);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await ReportRows.TakeAsync(transaction, id, form, agency, cancellation) is not { } report) return Unknown(id);
        var now = Micros.Truncate(clock.GetUtcNow());
        var catalogue = catalogues.Current;
        var decision = SourceChangeDecider.Tell(report, new(changedAt, by, now), catalogue.TermsOf(form).UpdateDays, catalogue.CalendarOf(agency), time);
        if (decision.Events.IsEmpty) return new(decision.Report, decision.Errors);

        await history.AppendAsync(transaction, id, decision.Events, cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { ReportRows.Put(decision.Report, figures: null, now) } })
        {
            foreach (var command in UpdateRows.Of(report, decision.Report, now).Concat(UpdateStep.Of(report, decision.Report, now))) batch.BatchCommands.Add(command);
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [id]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return new(decision.Report, []);
    }

    private static SourceAnswer Unknown(string id) => new(null, [JudgementError.At("", "unknown-report", id)]);
}
