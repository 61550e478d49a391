using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>One line of the chart's table.</summary>
public sealed record SeriesChartRow(string Period, string Value, string Year);

/// <summary>A small picture of one series up to the period that is looked at, beside the year before and on its normal range; and the same as a table.</summary>
/// <param name="Svg">For a box of 320 × 150.</param>
public sealed record SeriesChart(string Svg, ImmutableArray<SeriesChartRow> Rows)
{
    private const double Left = 30, Right = 314, Top = 14, Bottom = 128;

    /// <returns>Null with fewer than two figures.</returns>
    public static SeriesChart? Of(IndicatorHistory history, Indicator indicator, ReportingPeriod until, ReviewLine line, CultureInfo culture)
    {
        var periods = new List<ReportingPeriod>();
        for (var period = until; periods.Count < Periods(until.Rhythm); period = period.Previous) periods.Insert(0, period);
        var values = periods.Select(p => p == until ? line.Cell.Value.Value : history.ValueOf(p)).ToList();
        var year = periods.Select(p => history.ValueOf(p.SamePeriodLastYear)).ToList();
        var all = values.Concat(year).OfType<decimal>().ToList();
        if (values.Count(v => v is not null) < 2) return null;
        if (line.Cell.Range is { } range) all.AddRange([range.Low, range.High]);
        var (low, high) = (Math.Min(0, (double)all.Min()), (double)all.Max());
        if (high <= low) high = low + 1;

        var svg = new StringBuilder(2_000);
        foreach (var level in new[] { low, (low + high) / 2, high })
            svg.Append(CultureInfo.InvariantCulture, $"""<line class="gl" x1="{Left:0}" x2="{Right:0}" y1="{Y(level):0.#}" y2="{Y(level):0.#}"/><text class="tx e" x="{Left - 4:0}" y="{Y(level) + 3.5:0.#}">{Text((decimal)level)}</text>""");
        if (line.Cell.Range is { } band)
            svg.Append(CultureInfo.InvariantCulture, $"""<rect class="band" x="{Left:0}" width="{Right - Left:0}" y="{Y((double)band.High):0.#}" height="{Math.Max(1, Y((double)band.Low) - Y((double)band.High)):0.#}"/>""");
        Line("ly25", year);
        Line("cur", values);
        if (line.Cell.Value.Value is { } now)
            svg.Append(line.IsOut
                ? string.Create(CultureInfo.InvariantCulture, $"""<path class="pt-warn" d="M{Right:0} {Y((double)now) - 6:0.#} l6 10.6h-12z"/>""")
                : string.Create(CultureInfo.InvariantCulture, $"""<circle class="pt-text" cx="{Right:0}" cy="{Y((double)now):0.#}" r="3.4"/>"""));
        svg.Append(CultureInfo.InvariantCulture, $"""<text class="tx" x="{Left:0}" y="146">{FigureText.PeriodOf(periods[0], culture)}</text><text class="tx e" x="{Right:0}" y="146">{FigureText.PeriodOf(until, culture)}</text>""");
        var rows = periods.Select((p, i) => new SeriesChartRow(FigureText.PeriodOf(p, culture), Number(values[i]), Number(year[i]))).Reverse().ToImmutableArray();
        return new(svg.ToString(), rows);

        double X(int at) => Left + ((Right - Left) * at / (periods.Count - 1));

        double Y(double value) => Bottom - ((value - low) / (high - low) * (Bottom - Top));

        // A gap stays one: each stretch between gaps is a line of its own.
        void Line(string style, List<decimal?> points)
        {
            var path = new StringBuilder();
            var pen = false;
            for (var i = 0; i < points.Count; i++)
            {
                if (points[i] is { } value) path.Append(CultureInfo.InvariantCulture, $"{(pen ? 'L' : 'M')}{X(i):0.#} {Y((double)value):0.#}");
                pen = points[i] is not null;
            }

            svg.Append(CultureInfo.InvariantCulture, $"""<path class="{style}" fill="none" d="{path}"/>""");
        }

        string Text(decimal value) => NumberText.Trimmed(Math.Round(value, indicator.Decimals), indicator.Decimals, culture);

        string Number(decimal? value) => value is { } known ? NumberText.Trimmed(known, indicator.Decimals, culture) : FigureText.None;
    }

    private static int Periods(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Daily => 31,
        Rhythm.Weekly => 26,
        Rhythm.Monthly => 13,
        Rhythm.Quarterly => 9,
        _ => 6,
    };
}
