using System.Globalization;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Browser.Tests.Fixtures;

/// <summary>The centre as a process of its own that a test may kill. Its database outlives it; its clock is the machine's.</summary>
public sealed class MortalCentre : IAsyncLifetime
{
    // GD04 by form SGDDT-D is a figure of the wall that is reported daily.
    private const string Form = "SGDDT-D";

    private Reporter _reporter = null!;

    public IocProcess Process { get; private set; } = null!;
    public Uri Address => Process.BaseAddress;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await (await PostgresServer.Shared).CreateDatabaseAsync();
        Process = await IocProcess.StartAsync(environment: new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = connectionString });
        _reporter = await Reporter.ConnectAsync(Process.Client, connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (Process is not null) await Process.DisposeAsync();
    }

    /// <summary>Reports today's attendance of pupils (GD04); sent again, a revision.</summary>
    public Task<DateTimeOffset> ReportAttendanceAsync(decimal percent)
    {
        var today = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return _reporter.SubmitAsync(Form, today, ("GD04", "QNM", percent));
    }
}
