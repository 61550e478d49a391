using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>One form of one agency for one period: what a message reports, whether or not its obligation was opened yet.</summary>
internal sealed record OwedReport(Form Form, ReportingPeriod Period)
{
    public string Id { get; } = ReportKey.Of(Form.Code, Form.Agency, Period);

    /// <summary>As in table <c>observation</c>: D W M Q S Y.</summary>
    public char RhythmLetter => Form.Rhythm.Code()[0];
}

/// <summary>
/// One attempt at one message: three round trips to the database and the commit, one more where rules look far back. Under the lock of its form and agency it
/// reads all that it decides on, decides, appends the events, writes the rows.
/// </summary>
internal sealed class SubmissionTransaction(
    NpgsqlDataSource database, IDocumentStore history, AuditTrail audit, CatalogueSnapshot catalogue, CellGrids grids, ProvinceTime provinceTime,
    Submission submission, OwedReport owed, byte[] contentHash)
{
    // A rule's cut opens a report up to a month before its civil period; nothing of it can have been recorded earlier.
    private static readonly TimeSpan EarliestBeforePeriod = TimeSpan.FromDays(62);

    private readonly SubmissionMessage _message = submission.Message;
    private readonly ReportOpened _opened = ReportSchedule.Open(
        owed.Form, owed.Period, catalogue.Indicators, catalogue.CalendarOf(owed.Form.Agency), provinceTime, submission.ReceivedAt,
        catalogue.TermsOf(owed.Form.Code));

    private readonly RuleFigures _rules = new(catalogue, provinceTime, owed, submission.Message, submission.ReceivedAt);

    /// <summary>The answer to a message whose id is taken: what it got before when it says the same, a conflict when not.</summary>
    public static SubmissionOutcome Again(SubmissionMessage message, byte[] contentHash, (byte[] ContentHash, Receipt Receipt) earlier) =>
        CryptographicOperations.FixedTimeEquals(contentHash, earlier.ContentHash)
            ? new SubmissionOutcome.Repeated(earlier.Receipt)
            : new SubmissionOutcome.Refused(
                Refusal.Conflict, [JudgementError.At("/messageId", SubmissionCodes.MessageIdReused, message.MessageId)]);

    public Task<SubmissionOutcome> Run(CancellationToken cancellation) => database.RunAsync(transaction => Run(transaction, cancellation), cancellation);

    private async Task<SubmissionOutcome> Run(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var known = await Read(transaction, cancellation);
        if (known.Earlier is { } earlier) return Again(_message, contentHash, earlier);

        if (known.SheetChanged) return new SubmissionOutcome.Refused(Refusal.Conflict, [JudgementError.At("", SheetCodes.Changed)]);

        var decision = Decide(known, out var judgement);
        if (!decision.Accepted) return Refused(decision.Errors) with { Warnings = judgement.Warnings };

        var receipt = new Receipt(
            submission.DryRun ? null : decision.Submitted!.SubmissionId, owed.Id, decision.Report.Revision,
            // The state that this message was taken in: a draft after a complete submission leaves the report as it was and is a draft itself.
            _message.Complete ? decision.Report.State : ReportState.Draft,
            decision.Report.Punctuality, decision.Report.DueAt, submission.ReceivedAt, judgement.Values.Length, judgement.Warnings);
        if (submission.DryRun) return new SubmissionOutcome.WouldBe(receipt);

        await Write(transaction, known, decision, receipt, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        return new SubmissionOutcome.Accepted(receipt);
    }

    private async Task<Known> Read(NpgsqlTransaction transaction, CancellationToken cancellation)
    {
        var series = SeriesOfMessage();
        var season = SeasonalPast.Concerns(owed.Form.Rhythm);
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.OfReports(_message.Form, _message.Agency)),
                MessageRows.Find(_message.Agency, _message.MessageId),
                ReportRows.Find(owed.Id),
                HeadRows.Find(series),
                KnownCell.FindPeriod([.. series.Union(_rules.Standing)], _opened.StartsAt, owed.RhythmLetter, _opened.StartsAt - EarliestBeforePeriod, owed.Id),
            },
        };
        if (submission.Closes is not null) batch.BatchCommands.Add(SheetRows.Find(owed.Id));
        if (season) batch.BatchCommands.Add(KnownPoint.FindRange(series, KeyOf(SeasonalPast.EarliestFor(owed.Period)), _opened.StartsAt, owed.RhythmLetter));
        var known = await ReadAsync(batch, season, cancellation);
        return known.Earlier is not null ? known : known with { Rules = await _rules.FindAsync(transaction, known.Heads, known.Cells, cancellation) };
    }

    private async Task<Known> ReadAsync(NpgsqlBatch batch, bool season, CancellationToken cancellation)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var earlier = await MessageRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var report = await ReportRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var heads = await HeadRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var cells = await KnownCell.ReadAsync(reader, cancellation);
        var sheetChanged = false;
        if (submission.Closes is { } closes)
        {
            await reader.NextResultAsync(cancellation);
            sheetChanged = await SheetRows.ReadAsync(reader, owed.Id, cancellation) is not { } sheet || sheet.Version != closes.Version;
        }

        var known = new Known(earlier, report, heads, cells.ToDictionary(c => c.Series), sheetChanged, null, null);
        if (!season) return known;
        await reader.NextResultAsync(cancellation);
        return known with { Points = await KnownPoint.ReadAsync(reader, cancellation) };
    }

    private ReportDecision Decide(Known known, out Judgement judgement)
    {
        var command = new SubmitReport(
            Guid.CreateVersion7(submission.ReceivedAt), _message.MessageId, _message.Complete, _message.Values,
            submission.By, submission.Channel, submission.ReceivedAt);
        judgement = SubmissionJudge.Judge(grids.Of(catalogue, owed.Form), command, new SubmissionPast(Past(known.Heads), Season(known.Points), known.Rules));
        if (UnexplainedCorrection(judgement, known) is { } asked) judgement = judgement with { Warnings = judgement.Warnings.Add(asked) };
        command = command with { Reason = submission.Reason, PreparedBy = submission.PreparedBy, SourceAt = _message.SourceAt };
        var report = known.Report ?? Report.Create(_opened);
        return known.Report is null && owed.Period.FirstDay < owed.Form.AssignedFrom
            ? new ReportDecision(report, [], [NotOwed(), .. judgement.Errors])
            : ReportDecider.Decide(report, command, judgement);
    }

    private async Task Write(
        NpgsqlTransaction transaction, Known known, ReportDecision decision, Receipt receipt, CancellationToken cancellation)
    {
        var seq = await history.AppendAsync(
            transaction, owed.Id, known.Report is null ? [_opened, .. decision.Events] : decision.Events, cancellation);
        var recordedAt = RecordedAt(known.Heads);
        var observations = new ObservationBatch(known.Heads);
        var submitted = decision.Submitted!;

        // A draft is kept in the history alone: its values stand nowhere until the complete submission carries them all.
        if (submitted.Complete)
        {
            foreach (var cell in submitted.Values)
            {
                var series = catalogue.SeriesByKey[(cell.Indicator, cell.Area)].Id;
                var held = known.Cells.GetValueOrDefault(series);
                if (RevisionOf(cell, held) is not { } revision) continue;
                observations.Add(series, new Observed(
                    _opened.StartsAt, owed.RhythmLetter, revision, cell.Value, cell.Status, VerificationState.Unverified, seq, recordedAt, cell.Note)
                {
                    ReceivedAt = held?.Revision == revision ? held.ReceivedAt : recordedAt,
                });
            }
        }

        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        observations.WriteTo(batch);
        if (submitted.Complete && known.Report?.FollowedBy is not null) batch.BatchCommands.Add(HoldRows.End(owed.Id, HoldKind.TakeOver, submission.By, recordedAt));
        batch.BatchCommands.Add(ReportRows.Put(decision.Report, submitted.Complete ? submitted.Values.Count(v => v.Value is not null) : null, recordedAt,
            submitted.Complete ? receipt.Warnings.Length : null));
        batch.BatchCommands.Add(MessageRows.Put(_message, contentHash, receipt));
        foreach (var command in known.Report is { } held ? UpdateRows.Of(held, decision.Report, submission.ReceivedAt).Concat(UpdateStep.Of(held, decision.Report, submission.ReceivedAt)) : []) batch.BatchCommands.Add(command);
        if (submission.Closes is { } sheet) batch.BatchCommands.Add(SheetRows.Close(owed.Id, sheet.Version, recordedAt));
        batch.BatchCommands.Add(ChangeRow.Put(recordedAt, observations.Series, [owed.Id]));
        await batch.ExecuteNonQueryAsync(cancellation);
        // A first report is an event with its sender already; what replaces figures that were submitted is a decision on them.
        if (submitted.Complete && known.Report is { SubmittedAt: not null } before)
            await audit.AppendAsync(transaction, new FigureDecision(AuditActions.ReportCorrected, By: null) { Why = submission.Reason }, before, decision.Report, observations.Series.Count(), cancellation);
    }

    /// <summary>What somebody relied on is replaced, and nobody said why: taken in all the same, for a machine may have no words, and asked.</summary>
    private JudgementError? UnexplainedCorrection(Judgement judgement, Known known) =>
        _message.Complete && string.IsNullOrWhiteSpace(submission.Reason) && judgement.Values.Count(v => IsVerifiedOtherwise(v, known)) is > 0 and var replaced
            ? JudgementError.At("/reason", ReviewCodes.NoReason, replaced.ToString(CultureInfo.InvariantCulture))
            : null;

    private bool IsVerifiedOtherwise(CellValue cell, Known known) =>
        known.Cells.GetValueOrDefault(catalogue.SeriesByKey[(cell.Indicator, cell.Area)].Id) is { Verification: VerificationState.Verified } held &&
        (held.Value != cell.Value || held.Status != cell.Status);

    /// <summary>
    /// The number of the cell's next revision; null when nothing about it is new. A cell that was returned and comes again as it
    /// was stands before the verifier again, under its old number.
    /// </summary>
    private static int? RevisionOf(CellValue cell, KnownCell? known)
    {
        if (known is null) return 1;
        if (known.Value != cell.Value || known.Status != cell.Status || known.Note != cell.Note) return known.Revision + 1;
        return known.Verification == VerificationState.Returned ? known.Revision : null;
    }

    // An as-of read orders a series by the instant of recording: a message that waited for its lock must not seem earlier than the one before it.
    private DateTimeOffset RecordedAt(Dictionary<int, SeriesHead> heads)
    {
        var at = submission.ReceivedAt;
        foreach (var head in heads.Values)
            if (head.RecordedAt > at) at = head.RecordedAt;
        return at;
    }

    // Earlier values of a cell, for the outlier warning. One list serves all calls: the judge looks at it before it asks again.
    private Func<string, string, IReadOnlyList<decimal>> Past(Dictionary<int, SeriesHead> heads)
    {
        var past = new List<decimal>(SeriesHead.RecentPeriods);
        return (indicator, area) =>
        {
            past.Clear();
            if (!heads.TryGetValue(catalogue.SeriesByKey[(indicator, area)].Id, out var head)) return past;
            var from = ComparableFrom(indicator);
            foreach (var point in head.Recent)
                if (point.Key < _opened.StartsAt && point.Key >= from && point.Value is { } value) past.Add(value);
            return past;
        };
    }

    private Func<string, string, SeasonalPast?>? Season(Dictionary<(int Series, DateTimeOffset Key), decimal?>? points) => points is null ? null : (indicator, area) =>
    {
        var series = catalogue.SeriesByKey[(indicator, area)].Id;
        var from = ComparableFrom(indicator);
        return SeasonalPast.Of(owed.Period, period => KeyOf(period) is var key && key >= from ? points.GetValueOrDefault((series, key)) : null);
    };

    // Figures before a break mean something else: nothing stands out from them.
    private DateTimeOffset ComparableFrom(string indicator) =>
        catalogue.Book.SeriesFrom(indicator, owed.Period.FirstDay) is { } first ? provinceTime.StartOf(first) : DateTimeOffset.MinValue;

    private DateTimeOffset KeyOf(ReportingPeriod period) => provinceTime.StartOf(period.FirstDay);

    private int[] SeriesOfMessage()
    {
        var series = new HashSet<int>(_message.Values.Count);
        foreach (var value in _message.Values)
        {
            if (value.Indicator is not null && catalogue.SeriesByKey.TryGetValue((value.Indicator, value.Area ?? Area.ProvinceCode), out var found))
                series.Add(found.Id);
        }

        return [.. series];
    }

    private JudgementError NotOwed() => JudgementError.At("/period", JudgementCodes.PeriodNotOpen, _message.Period, owed.Form.AssignedFrom.ToString("O"));

    private static SubmissionOutcome.Refused Refused(ImmutableArray<JudgementError> errors) =>
        new(errors.Any(e => e.Code == JudgementCodes.PeriodLocked) ? Refusal.Locked : Refusal.Content, errors);

    private sealed record Known(
        (byte[] ContentHash, Receipt Receipt)? Earlier, Report? Report, Dictionary<int, SeriesHead> Heads, Dictionary<int, KnownCell> Cells,
        bool SheetChanged, Dictionary<(int Series, DateTimeOffset Key), decimal?>? Points, RuleQuestion? Rules);
}
