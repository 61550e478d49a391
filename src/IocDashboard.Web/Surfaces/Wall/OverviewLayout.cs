using System.Collections.Immutable;

namespace IocDashboard.Web.Surfaces.Wall;

/// <summary>One column of the overview: the fields that it stands for and the six indicators that it shows.</summary>
public sealed record OverviewGroup(int Number, ImmutableArray<string> Fields, ImmutableArray<string> Indicators)
{
    public string HeadId => $"w-group-{Number}";

    public static string TileId(string indicator) => $"w-{indicator}";
}

/// <summary>The default composition of the wall: 24 tiles in four groups, the map, the overdue board, the feeds, the alarms.</summary>
public static class OverviewLayout
{
    public const string MapId = "w-map", OverdueId = "w-overdue", FeedsId = "w-feeds";

    /// <summary>Coloured on the map: settled on time by each district, a rate that reads the same all year round.</summary>
    public const string MapIndicator = "HC01";

    public static readonly ImmutableArray<OverviewGroup> Groups =
    [
        new(1, ["KT", "DT", "NS", "CN", "NN"], ["KT01", "NS01", "DT02", "CN01", "CN06", "KT06"]),
        new(2, ["DL", "GD", "YT", "LX"], ["DL03", "DL01", "YT03", "YT01", "GD04", "LX04"]),
        new(3, ["MT", "TT", "GT", "AT"], ["TT03", "TT02", "TT14", "MT04", "GT01", "AT06"]),
        new(4, ["HC", "PA", "VH"], ["HC01", "HC05", "HC06", "PA02", "PA03", "VH01"]),
    ];
}
