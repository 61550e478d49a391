using System.Diagnostics;
using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;
using Npgsql;

namespace IocDashboard.Benchmarks;

/// <summary>How long one small request takes until it is committed and answered, against an empty endpoint plus a bare commit.</summary>
internal sealed class Commit : IBenchmark
{
    private static readonly AgencyPlan[] Reports = [.. Enumerable.Range(1, 8).Select(i => new AgencyPlan($"BC{i:00}", Streams: false, Indicators: 1, Areas: 24))];
    private static readonly AgencyPlan Feed = new("BD01", Streams: true, Indicators: 1, Areas: 24);

    public string Name => "commit";
    public string Question => "Request to committed, one client, against an empty endpoint plus a bare commit";

    public async Task RunAsync(BenchmarkContext context)
    {
        await using var database = await CentreDatabase.CreateAsync(context.Postgres, [.. Reports, Feed]);
        await SubmissionLoad.OpenReportsAsync(database, Reports);
        await database.ExecuteAsync("create schema bench; create table bench.row (id bigint generated always as identity primary key, at timestamptz not null)");
        await using var server = await ServerProcess.StartCentreAsync(database);
        using var empty = await LeanHttp.ConnectAsync(server.Address, Roles.EmptyPath, database.Tokens[Feed.Code]);
        using var feed = await MeasurementLoad.CreateAsync(Feed, 0, database, server);
        var reports = new List<SubmissionLoad>();
        foreach (var plan in Reports) reports.Add(await SubmissionLoad.CreateAsync(plan, database, server));
        await using var connection = await database.Rows.OpenConnectionAsync();
        await using var insert = new NpgsqlCommand("insert into bench.row (at) values (now())", connection);
        await insert.PrepareAsync();

        var next = 0;
        var body = new byte[2_048];
        Func<Task>[] actions =
        [
            () => empty.PostAsync(body),
            () => insert.ExecuteNonQueryAsync(),
            () => reports[next++ % reports.Count].SendAsync(),
            () => feed.SendAsync(1),
        ];
        foreach (var action in actions) await MedianAsync(action, context.Options.Quick ? 40 : 400);
        var (rounds, calls) = context.Options.Quick ? (2, 40) : (10, 200);
        var runs = await PairedRun.RunAsync(rounds, [.. actions.Select<Func<Task>, Func<Task<double>>>(a => () => MedianAsync(a, calls))]);
        Report("report of 24 values", runs[2]);
        Report("one measurement", runs[3]);
        foreach (var load in reports) load.Dispose();

        void Report(string what, IReadOnlyList<double> taken)
        {
            double[] above = [.. taken.Select((t, round) => t - runs[0][round] - runs[1][round])];
            context.Report(Result.Of(
                $"commit {what}, above", above.Median(), "ms", new Target(MostValue: 2, Unit: "ms"), above,
                string.Create(CultureInfo.InvariantCulture,
                    $"p50 {Statistics.Round(taken.Median())} ms; empty endpoint {Statistics.Round(runs[0].Median())} ms + bare commit {Statistics.Round(runs[1].Median())} ms")));
        }
    }

    private static async Task<double> MedianAsync(Func<Task> action, int calls)
    {
        var samples = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var watch = Stopwatch.StartNew();
            await action();
            samples.Add(watch.Elapsed.TotalMilliseconds);
        }

        return samples.Median();
    }
}
