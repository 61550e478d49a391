using System.Diagnostics;
using IocDashboard.Benchmarks.Stage;
using IocDashboard.Web.Platform;

namespace IocDashboard.Benchmarks.Running;

/// <summary>Runs what was asked for, one after the other, over one durable PostgreSQL server.</summary>
internal static class BenchmarkRun
{
    private const int Ok = 0, Failed = 1, BadArguments = 2;
    private const int LongestFailure = 2_000;

    public static async Task<int> RunAsync(IReadOnlyList<IBenchmark> all, string[] arguments)
    {
        if (Options.Parse(arguments) is not { } options || options.Names.Any(n => all.All(b => b.Name != n)))
        {
            await Console.Error.WriteLineAsync("usage: ./ioc bench [NAME…] [--quick] [--json] [--save] [--large]");
            foreach (var benchmark in all) await Console.Error.WriteLineAsync($"  {benchmark.Name,-16} {benchmark.Question}");
            return BadArguments;
        }

        var results = new List<Result>();
        var failed = false;
        try
        {
            await using var postgres = await PostgresStage.StartAsync();
            var machine = await Machine.DescribeAsync(postgres);
            if (!options.Json) Console.WriteLine(machine + (options.Quick ? "\nQuick: shows that it works; the figures mean little." : ""));
            foreach (var benchmark in all.Where(b => options.Names.Count == 0 || options.Names.Contains(b.Name)))
                failed |= !await RunAsync(benchmark, options, postgres, results);
            if (options.Save && results.Count > 0) await Console.Error.WriteLineAsync("kept: " + await ResultFile.WriteAsync(machine, options, results));
        }
        catch (StartFailureException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }

        if (!options.Json) ResultTable.Print(results);
        return failed ? Failed : Ok;
    }

    private static async Task<bool> RunAsync(IBenchmark benchmark, Options options, PostgresStage postgres, List<Result> results)
    {
        var watch = Stopwatch.StartNew();
        var context = new BenchmarkContext(options, postgres, Report, text => Console.Error.WriteLine($"{benchmark.Name}: {text}"));
        try
        {
            await benchmark.RunAsync(context);
            context.Note($"took {watch.Elapsed.TotalSeconds:0} s");
            return true;
        }
#pragma warning disable CA1031 // One benchmark that fails must not lose the figures of the others.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            var text = failure.ToString();
            context.Note("failed: " + text[..Math.Min(text.Length, LongestFailure)]);
            return false;
        }

        void Report(Result result)
        {
            results.Add(result);
            if (options.Json) Console.WriteLine(ResultFile.Line(result));
            else Console.Error.WriteLine(ResultTable.Line(result));
        }
    }
}
