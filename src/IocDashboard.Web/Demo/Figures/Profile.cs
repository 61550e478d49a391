using System.Collections.Frozen;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>
/// What an indicator's illustrative figures look like. <see cref="Level"/>: the typical figure (of a year, when it rises
/// within the year), where targets and limits do not suggest one.
/// </summary>
internal sealed record Profile(Pattern Pattern, double? Level = null, double Swing = 1)
{
    private static readonly FrozenDictionary<string, Profile> ByCode = new Dictionary<string, Profile>
    {
        ["KT02"] = new(Pattern.Working, 106_000),
        ["KT05"] = new(Pattern.Working),
        ["DT01"] = new(Pattern.YearEnd, 30_600),
        ["DT02"] = new(Pattern.YearEnd, 96),
        ["DT03"] = new(Pattern.Steady, 2.2),
        ["DT04"] = new(Pattern.Steady, 22),
        ["NS01"] = new(Pattern.YearEnd, 20_400),
        ["NS02"] = new(Pattern.YearEnd, 16_900),
        ["NS03"] = new(Pattern.YearEnd, 105.4),
        ["NS04"] = new(Pattern.YearEnd, 26_500),
        ["CN02"] = new(Pattern.Working),
        ["CN03"] = new(Pattern.Working, 185),
        ["CN04"] = new(Pattern.Working),
        ["CN05"] = new(Pattern.Power, 6.2, 0.4),
        ["CN06"] = new(Pattern.Power, 352, 0.35),
        ["CN07"] = new(Pattern.Rainy),
        ["NN01"] = new(Pattern.Sowing, 42_600),
        ["NN03"] = new(Pattern.Fishing, 8_400),
        ["NN04"] = new(Pattern.Fishing, 1_050, 0.5),
        ["NN10"] = new(Pattern.Steady, 262),
        ["DL01"] = new(Pattern.Leisure, 690_000),
        ["DL02"] = new(Pattern.Leisure, 395_000),
        ["DL03"] = new(Pattern.Leisure, 6_100),
        ["DL04"] = new(Pattern.Leisure, 1_250),
        ["DL05"] = new(Pattern.Leisure),
        ["DL06"] = new(Pattern.Leisure, 540),
        ["DL07"] = new(Pattern.Leisure, 3_100, 0.5),
        ["YT01"] = new(Pattern.Rainy),
        ["LX02"] = new(Pattern.Working, 16_800),
        ["MT01"] = new(Pattern.Dry, 27, 1.1),
        ["MT02"] = new(Pattern.Dry, 46, 1.1),
        ["MT05"] = new(Pattern.Dry),
        ["TT15"] = new(Pattern.Steady),
        ["GT02"] = new(Pattern.Steady, 15),
        ["GT03"] = new(Pattern.Working, 620, 0.4),
        ["GT07"] = new(Pattern.Leisure, 2_250),
        ["PA01"] = new(Pattern.Working, 48),
        ["PA02"] = new(Pattern.Steady, 64, 0.6),
        ["VH04"] = new(Pattern.Working, 42),
        ["VH06"] = new(Pattern.Steady, 3.6, 1.6),
        ["AT01"] = new(Pattern.Steady, 8_200),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Profile Of(Indicator indicator) =>
        ByCode.TryGetValue(indicator.Code, out var known) ? known
        : indicator.Rhythm.IsStreamed() || indicator.Accumulation != Accumulation.Period ? new(Pattern.Steady) : new(Pattern.Working);

    /// <summary>
    /// Rises within the year and starts again: sums to date, and rates against a whole year's plan. Other cumulative
    /// figures are shares or growth of the year so far and have a level.
    /// </summary>
    public static bool Rises(Indicator indicator) =>
        indicator.Accumulation == Accumulation.Cumulative
        && (indicator.Aggregation == Aggregation.Sum || indicator.Code is "KT02" or "DT01" or "DT02" or "NS03");
}
