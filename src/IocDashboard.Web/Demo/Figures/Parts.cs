using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>How large each part of the province is in a sum or a weighted mean.</summary>
internal static class Parts
{
    // Population in thousands, 2019.
    private static readonly FrozenDictionary<string, double> People = new Dictionary<string, double>
    {
        ["TKY"] = 122.4, ["HAN"] = 98.6, ["TGG"] = 20.0, ["DGG"] = 25.1, ["DLC"] = 141.9, ["DBN"] = 226.6, ["DXN"] = 126.7,
        ["QSN"] = 82.2, ["NGG"] = 26.1, ["PSN"] = 26.0, ["HDC"] = 40.3, ["TBH"] = 175.8, ["TPC"] = 65.6, ["BTM"] = 41.3,
        ["NTM"] = 31.3, ["NTH"] = 147.7, ["PNH"] = 70.5, ["NSN"] = 27.7,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Weights of the areas other than the province, adding up to 1; empty when the areas are no parts of it.</summary>
    public static double[] Weights(Indicator indicator, IReadOnlyList<string> parts)
    {
        var weights = parts.Select(area => People.TryGetValue(area, out var people) && indicator.Breakdown == Breakdown.District
            ? people * (0.75 + (0.5 * Noise.Uniform(Noise.Seed(indicator.FieldCode, area), 0)))
            : 0.4 + Noise.Uniform(Noise.Seed(indicator.Code, area), 0)).ToArray();
        var sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }
}
