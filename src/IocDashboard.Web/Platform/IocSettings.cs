namespace IocDashboard.Web.Platform;

/// <summary>Settings of section <c>Ioc</c>: environment variables <c>Ioc__DataDirectory</c>, <c>Ioc__TimeZone</c>, <c>Ioc__Demo</c>.</summary>
public sealed class IocSettings
{
    /// <summary>The embedded server's data, keys, logs, exports. Relative to the working directory.</summary>
    public string DataDirectory { get; set; } = "var";

    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";

    /// <summary>Load illustrative history into an empty database and run the simulated agencies. Null: only on an empty database.</summary>
    public bool? Demo { get; set; }
}
