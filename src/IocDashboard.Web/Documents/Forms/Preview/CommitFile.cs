using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Documents.Forms.Reading;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Documents.Forms.Preview;

/// <summary>
/// Puts what a preview showed into the sheet, cell by cell, by the use case that keeps what people type: a cell that somebody
/// changed since the preview keeps their value and is named. Nothing is sent to the centre by it.
/// </summary>
public sealed class CommitFileHandler(WriteCellsHandler write)
{
    public Task<WriteOutcome> Handle(FilePreview preview, AgencyScope scope, string by, CancellationToken cancellation)
    {
        if (!preview.Faults.IsEmpty) return Task.FromResult(new WriteOutcome(null, [], preview.Faults));
        return write.Handle(preview.Report, [.. preview.Rows.Where(r => r.WouldBeWritten).Select(Entry)], scope, by, cancellation);
    }

    private static CellEntry Entry(PreviewRow row) =>
        new(row.Key!.Value, row.Cell.Value is null ? "" : row.Cell.Text, row.Cell.Value, StatusOf(row.Cell), row.Cell.Note, row.Now.Version);

    private static ObservationStatus? StatusOf(FileCell cell) =>
        cell.Status is null ? null : Enum.GetValues<ObservationStatus>().First(s => StatusWords.CodeOf(s) == cell.Status);
}
