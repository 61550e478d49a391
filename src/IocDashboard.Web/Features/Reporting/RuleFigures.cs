using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Observations;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>
/// The figures beyond a message that the rules of its form compare with, found in the message's own transaction: of the report
/// itself what stands, of earlier periods what the heads still hold, and the rest by one indexed query.
/// </summary>
internal sealed class RuleFigures
{
    private readonly ProvinceTime _time;
    private readonly OwedReport _owed;
    private readonly FormRules _rules;
    private readonly List<(RuleFigure Figure, int Series)> _needed = [];

    public RuleFigures(CatalogueSnapshot catalogue, ProvinceTime time, OwedReport owed, SubmissionMessage message, DateTimeOffset at)
    {
        (_time, _owed, _rules) = (time, owed, catalogue.Rules.Of(owed.Form, catalogue.Indicators));
        if (_rules.IsEmpty) return;
        var given = message.Values.Where(v => v.Indicator is not null).Select(v => (v.Indicator!, v.Area ?? Area.ProvinceCode)).ToHashSet();
        foreach (var figure in _rules.Needs(given, owed.Period, at))
            if (figure.IsComparable(catalogue.Book, owed.Period) && catalogue.SeriesByKey.TryGetValue((figure.Indicator, figure.Area), out var series)) _needed.Add((figure, series.Id));
    }

    /// <summary>Cells of the report that the message leaves out.</summary>
    public IEnumerable<int> Standing => _needed.Where(n => n.Figure.Moment == RuleMoment.Standing).Select(n => n.Series);

    /// <returns>Null when no rule judges this form: there is nothing to ask.</returns>
    public async Task<RuleQuestion?> FindAsync(
        NpgsqlTransaction transaction, IReadOnlyDictionary<int, SeriesHead> heads, IReadOnlyDictionary<int, KnownCell> cells, CancellationToken cancellation)
    {
        if (_rules.IsEmpty) return null;
        var known = new Dictionary<RuleFigure, decimal?>(_needed.Count);
        var sought = new List<(RuleFigure Figure, int Series, DateTimeOffset Key)>();
        foreach (var (figure, series) in _needed)
        {
            if (figure.Moment == RuleMoment.Standing)
            {
                known[figure] = cells.GetValueOrDefault(series)?.Value;
                continue;
            }

            var key = _time.StartOf(figure.PeriodFor(_owed.Period).FirstDay);
            if (figure.Moment != RuleMoment.Elsewhere && heads.TryGetValue(series, out var head) && Reaches(head, key)) known[figure] = ValueAt(head, key);
            else sought.Add((figure, series, key));
        }

        if (sought.Count > 0) await SeekAsync(transaction, sought, known, cancellation);
        return new(_rules, _owed.Period, known.GetValueOrDefault);
    }

    private async Task SeekAsync(
        NpgsqlTransaction transaction, List<(RuleFigure Figure, int Series, DateTimeOffset Key)> sought, Dictionary<RuleFigure, decimal?> known,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                KnownPoint.Find([.. sought.Select(s => s.Series)], [.. sought.Select(s => s.Key)], [.. sought.Select(s => s.Figure.Rhythm.Code()[..1])]),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var points = await KnownPoint.ReadAsync(reader, cancellation);
        foreach (var (figure, series, key) in sought) known[figure] = points.GetValueOrDefault((series, key));
    }

    // Within what a head holds, what is not there was never reported. One that is not full holds all that there is.
    private bool Reaches(SeriesHead head, DateTimeOffset key) =>
        head.Rhythm == _owed.RhythmLetter && (head.Recent.Length < SeriesHead.RecentPeriods || (!head.Recent.IsEmpty && head.Recent[0].Key <= key));

    private static decimal? ValueAt(SeriesHead head, DateTimeOffset key)
    {
        foreach (var point in head.Recent)
            if (point.Key == key) return point.Value;
        return null;
    }
}
