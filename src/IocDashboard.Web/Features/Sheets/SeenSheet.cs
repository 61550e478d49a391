using System.Collections.Frozen;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Access;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Sheets;

/// <summary>A value beside a cell: of the period before, and of the same period last year. Null: nothing known.</summary>
public readonly record struct PastValues(decimal? Previous, decimal? LastYear);

/// <summary>Everything that a person who fills a report in works with, read at one moment.</summary>
/// <param name="Sheet">Null before the first cell is written, and after it was sent.</param>
/// <param name="HeadApproves">Its agency's head sends its reports.</param>
public sealed record SeenSheet(
    Report Report, Form Form, Sheet? Sheet, FrozenDictionary<CellKey, SheetCell> Cells, FrozenDictionary<CellKey, StandingCell> Standing,
    FrozenDictionary<CellKey, PastValues> Past, bool HeadApproves)
{
    /// <summary>Why the centre sent cells back, by cell; empty unless the report is with its agency to be mended.</summary>
    public FrozenDictionary<CellKey, string> Reasons { get; init; } = FrozenDictionary<CellKey, string>.Empty;

    /// <summary>In the form's order.</summary>
    public IEnumerable<CellKey> Keys => Form.Indicators.SelectMany(i => i.Areas, (i, area) => new CellKey(i.Code, area));

    /// <summary>What would be sent now.</summary>
    public (ImmutableArray<SubmittedValue> Values, ImmutableArray<JudgementError> Faults) Content =>
        SheetContent.Of(Keys, Cells, Standing, _ => ObservationStatus.Provisional);

    /// <summary>The message of this very content: sent twice it is the same message.</summary>
    public SubmissionMessage Message(ImmutableArray<SubmittedValue> values) =>
        new($"sheet:{Report.Id}:{Report.Revision}:{Sheet?.Version ?? 0}", Report.Form, Report.Agency, Report.Period.ToString(), Complete: true, values);
}

/// <summary>Reads one sheet with what stands and what was before: for whoever opens it, not for everybody who looks.</summary>
public sealed class FindSheet(NpgsqlDataSource database, IDocumentStore history, CatalogueCache catalogues, ProvinceTime time)
{
    // As for submissions: nothing of a period is recorded earlier.
    private static readonly TimeSpan EarliestBeforePeriod = TimeSpan.FromDays(62);

    /// <param name="scope">Of whoever reads; another agency's report is not found.</param>
    /// <returns>Null when there is no such report for the reader.</returns>
    public async Task<SeenSheet?> Handle(string reportId, AgencyScope scope, CancellationToken cancellation)
    {
        if (!ReportKey.TryParse(reportId, out var formCode, out var agency, out var period) || !scope.Covers(agency)) return null;
        var catalogue = catalogues.Current.At(period.FirstDay);
        if (!catalogue.Forms.TryGetValue(formCode, out var form) || form.Agency != agency) return null;

        var series = form.Indicators.SelectMany(i => i.Areas, (i, area) => new CellKey(i.Code, area))
            .Where(k => catalogue.SeriesByKey.ContainsKey((k.Indicator, k.Area)))
            .ToDictionary(k => catalogue.SeriesByKey[(k.Indicator, k.Area)].Id);
        var rhythm = form.Rhythm.Code()[0];
        var start = time.StartOf(period.FirstDay);
        int[] ids = [.. series.Keys];
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                ReportRows.Find(reportId), SheetRows.Find(reportId), SheetRows.FindCells(reportId), AgencySettingRows.Find(agency),
                KnownCell.FindPeriod(ids, start, rhythm, start - EarliestBeforePeriod, reportId),
                PastCells.Find(ids, rhythm, time.StartOf(period.Previous.FirstDay)),
                PastCells.Find(ids, rhythm, time.StartOf(period.SamePeriodLastYear.FirstDay)),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        if (await ReportRows.ReadAsync(reader, cancellation) is not { } report) return null;
        await reader.NextResultAsync(cancellation);
        var sheet = await SheetRows.ReadAsync(reader, reportId, cancellation);
        await reader.NextResultAsync(cancellation);
        var cells = await SheetRows.ReadCellsAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var headApproves = await AgencySettingRows.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var standing = await KnownCell.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var previous = await PastCells.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        var lastYear = await PastCells.ReadAsync(reader, cancellation);
        return new SeenSheet(
            report, form, sheet, cells.ToFrozenDictionary(c => c.Key),
            standing.Select(c => new StandingCell(series[c.Series], c.Value, c.Status, c.Note, c.Verification, c.Revision)).ToFrozenDictionary(c => c.Key),
            series.ToFrozenDictionary(s => s.Value, s => new PastValues(
                IsComparable(s.Value, period.Previous) ? previous.GetValueOrDefault(s.Key) : null,
                IsComparable(s.Value, period.SamePeriodLastYear) ? lastYear.GetValueOrDefault(s.Key) : null)),
            headApproves)
        {
            Reasons = report.State == ReportState.Returned ? await ReasonsOf(reportId, cancellation) : FrozenDictionary<CellKey, string>.Empty,
        };

        // Across a break in a series nothing is compared.
        bool IsComparable(CellKey cell, ReportingPeriod earlier) => catalogue.Book.AreComparable(cell.Indicator, earlier.FirstDay, period.FirstDay);
    }

    /// <summary>From the report's own few events: only what was sent back is asked for it.</summary>
    private async Task<FrozenDictionary<CellKey, string>> ReasonsOf(string report, CancellationToken cancellation)
    {
        await using var session = history.QuerySession();
        var events = await session.Events.FetchStreamAsync(report, token: cancellation);
        return events.Select(e => e.Data).OfType<ReportReturned>().LastOrDefault()?.Reasons
            .GroupBy(r => new CellKey(r.Indicator, r.Area)).ToFrozenDictionary(g => g.Key, g => string.Join(" ", g.Select(r => r.Reason)))
            ?? FrozenDictionary<CellKey, string>.Empty;
    }
}
