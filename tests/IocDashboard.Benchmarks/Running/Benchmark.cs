using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks.Running;

/// <summary>One quantity that docs/performance.md promises, with the peer that it is measured against.</summary>
/// <remarks>An interface because each benchmark is a file of its own and the run knows none of them.</remarks>
internal interface IBenchmark
{
    /// <summary>As given to <c>./ioc bench</c>.</summary>
    string Name { get; }

    /// <summary>One line for the list of benchmarks.</summary>
    string Question { get; }

    Task RunAsync(BenchmarkContext context);
}

/// <summary>What a benchmark runs with, and where it hands its figures to.</summary>
internal sealed class BenchmarkContext(Options options, PostgresStage postgres, Action<Result> report, Action<string> note)
{
    public Options Options => options;
    public PostgresStage Postgres => postgres;

    public void Report(Result result) => report(result);

    /// <summary>Progress and remarks, kept apart from the figures.</summary>
    public void Note(string text) => note(text);

    /// <summary>The length of one block of a pair: long enough to be steady, short enough that a noisy neighbour hits both sides.</summary>
    public TimeSpan Block => options.Quick ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(10);

    /// <summary>Until the hot path is compiled at its best: the compiler itself would take half of a core from the server.</summary>
    public TimeSpan WarmUp => TimeSpan.FromSeconds(options.Quick ? 1 : 20);
    public int Pairs => options.Quick ? 2 : 5;
}
