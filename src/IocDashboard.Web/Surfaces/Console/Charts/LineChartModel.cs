using System.Collections.Immutable;

namespace IocDashboard.Web.Surfaces.Console.Charts;

/// <summary>One line. <c>Style</c> is <c>main</c>, <c>reference</c> (the year before) or <c>plan</c>.</summary>
public sealed record ChartSeries(string Name, ImmutableArray<decimal?> Values, string Style);

/// <summary>A level across the chart: the target, or a limit. <c>Kind</c> is <c>target</c>, <c>warning</c> or <c>critical</c>.</summary>
public sealed record ChartLevel(string Name, decimal Value, string Kind);

/// <summary>A line from bottom to top, with words: from here on the figures mean something else.</summary>
/// <param name="At">Place of the first label behind it; null for a stream.</param>
/// <param name="Time">Of a stream, as in <see cref="LineChartModel.Times"/>.</param>
public sealed record ChartBreak(int? At, long? Time, string Name);

/// <summary>All that a line chart draws. A null value is a gap and stays one.</summary>
/// <param name="Labels">One for each value, as read on the axis.</param>
/// <param name="Times">Instants of a stream's values in the province's wall clock, milliseconds as if UTC: its points do not come evenly. Null for periods, which do.</param>
/// <param name="Language">Of numbers: <c>vi-VN</c>, <c>en-GB</c>.</param>
public sealed record LineChartModel(
    ImmutableArray<string> Labels, ImmutableArray<ChartSeries> Series, ImmutableArray<ChartLevel> Levels, string Unit, int Decimals, string Language,
    ImmutableArray<long>? Times = null, ImmutableArray<ChartBreak> Breaks = default)
{
    public ImmutableArray<ChartBreak> Breaks { get; init; } = Breaks.IsDefault ? [] : Breaks;
}
