namespace IocDashboard.Browser.Tests.Console;

/// <summary>The pages of whoever verifies and governs reporting, each with what stands in it once its circuit is at work.</summary>
internal static class GoverningSites
{
    public static readonly (string Path, string Ready)[] All =
    [
        ("/console/verify", "footer.keys button[data-key=v]:enabled"),
        ("/console/locks", "form button[type=submit]:enabled"),
        ("/console/terms", "table button:enabled"),
        ("/console/sources", "form button[type=submit]:enabled"),
        ("/console/calendar", "form button[type=submit]:enabled"),
        ("/console/ladders", "form button[type=submit]:enabled"),
        ("/console/notices", "section.od-pane .inbox, section.od-pane .msg h3"),
        ("/console/deliveries", "form .post-to:enabled"),
    ];
}
