using System.Diagnostics;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Benchmarks;

/// <summary>
/// From the command to the first painted wall: <c>./ioc up</c> as its user runs it on a built tree, with its own embedded
/// PostgreSQL, on an empty directory (illustrative history is written first) and again on what that left. Then the
/// process alone, without the script's look at what is to be built, against a bare web application.
/// </summary>
internal sealed class ColdStart : IBenchmark
{
    public string Name => "cold-start";
    public string Question => "./ioc up to the first painted wall: on an empty database, again, and against a bare application";

    public async Task RunAsync(BenchmarkContext context)
    {
        if (Script() is not { } script)
        {
            context.Note("not run from a built tree with its ioc script: not measured");
            return;
        }

        await using var screens = await Screens.StartAsync();
        if (screens is null)
        {
            context.Note("no Chromium on this machine (Debian: package chromium): not measured");
            return;
        }

        List<double> empty = [], again = [], process = [], bare = [];
        for (var round = 0; round < (context.Options.Quick ? 1 : 3); round++)
        {
            var directory = TestPaths.NewDirectory("cold");
            empty.Add(await UpAsync(script, directory, screens));
            again.Add(await UpAsync(script, directory, screens));
            process.Add(await SecondsAsync(() => ServerProcess.StartDemonstrationAsync(directory), screens));
            bare.Add(await SecondsAsync(ServerProcess.StartBareHubAsync, null));
            TestPaths.Remove(directory);
        }

        context.Report(Result.Of("cold-start up, empty", empty.Median(), "s", new Target(MostValue: 60, Unit: "s"), empty));
        context.Report(Result.Of("cold-start up, again", again.Median(), "s", new Target(MostValue: 20, Unit: "s"), again));
        context.Report(Result.Of("cold-start process", new PairedRun(process, bare), "s", "bare application, ready"));
    }

    private static Task<double> UpAsync(string script, string directory, Screens screens) =>
        SecondsAsync(() => ServerProcess.StartScriptAsync(script, directory), screens);

    private static async Task<double> SecondsAsync(Func<Task<ServerProcess>> start, Screens? screens)
    {
        var watch = Stopwatch.StartNew();
        await using var server = await start();
        if (screens is not null) await screens.PaintWallAsync(server.Address);
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The project's own script above this program, or null.</summary>
    private static string? Script()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var script = Path.Combine(directory.FullName, "ioc");
            if (File.Exists(script) && File.Exists(Path.Combine(directory.FullName, "IocDashboard.sln"))) return script;
        }

        return null;
    }
}
