using System.Diagnostics;

namespace IocDashboard.Domain.Tests.Reporting.Calendar;

/// <summary>
/// The comparison with the model, in processes whose host lives elsewhere: what a process has read of its zone before it computes a
/// deadline matters as little as the zone itself.
/// </summary>
public sealed class HostZoneTests
{
    private const string Expected = "IOC_EXPECTED_ZONE";

    [Theory]
    [InlineData("UTC")]
    [InlineData("America/New_York")] // daylight saving
    [InlineData("Pacific/Kiritimati")] // fourteen hours ahead
    public async Task Deadlines_OnAHostOfAnyZone_AreThoseOfTheModel(string zone)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "IocDashboard.Domain.Tests.dll"), "-class", typeof(DeadlineModelTests).FullName!])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["TZ"] = zone, [Expected] = zone },
        };
        using var child = Process.Start(start)!;
        var output = child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        child.ExitCode.ShouldBe(0, await output + errors);
    }

    /// <summary>In a child: that its host does live in the zone that it was started with.</summary>
    internal static void ShouldBeThere()
    {
        if (Environment.GetEnvironmentVariable(Expected) is not { } zone) return;
        foreach (var month in new[] { 1, 7 })
        {
            var noon = new DateTime(2026, month, 1, 12, 0, 0, DateTimeKind.Local);
            (noon - noon.ToUniversalTime()).ShouldBe(TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(noon.ToUniversalTime()));
        }
    }
}
