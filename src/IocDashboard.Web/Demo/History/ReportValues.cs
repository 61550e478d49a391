using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;

namespace IocDashboard.Web.Demo.History;

/// <summary>The values of one revision of one report, every cell of its form.</summary>
internal static class ReportValues
{
    public static ImmutableArray<CellValue> Draw(Stage stage, Form form, ReportingPeriod period, int revision)
    {
        var seed = Noise.Seed(form.Code, period.ToString());
        var status = StatusOf(form, revision);
        var values = ImmutableArray.CreateBuilder<CellValue>(form.Indicators.Sum(i => i.Areas.Length));
        for (var column = 0; column < form.Indicators.Length; column++)
        {
            var (code, areas, _) = form.Indicators[column];
            // A revision corrects one column; the rest stands.
            var vintage = revision > 1 && column == (int)(seed % (ulong)form.Indicators.Length) ? revision - 1 : 0;
            var drawn = stage.Figures.OfPeriod(stage.Catalogue.Indicators[code], areas, period, vintage);
            for (var i = 0; i < drawn.Length; i++) values.Add(new(code, areas[i], drawn[i], status, null));
        }

        if (revision == 1 && Noise.Uniform(seed, 11) < 0.03) LeaveOut(stage, values, Noise.Uniform(seed, 12));
        return values.MoveToImmutable();
    }

    /// <summary>One district has not reported yet: its cell is missing with the reason, and the province's sum is without it.</summary>
    private static void LeaveOut(Stage stage, ImmutableArray<CellValue>.Builder values, double chance)
    {
        var cell = (int)(chance * values.Count);
        var left = values[cell];
        var indicator = stage.Catalogue.Indicators[left.Indicator];
        if (left.Area == Area.ProvinceCode || indicator is not { Aggregation: Aggregation.Sum, Breakdown: Breakdown.District, Accumulation: Accumulation.Period }) return;
        for (var i = 0; i < values.Count; i++)
            if (values[i].Indicator == left.Indicator && values[i].Area == Area.ProvinceCode) values[i] = values[i] with { Value = values[i].Value - left.Value };
        values[cell] = left with { Value = null, Status = ObservationStatus.Missing, Note = DemoTexts.Vietnamese("MissingNote") };
    }

    public static ObservationStatus StatusOf(Form form, int revision) => (form.Agency, form.Rhythm, revision) switch
    {
        ("CTK", _, 1) => ObservationStatus.Estimated,
        ("CTK", _, _) => ObservationStatus.Provisional,
        (_, Rhythm.Weekly or Rhythm.Daily, 1) => ObservationStatus.Provisional,
        _ => ObservationStatus.Final,
    };
}
