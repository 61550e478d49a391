using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sheets;
using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>One figure that was submitted, with all that a verifier holds it against.</summary>
/// <param name="Before">The figure of the submission before; null where there was none.</param>
/// <param name="Verification">As it stands now: verified is what was accepted before and has not changed.</param>
/// <param name="Flags">What the judge asks about it.</param>
public sealed record ReviewCell(
    CellKey Key, CellValue Value, CellValue? Before, VerificationState Verification, PastValues Past, NormalRange? Range, ImmutableArray<JudgementError> Flags)
{
    public bool IsRevalued => Before is { } before && before.Value != Value.Value;

    /// <summary>Another value, or another kind of figure.</summary>
    public bool IsChanged => Before is { } before && (before.Value != Value.Value || before.Status != Value.Status);
}

/// <summary>One submission beside its history, as its reader may see it.</summary>
/// <param name="Returned">The last return, with its reasons; null where there was none.</param>
/// <param name="Whole">What the judge asks of the report as a whole.</param>
/// <param name="BeforeRevision">Of the submission before; null where there was none.</param>
/// <param name="IsWhole">The reader sees every cell of the form.</param>
/// <param name="Draft">What the reader has decided on cells so far, of this submission or of one before; null where nothing is kept.</param>
public sealed record SeenReview(
    Report Report, Form Form, ReportSubmitted Submitted, ReportReturned? Returned, ImmutableArray<ReviewCell> Cells, ImmutableArray<JudgementError> Whole,
    IReadOnlyList<object> Events, int? BeforeRevision, string? ClaimedBy, int Verifiers, bool IsWhole, ReviewDraft? Draft)
{
    public int Flagged => Cells.Count(c => !c.Flags.IsEmpty);
}

/// <summary>
/// Reads what a verifier looks at: for whoever opens it, not for everybody who sees the queue. What is doubtful is asked of the one
/// judge by a dry run, so that a rule which was switched on since is heard too.
/// </summary>
public sealed class FindReview(
    NpgsqlDataSource database, FindReportHistory histories, SubmitReportHandler judge, CatalogueCache catalogues, ProvinceTime time, TimeProvider clock)
{
    // As for submissions: nothing of a period is recorded earlier.
    private static readonly TimeSpan EarliestBeforePeriod = TimeSpan.FromDays(62);

    /// <returns>Null when there is no such report for the reader, or nothing complete was submitted.</returns>
    public async Task<SeenReview?> Handle(string reportId, Sight sight, string by, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var formCode, out _, out var period)) return null;
        var catalogue = catalogues.Current.At(period.FirstDay);
        if (!catalogue.Forms.TryGetValue(formCode, out var form)) return null;
        if (await histories.Handle(reportId, sight, cancellation) is not { } history) return null;
        if (history.Events.OfType<ReportSubmitted>().LastOrDefault(e => e.Complete) is not { } submitted) return null;

        var series = submitted.Values.Select(v => new CellKey(v.Indicator, v.Area))
            .Where(k => catalogue.SeriesByKey.ContainsKey((k.Indicator, k.Area))).ToDictionary(k => k, k => catalogue.SeriesByKey[(k.Indicator, k.Area)].Id);
        var known = await Read(history.Report, [.. series.Values], form.Rhythm, period, by, cancellation);
        var (flags, whole) = await Ask(history.Report, submitted, by, cancellation);
        var earlier = history.Events.OfType<ReportSubmitted>().LastOrDefault(e => e.Complete && e.Revision < submitted.Revision);
        var before = earlier?.Values.ToDictionary(v => new CellKey(v.Indicator, v.Area)) ?? [];
        return new(
            history.Report, form, submitted, history.Events.OfType<ReportReturned>().LastOrDefault(),
            [.. submitted.Values.Select((v, i) => CellOf(v, i))], whole, history.Events, earlier?.Revision, known.ClaimedBy, catalogue.TermsOf(formCode).Verifiers,
            form.Indicators.All(i => sight.Sees(catalogue.Indicators[i.Code])), known.Draft);

        ReviewCell CellOf(CellValue value, int position)
        {
            var key = new CellKey(value.Indicator, value.Area);
            var id = series.GetValueOrDefault(key);
            return new(
                key, value, before.GetValueOrDefault(key), known.Cells.GetValueOrDefault(id),
                new(Earlier(key, known.Previous, period.Previous), Earlier(key, known.LastYear, period.SamePeriodLastYear)), known.Ranges.GetValueOrDefault(id), [.. flags[position]]);
        }

        // Across a break in a series nothing is compared.
        decimal? Earlier(CellKey cell, Dictionary<int, decimal?> values, ReportingPeriod of) =>
            catalogue.Book.AreComparable(cell.Indicator, of.FirstDay, period.FirstDay) ? values.GetValueOrDefault(series.GetValueOrDefault(cell)) : null;
    }

    private async Task<(Dictionary<int, VerificationState> Cells, Dictionary<int, decimal?> Previous, Dictionary<int, decimal?> LastYear,
        Dictionary<int, NormalRange> Ranges, string? ClaimedBy, ReviewDraft? Draft)> Read(
        Report report, int[] series, Rhythm rhythm, ReportingPeriod period, string by, CancellationToken cancellation)
    {
        var letter = rhythm.Code()[0];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                KnownCell.FindPeriod(series, report.StartsAt, letter, report.StartsAt - EarliestBeforePeriod, report.Id),
                PastCells.Find(series, letter, time.StartOf(period.Previous.FirstDay)),
                PastCells.Find(series, letter, time.StartOf(period.SamePeriodLastYear.FirstDay)),
                NormalRanges.Find(series, rhythm, report.StartsAt),
                new("select claimed_by from review_claim where report = $1 and revision = $2") { Parameters = { Sql.Of(report.Id), Sql.Of(report.SubmittedRevision) } },
                ReviewDraftRows.Find(report.Id, by),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var cells = (await KnownCell.ReadAsync(reader, cancellation)).ToDictionary(c => c.Series, c => c.Verification);
        await reader.NextResultAsync(cancellation);
        var previous = await PastCells.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var lastYear = await PastCells.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var ranges = await NormalRanges.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var claimedBy = await reader.ReadAsync(cancellation) ? reader.GetString(0) : null;
        await reader.NextResultAsync(cancellation);
        return (cells, previous, lastYear, ranges, claimedBy, await ReviewDraftRows.ReadAsync(reader, cancellation));
    }

    /// <summary>What the judge asks, by the position of the cell in the submission; and of the report as a whole.</summary>
    private async Task<(ILookup<int, JudgementError> Flags, ImmutableArray<JudgementError> Whole)> Ask(
        Report report, ReportSubmitted submitted, string by, CancellationToken cancellation)
    {
        var message = new SubmissionMessage(
            $"review:{Guid.CreateVersion7()}", report.Form, report.Agency, report.Period.ToString(), Complete: true,
            [.. submitted.Values.Select((v, i) => new SubmittedValue(i, v.Indicator, v.Area, v.Value, v.Status.ToString().ToLowerInvariant(), v.Note))]);
        var outcome = await judge.Handle(
            new(message, [], report.Agency, by, "portal", clock.GetUtcNow(), DryRun: true) { Reason = submitted.Reason }, cancellation);
        // A report that is locked by now would be refused; what is asked about its figures is the same.
        var warnings = outcome is SubmissionOutcome.Refused refused ? refused.Warnings : outcome.ReceiptOf()!.Warnings;
        return (
            warnings.Where(w => PositionOf(w) is not null).ToLookup(w => PositionOf(w)!.Value),
            [.. warnings.Where(w => PositionOf(w) is null)]);
    }

    private static int? PositionOf(JudgementError warning) =>
        warning.Pointer.Split('/') is ["", "values", var at, ..] && int.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;
}
