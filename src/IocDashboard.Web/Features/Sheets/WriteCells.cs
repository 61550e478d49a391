using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>What became of a writing: each entry's outcome in their order, or why nothing was written.</summary>
/// <param name="Sheet">As it stands afterwards.</param>
public sealed record WriteOutcome(Sheet? Sheet, ImmutableArray<EntryOutcome> Entries, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;

    internal static WriteOutcome Refused(params ReadOnlySpan<JudgementError> errors) => new(null, [], [.. errors]);
}

/// <summary>
/// Saves cells as they are typed, pasted or taken from a file: kept at once and seen by everybody who has the sheet open. Judges
/// nothing but whether the cell is one of the form: what cannot be read stays in its cell until somebody mends it.
/// </summary>
public sealed class WriteCellsHandler(
    NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, CellGrids grids, CommitSignal committed, TimeProvider clock)
{
    /// <summary>As many as a form may have (<see cref="SubmissionJudge.MostValues"/>).</summary>
    private const int MostEntries = SubmissionJudge.MostValues;

    /// <param name="scope">Of whoever writes; another agency's report is answered as one that does not exist.</param>
    public async Task<WriteOutcome> Handle(string reportId, IReadOnlyList<CellEntry> entries, AgencyScope scope, string by, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var formCode, out var agency, out var period) || !scope.Covers(agency))
            return WriteOutcome.Refused(JudgementError.At("/form", SubmissionCodes.UnknownForm, reportId));
        var catalogue = catalogues.Current.At(period.FirstDay);
        if (!catalogue.Forms.TryGetValue(formCode, out var form))
            return WriteOutcome.Refused(JudgementError.At("/form", SubmissionCodes.UnknownForm, formCode));
        if (entries.Count > MostEntries)
            return WriteOutcome.Refused(JudgementError.At("/values", JudgementCodes.TooManyValues, $"{entries.Count}", $"{MostEntries}"));

        var grid = grids.Of(catalogue, form);
        var wrong = ImmutableArray.CreateBuilder<JudgementError>();
        var kept = new List<CellEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!grid.Has(entry.Key)) wrong.Add(JudgementError.At("/indicator", JudgementCodes.IndicatorNotInForm, entry.Key.Indicator, entry.Key.Area));
            wrong.AddRange(SheetDecider.Unkeepable(entry, out var keepable));
            kept.Add(keepable);
        }

        if (wrong.Count > 0) return new(null, [], wrong.ToImmutable());
        if (kept.Count == 0) return new(null, [], []);
        var outcome = await Write(reportId, formCode, agency, kept, by, cancellation);
        if (outcome.Accepted) committed.Pulse();
        return outcome;
    }

    private async Task<WriteOutcome> Write(
        string reportId, string form, string agency, List<CellEntry> entries, string by, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (report, sheet, cells) = await Read(transaction, reportId, form, agency, entries, cancellation);
        if (SheetDecider.Closed(report, sheet, now) is { } closed) return WriteOutcome.Refused(closed);

        var before = cells.ToDictionary(c => c.Key);
        var (current, outcomes) = (new Dictionary<CellKey, SheetCell>(before), ImmutableArray.CreateBuilder<EntryOutcome>(entries.Count));
        var notTaken = new List<SheetCell>();
        foreach (var entry in entries)
        {
            var outcome = SheetDecider.Write(current.GetValueOrDefault(entry.Key), entry, by, now);
            if (outcome.Conflict) notTaken.Add(new(entry.Key, entry.Text, entry.Value, entry.Status, entry.Note, outcome.Cell.Version, by, now));
            current[entry.Key] = outcome.Cell;
            outcomes.Add(outcome);
        }

        var written = current.Values.Where(c => !ReferenceEquals(before.GetValueOrDefault(c.Key), c)).ToList();
        if (written.Count == 0 && notTaken.Count == 0) return new(sheet, outcomes.DrainToImmutable(), []);

        var after = (sheet ?? new(reportId, SheetState.Editing, 0, null, null, null)) with { Version = (sheet?.Version ?? 0) + (written.Count > 0 ? 1 : 0) };
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            if (report!.State == ReportState.Open) await Begin(transaction, batch, report, by, now, cancellation);
            batch.BatchCommands.Add(SheetRows.Put(after, now));
            var over = written.Select(c => before.GetValueOrDefault(c.Key)).OfType<SheetCell>().ToList();
            if (over.Count > 0) batch.BatchCommands.Add(SheetRows.KeepWrittenOver(reportId, over, now));
            if (notTaken.Count > 0) batch.BatchCommands.Add(SheetRows.KeepNotTaken(reportId, notTaken, now));
            if (written.Count > 0) batch.BatchCommands.Add(SheetRows.PutCells(reportId, written));
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [reportId]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return new(after, outcomes.DrainToImmutable(), []);
    }

    private async Task Begin(NpgsqlTransaction transaction, NpgsqlBatch batch, Report report, string by, DateTimeOffset now, CancellationToken cancellation)
    {
        var begun = new ReportDraftBegun(by, now);
        await history.AppendAsync(transaction, report.Id, [begun], cancellation);
        batch.BatchCommands.Add(ReportRows.Put(report.Apply(begun), figures: null, now));
    }

    private static async Task<(Report?, Sheet?, List<SheetCell>)> Read(
        NpgsqlTransaction transaction, string reportId, string form, string agency, List<CellEntry> entries, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.OfReports(form, agency)), ReportRows.Find(reportId), SheetRows.Find(reportId),
                SheetRows.FindCells(reportId, [.. entries.Select(e => e.Key).Distinct()]),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        var report = await ReportRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var sheet = await SheetRows.ReadAsync(reader, reportId, cancellation);
        await reader.NextResultAsync(cancellation);
        return (report, sheet, await SheetRows.ReadCellsAsync(reader, cancellation));
    }
}
