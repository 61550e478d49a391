using System.Diagnostics;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>What a page names when it could not read something, and the log says with it: whoever is told it finds the line.</summary>
public static class FailureTrace
{
    private const int Length = 8;

    /// <summary>The beginning of the trace's id; outside a trace of a new one.</summary>
    public static string Short() => (Activity.Current?.TraceId.ToHexString() ?? Guid.CreateVersion7().ToString("N"))[..Length];
}
