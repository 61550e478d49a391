using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>What became of a verification or a return. No report: there is none of that key.</summary>
public sealed record ReviewOutcome(Report? Report, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Report is not null && Errors.IsEmpty;
}

/// <summary>
/// Appends the event of a review, and for each figure whose verification it changes a further row of the same revision:
/// what was known about a figure at an instant includes whether it was verified.
/// </summary>
public sealed class ReviewTransaction(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, CommitSignal committed, AuditTrail audit)
{
    // As for submissions: nothing of a period is recorded earlier.
    private static readonly TimeSpan EarliestBeforePeriod = TimeSpan.FromDays(62);

    /// <param name="decide">The decision on the report as it stands, under the form's terms.</param>
    /// <param name="by">For the audit trail; null for whoever is calling now.</param>
    /// <param name="sight">Of whoever must see every cell that they decide on; null: nothing is asked.</param>
    internal async Task<ReviewOutcome> Run(
        string reportId, DateTimeOffset at, Func<Report, FormTerms, ReportDecision> decide, AuditActor? by, Sight? sight, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var formCode, out var agency, out var period)) return new(null, []);
        var catalogue = catalogues.Current.At(period.FirstDay);
        if (!catalogue.Forms.TryGetValue(formCode, out var form))
            return new(null, []);

        var cells = form.Indicators.SelectMany(i => i.Areas, (i, area) => (i.Code, Area: area))
            .Where(catalogue.SeriesByKey.ContainsKey)
            .ToDictionary(c => catalogue.SeriesByKey[c].Id);
        if (sight is not null && form.Indicators.Any(i => !sight.Sees(catalogue.Indicators[i.Code])))
            return new(null, [JudgementError.At("", ReviewCodes.CellsHidden, reportId)]);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var report = await ReportRows.TakeAsync(transaction, reportId, formCode, agency, cancellation);
        if (report is null) return new(null, []);
        var decision = decide(report, catalogue.TermsOf(formCode));
        if (!decision.Accepted || decision.Events.IsEmpty) return new(report, decision.Errors);

        var (heads, known) = await FindCells(transaction, report, [.. cells.Keys], form.Rhythm.Code()[0], cancellation);
        var seq = await history.AppendAsync(transaction, reportId, decision.Events, cancellation);
        var recordedAt = heads.Values.Select(h => h.RecordedAt).Append(Micros.Truncate(at)).Max();
        var verificationOf = EffectOf(decision.Events[^1]);
        var observations = new ObservationBatch(heads);
        foreach (var cell in known)
        {
            var (indicator, area) = cells[cell.Series];
            if (verificationOf(indicator, area) is { } verification && verification != cell.Verification)
                observations.Add(cell.Series, new Observed(
                    report.StartsAt, form.Rhythm.Code()[0], cell.Revision, cell.Value, cell.Status, verification, seq, recordedAt, cell.Note)
                {
                    ReceivedAt = cell.ReceivedAt,
                });
        }

        await using var batch = new NpgsqlBatch(connection, transaction);
        observations.WriteTo(batch);
        batch.BatchCommands.Add(ReportRows.Put(decision.Report, figures: null, recordedAt));
        if (decision.Events[^1] is ReportReturned returned)
            foreach (var command in MendStep.Put(reportId, returned.Revision, returned.MendBy)) batch.BatchCommands.Add(command);
        batch.BatchCommands.Add(ChangeRow.Put(recordedAt, observations.Series, [reportId]));
        // What others have drafted stays until they are told that it is over.
        batch.BatchCommands.Add(ReviewDraftRows.Delete(reportId, DeciderOf(decision.Events[^1])));
        await batch.ExecuteNonQueryAsync(cancellation);
        await audit.AppendAsync(transaction, ToldOf(decision.Events[^1], by), report, decision.Report, observations.Series.Count(), cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return new(decision.Report, []);
    }

    /// <summary>What becomes of a figure by it; null leaves it as it is.</summary>
    private static Func<string, string, VerificationState?> EffectOf(object @event)
    {
        if (@event is ReportVerified) return (_, _) => VerificationState.Verified;
        if (@event is not ReportReturned returned) return (_, _) => null;
        var back = returned.Reasons.Select(r => (r.Indicator, r.Area)).ToHashSet();
        var accepted = returned.Accepted.Select(c => (c.Indicator, c.Area)).ToHashSet();
        return (indicator, area) => back.Contains((indicator, area)) ? VerificationState.Returned
            : accepted.Contains((indicator, area)) ? VerificationState.Verified : null;
    }

    private static string DeciderOf(object @event) => @event switch
    {
        ReportReturned e => e.By,
        ReportChecked e => e.By,
        ReportVerified e => e.By,
        _ => throw new ArgumentException($"{@event.GetType().Name} is no decision of a verifier.", nameof(@event)),
    };

    private static FigureDecision ToldOf(object @event, AuditActor? by) => @event switch
    {
        ReportReturned e => new(AuditActions.ReportReturned, by, e.Reasons) { MendBy = e.MendBy },
        ReportChecked => new(AuditActions.ReportChecked, by),
        _ => new(AuditActions.ReportVerified, by),
    };

    private static async Task<(Dictionary<int, SeriesHead> Heads, List<KnownCell> Cells)> FindCells(
        NpgsqlTransaction transaction, Report report, int[] series, char rhythm, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                HeadRows.Find(series),
                KnownCell.FindPeriod(series, report.StartsAt, rhythm, report.StartsAt - EarliestBeforePeriod, report.Id),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var heads = await HeadRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        return (heads, await KnownCell.ReadAsync(reader, cancellation));
    }
}
