using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using Npgsql;

namespace IocDashboard.Web.Features.FormFigures;

/// <summary>A figure as the centre holds it now.</summary>
/// <param name="Value">Null when there is none, with a reason in the note.</param>
public sealed record FormFigure(decimal? Value, ObservationStatus Status, string? Note, VerificationState Verification);

/// <summary>The figures that stand for one form and period, and those of the period before.</summary>
public sealed record FormFigures(IReadOnlyDictionary<CellKey, FormFigure> Standing, IReadOnlyDictionary<CellKey, FormFigure> Previous)
{
    public static FormFigures None { get; } = new(new Dictionary<CellKey, FormFigure>(), new Dictionary<CellKey, FormFigure>());
}

/// <summary>What whoever fills in a form has beside each cell.</summary>
public sealed class FindFormFigures(NpgsqlDataSource database, CatalogueCache catalogues, ProvinceTime time)
{
    // As for submissions: nothing of a period is recorded earlier.
    private static readonly TimeSpan EarliestBeforePeriod = TimeSpan.FromDays(62);

    public async Task<FormFigures> Handle(Form form, ReportingPeriod period, CancellationToken cancellation)
    {
        var catalogue = catalogues.Current;
        var cells = form.Indicators.SelectMany(i => i.Areas, (i, area) => new CellKey(i.Code, area))
            .Where(c => catalogue.SeriesByKey.ContainsKey((c.Indicator, c.Area)))
            .ToDictionary(c => catalogue.SeriesByKey[(c.Indicator, c.Area)].Id);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Of(period), Of(period.Previous) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var standing = await KnownCell.ReadAsync(reader, cancellation);
        await reader.NextResultAsync(cancellation);
        return new(ByKey(standing), ByKey(await KnownCell.ReadAsync(reader, cancellation)));

        NpgsqlBatchCommand Of(ReportingPeriod of)
        {
            var start = time.StartOf(of.FirstDay);
            return KnownCell.FindPeriod([.. cells.Keys], start, form.Rhythm.Code()[0], start - EarliestBeforePeriod, ReportKey.Of(form.Code, form.Agency, of));
        }

        Dictionary<CellKey, FormFigure> ByKey(List<KnownCell> known) =>
            known.ToDictionary(k => cells[k.Series], k => new FormFigure(k.Value, k.Status, k.Note, k.Verification));
    }
}
