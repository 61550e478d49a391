using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>A message as an entrance hands it on.</summary>
/// <param name="Faults">What the entrance found wrong with the message's form: it is judged all the same, so that all is said at once, and refused.</param>
/// <param name="CallerAgency">The agency that the caller speaks for.</param>
/// <param name="By">Who sent it, as the history will name them.</param>
/// <param name="Channel">As in <see cref="ReportSubmitted"/>.</param>
public sealed record Submission(
    SubmissionMessage Message, IReadOnlyList<JudgementError> Faults, string CallerAgency, string By, string Channel, DateTimeOffset ReceivedAt, bool DryRun)
{
    /// <summary>Why figures that stood are replaced; null for a first report, and where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>Who prepared what somebody else sends.</summary>
    public string? PreparedBy { get; init; }

    /// <summary>The sheet that is sent: closed in the same transaction, and refused when it has changed meanwhile.</summary>
    public Sheet? Closes { get; init; }
}

/// <summary>
/// Takes one report in: judged, appended as one event, with observations, current values, report and message in the same
/// transaction. All or nothing; the same message twice is taken in once.
/// </summary>
public sealed class SubmitReportHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, CellGrids grids,
    ProvinceTime provinceTime, CommitSignal committed, IngestMetrics metrics, AuditTrail audit)
{
    public async Task<SubmissionOutcome> Handle(Submission submission, CancellationToken cancellation)
    {
        var faulty = submission.Faults.Count > 0;
        var outcome = await Decide(
            submission with { ReceivedAt = Micros.Truncate(submission.ReceivedAt), DryRun = submission.DryRun || faulty }, cancellation);
        if (faulty) outcome = WithFaults(outcome, submission.Faults);
        metrics.Submitted(outcome, submission.Message.Values.Count);
        return outcome;
    }

    private async Task<SubmissionOutcome> Decide(Submission submission, CancellationToken cancellation)
    {
        var message = submission.Message;
        // A period has one set, one agency and one meaning: those of its first day.
        var catalogue = catalogues.Current.OfPeriod(message.Period);
        if (!catalogue.Agencies.ContainsKey(message.Agency)) return Refuse(Refusal.Content, "/agency", SubmissionCodes.UnknownAgency, message.Agency);
        if (submission.CallerAgency != message.Agency) return Refuse(Refusal.NotYours, "/agency", SubmissionCodes.NotYourAgency, submission.CallerAgency);

        var hash = message.ContentHash();
        var obligation = Obligation(message, catalogue, out var error);

        // What was accepted once stays accepted, whatever became of the form or the period since.
        if (obligation is null) return await Earlier(message, hash, cancellation) ?? new SubmissionOutcome.Refused(Refusal.Content, [error!]);

        var transaction = new SubmissionTransaction(database, history, audit, catalogue, grids, provinceTime, submission, obligation, hash);
        while (true)
        {
            try
            {
                using var timing = metrics.TimeCommit("report");
                var outcome = await transaction.Run(cancellation);
                if (outcome is SubmissionOutcome.Accepted) committed.Pulse();
                return outcome;
            }
            catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: MessageRows.UniqueKey })
            {
                // The same id came in with another form at the same moment: the next attempt finds it.
            }
        }
    }

    private static SubmissionOutcome.Refused WithFaults(SubmissionOutcome outcome, IReadOnlyList<JudgementError> faults) => outcome switch
    {
        SubmissionOutcome.Refused { Kind: Refusal.Content } wrong => wrong with { Errors = JudgementError.Join(faults, wrong.Errors) },
        SubmissionOutcome.Refused { Kind: Refusal.NotYours } closed => closed,
        _ => new(Refusal.Content, [.. faults]) { Warnings = outcome.ReceiptOf()?.Warnings ?? [] },
    };

    private static OwedReport? Obligation(SubmissionMessage message, CatalogueSnapshot catalogue, out JudgementError? error)
    {
        error = null;
        if (!catalogue.Forms.TryGetValue(message.Form, out var form))
            error = JudgementError.At("/form", SubmissionCodes.UnknownForm, message.Form);
        else if (form.Agency != message.Agency)
            error = JudgementError.At("/form", SubmissionCodes.NotAssigned, message.Form, message.Agency);
        else if (!ReportingPeriod.TryParse(message.Period, out var period) || period.Rhythm != form.Rhythm)
            error = JudgementError.At("/period", SubmissionCodes.BadPeriod, message.Period, form.Rhythm.Name());
        else if (form.Indicators.IsEmpty)
            error = JudgementError.At("/period", JudgementCodes.PeriodNotOpen, message.Period, form.AssignedFrom.ToString("O"));
        else
            return new OwedReport(form, period);
        return null;
    }

    private async Task<SubmissionOutcome?> Earlier(SubmissionMessage message, byte[] hash, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { MessageRows.Find(message.Agency, message.MessageId) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await MessageRows.ReadAsync(reader, cancellation) is { } earlier ? SubmissionTransaction.Again(message, hash, earlier) : null;
    }

    private static SubmissionOutcome.Refused Refuse(Refusal kind, string pointer, string code, params string[] arguments) =>
        new(kind, [JudgementError.At(pointer, code, arguments)]);
}
