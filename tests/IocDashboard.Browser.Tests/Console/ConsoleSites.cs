namespace IocDashboard.Browser.Tests.Console;

/// <summary>The console's pages, each with what stands in it once its circuit is at work.</summary>
internal static class ConsoleSites
{
    public static readonly (string Path, string Ready)[] All =
    [
        ("/console", "table.live-grid tr[data-series]"),
        ("/console/indicators/GD04", ".line-chart svg"),
        ("/console/indicators/CN06", ".line-chart svg"),
        ("/console/overdue", ".od-grid tr.go"),
        ("/console/changes", ".agr-grid"),
        ("/console/sources", "table tbody tr"),
        ("/console/measures", ".mea-grid tbody tr"),
        ("/console/measures?by=field&months=3&group=YT&part=late", ".mea-list li"),
        ("/console/agencies/SYT", ".agy-grid tbody tr"),
        ("/console/fields/HC", "table.live-grid tr[data-series]"),
    ];
}
