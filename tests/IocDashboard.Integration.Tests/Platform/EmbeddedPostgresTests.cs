using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;

namespace IocDashboard.Integration.Tests.Platform;

/// <summary>The database server that the application starts: its life, and both sudden deaths.</summary>
[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresTests
{
    [Fact]
    public async Task Application_AskedToStop_StopsItsServerAndStartsAgainOnTheSameData()
    {
        await using var centre = await IocProcess.StartAsync();
        var server = centre.PostgresProcessId;

        (await centre.StopAsync()).ShouldBe(ExitCodes.Ok);

        IsAlive(server).ShouldBeFalse();
        File.Exists(Path.Combine(centre.DataDirectory, "postgres", "postmaster.pid")).ShouldBeFalse();
        await centre.StartAgainAsync();
        centre.PostgresProcessId.ShouldNotBe(server);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(900)]
    [InlineData(2500)]
    public async Task Application_AskedToStopWhileItStarts_LeavesNoServerBehind(int milliseconds)
    {
        await using var centre = IocProcess.Launch();
        await Task.Delay(milliseconds);

        await centre.StopAsync();

        var pidFile = Path.Combine(centre.DataDirectory, "postgres", "postmaster.pid");
        if (File.Exists(pidFile)) IsAlive(centre.PostgresProcessId).ShouldBeFalse();
        await centre.StartAgainAsync();
    }

    [Fact]
    public async Task Application_KilledAndStartedAgain_EndsTheServerThatWasLeftBehind()
    {
        await using var centre = await IocProcess.StartAsync();
        var left = centre.PostgresProcessId;
        await centre.KillAsync();
        IsAlive(left).ShouldBeTrue();

        await centre.StartAgainAsync();

        centre.PostgresProcessId.ShouldNotBe(left);
        IsAlive(left).ShouldBeFalse();
    }

    [Fact]
    public async Task Postgres_Killed_IsStartedAgainWhileTheApplicationRunsOn()
    {
        await using var centre = await IocProcess.StartAsync();
        var (application, server) = (centre.ProcessId, centre.PostgresProcessId);

        centre.KillPostgres();
        await WaitUntilAsync(async () => !await centre.IsReadyAsync());
        await centre.WaitUntilReadyAsync(TimeSpan.FromSeconds(30));

        centre.ProcessId.ShouldBe(application);
        centre.PostgresProcessId.ShouldNotBe(server);
        (await centre.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task BothKilled_StartedAgain_Recovers()
    {
        await using var centre = await IocProcess.StartAsync();
        centre.KillPostgres();
        await centre.KillAsync();

        await centre.StartAgainAsync();

        (await centre.IsReadyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task LockFile_OfAnotherProgramsNumber_DoesNotStopTheStart()
    {
        await using var centre = await IocProcess.StartAsync();
        var pidFile = Path.Combine(centre.DataDirectory, "postgres", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile);
        await centre.StopAsync();
        lines[0] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllLinesAsync(pidFile, lines);

        await centre.StartAgainAsync();

        (await centre.IsReadyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Command_WhileTheCentreRuns_UsesItsServerAndLeavesItRunning()
    {
        await using var centre = await IocProcess.StartAsync();
        var server = centre.PostgresProcessId;

        var (exitCode, output) = await IocProcess.RunAsync(centre.DataDirectory, ["doctor"]);

        exitCode.ShouldBe(ExitCodes.Ok, output);
        centre.PostgresProcessId.ShouldBe(server);
        (await centre.IsReadyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task DataDirectory_TooDeepForASocket_IsServedFromElsewhere()
    {
        var directory = Path.Combine(TestPaths.NewDirectory("deep"), new string('a', 60), new string('b', 60));
        Directory.CreateDirectory(directory);
        await using var centre = await IocProcess.StartAsync(directory);

        (await centre.IsReadyAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task DataDirectory_BelowAClosedHome_IsReachedByTheServer()
    {
        var home = TestPaths.NewDirectory("home");
        File.SetUnixFileMode(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var directory = Directory.CreateDirectory(Path.Combine(home, "var")).FullName;
        await using var centre = await IocProcess.StartAsync(directory);

        (await centre.IsReadyAsync()).ShouldBeTrue();
        await centre.StopAsync();
        TestPaths.Remove(home);
    }

    [Fact]
    public async Task Files_OfTheServer_AreClosedToOtherUsers()
    {
        await using var centre = await IocProcess.StartAsync();
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

        foreach (var name in new[] { "postgres", "postgres.socket", "postgres.password" })
            (File.GetUnixFileMode(Path.Combine(centre.DataDirectory, name)) & others).ShouldBe(UnixFileMode.None, name);
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            // A process whose parent was killed stays in the table until somebody collects it.
            return !process.HasExited && !File.ReadAllText($"/proc/{processId}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(20)) throw new TimeoutException();
            await Task.Delay(20);
        }
    }
}
