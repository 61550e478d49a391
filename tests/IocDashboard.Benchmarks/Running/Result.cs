using System.Globalization;
using System.Text.Json.Serialization;

namespace IocDashboard.Benchmarks.Running;

/// <summary>One figure. A target is a ratio to a peer in the same run, or an amount that does not depend on the machine.</summary>
/// <param name="Name">Benchmark and case: <c>ingest-report 1000</c>.</param>
/// <param name="Against">The peer and what it reached; null when there is none.</param>
/// <param name="Ratio">Median over the pairs of value ÷ peer.</param>
/// <param name="Target">Null: no target, given for information.</param>
/// <param name="Met">Null without a target.</param>
/// <param name="Spread">First and third quartile of the ratio over the pairs; without a ratio, of the value.</param>
internal sealed record Result(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] double Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("against")] string? Against,
    [property: JsonPropertyName("ratio")] double? Ratio,
    [property: JsonPropertyName("target")] string? Target,
    [property: JsonPropertyName("met")] bool? Met,
    [property: JsonPropertyName("spread")] double[]? Spread)
{
    /// <summary>A rate or a size against that of a peer.</summary>
    public static Result Of(string name, PairedRun run, string unit, string peer, Target? target = null)
    {
        var ratio = Statistics.Round(run.Ratio);
        var value = Statistics.Round(run.Value);
        return new(
            name, value, unit, string.Create(CultureInfo.InvariantCulture, $"{peer}: {Statistics.Round(run.Peer)} {unit}"), ratio,
            target?.Text, target?.IsMet(value, ratio), [Statistics.Round(run.Ratios.Quantile(0.25)), Statistics.Round(run.Ratios.Quantile(0.75))]);
    }

    /// <summary>An amount that stands by itself.</summary>
    public static Result Of(string name, double value, string unit, Target? target = null, IReadOnlyList<double>? samples = null, string? against = null, double? ratio = null) =>
        new(name, Statistics.Round(value), unit, against, ratio is { } r ? Statistics.Round(r) : null, target?.Text, target?.IsMet(value, ratio),
            samples is { Count: > 1 } ? [Statistics.Round(samples.Quantile(0.25)), Statistics.Round(samples.Quantile(0.75))] : null);
}

/// <summary>A limit of the ratio, of the value, or of both: all must hold.</summary>
internal sealed record Target(double? LeastRatio = null, double? MostRatio = null, double? MostValue = null, string? Unit = null)
{
    public string Text => string.Join(" and ", Parts());

    public bool IsMet(double value, double? ratio) =>
        (LeastRatio is not { } least || ratio >= least) && (MostRatio is not { } most || ratio <= most) && (MostValue is not { } limit || value <= limit);

    private IEnumerable<string> Parts()
    {
        if (LeastRatio is { } least) yield return string.Create(CultureInfo.InvariantCulture, $"≥ {least}×");
        if (MostRatio is { } most) yield return string.Create(CultureInfo.InvariantCulture, $"≤ {most}×");
        if (MostValue is { } limit) yield return string.Create(CultureInfo.InvariantCulture, $"≤ {limit} {Unit}");
    }
}
