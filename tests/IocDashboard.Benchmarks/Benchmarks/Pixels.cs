using System.Globalization;
using IocDashboard.Benchmarks.Running;
using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks;

/// <summary>
/// From the commit of a figure to its paint on a wall in Chromium, with 4 walls, 20 consoles (real pages with their circuits)
/// and 100 light clients on the wall's channel. Changes come singly, at random moments, from reports and a feed in turn.
/// </summary>
internal sealed class Pixels : IBenchmark
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    public string Name => "pixels";
    public string Question => "From commit to pixels in Chromium, with 4 walls, 20 consoles, 100 light clients";

    public async Task RunAsync(BenchmarkContext context)
    {
        var (walls, consoles, clients, posts) = context.Options.Quick ? (2, 2, 20, 8) : (4, 20, 100, 200);
        await using var screens = await Screens.StartAsync();
        if (screens is null)
        {
            context.Note("no Chromium on this machine (Debian: package chromium): not measured");
            return;
        }

        await using var database = await CentreDatabase.CreateAsync(context.Postgres, [], WallFigures.ReportAgency, WallFigures.FeedAgency);
        await using var server = await ServerProcess.StartCentreAsync(database);
        await using var light = new Displays(server.Hub);
        using var figures = await WallFigures.CreateAsync(database, server);
        for (var i = 0; i < 4; i++) await figures.PostAsync();
        await screens.OpenWallsAsync(server.Address, walls);
        await screens.OpenConsolesAsync(server.Address, consoles);
        await light.ConnectAsync(clients);
        await Task.Delay(TimeSpan.FromSeconds(3));

        var framesBefore = light.Frames;
        var posted = await PostAsync(figures, posts);
        await Task.Delay(TimeSpan.FromSeconds(3));
        var (fromAnswer, fromSending) = Latencies(posted, await screens.PaintsAsync());
        await Arrivals.CheckSnapshotAsync(server, figures.Last);
        if (light.Frames - framesBefore < clients * posts / 2) throw new InvalidOperationException("The light clients did not follow.");
        context.Note(string.Create(CultureInfo.InvariantCulture, $"{walls} walls, {screens.Circuits} consoles, {light.Count} light clients; {fromAnswer.Count} paints of {posts} posts; no nchan to compare with yet"));
        context.Report(Result.Of("pixels p50", fromAnswer.Median(), "ms", new Target(MostValue: 150, Unit: "ms"), fromAnswer));
        context.Report(Result.Of("pixels p99", fromAnswer.Quantile(0.99), "ms", new Target(MostValue: 500, Unit: "ms")));
        context.Report(Result.Of("pixels from sending p50", fromSending.Median(), "ms", samples: fromSending));
        context.Report(Result.Of("pixels from sending p99", fromSending.Quantile(0.99), "ms"));
    }

    private static async Task<List<(string Indicator, decimal Value, DateTimeOffset SentAt, DateTimeOffset AnsweredAt)>> PostAsync(WallFigures figures, int count)
    {
        var random = new Random(11);
        var posted = new List<(string, decimal, DateTimeOffset, DateTimeOffset)>(count);
        for (var i = 0; i < count; i++)
        {
            // Not in step with the server's own ticks of a quarter second and a second.
            await Task.Delay(TimeSpan.FromMilliseconds(400 + random.Next(700)));
            posted.Add(await figures.PostAsync());
        }

        return posted;
    }

    /// <summary>Milliseconds to the paint of a value on each wall. One that a wall never painted fails the run.</summary>
    private static (List<double> FromAnswer, List<double> FromSending) Latencies(
        List<(string Indicator, decimal Value, DateTimeOffset SentAt, DateTimeOffset AnsweredAt)> posted, IReadOnlyList<IReadOnlyList<Paint>> walls)
    {
        List<double> fromAnswer = [], fromSending = [];
        foreach (var paints in walls)
        {
            var byValue = paints.GroupBy(p => (p.Indicator, p.Value)).ToDictionary(g => g.Key, g => g.Min(p => p.At));
            for (var i = 0; i < posted.Count; i++)
            {
                var (indicator, value, sentAt, answeredAt) = posted[i];
                // A slow wall may skip to a later value: then that is when it told the truth again.
                var later = posted.Skip(i).Where(p => p.Indicator == indicator).Select(p => byValue.GetValueOrDefault((indicator, p.Value))).FirstOrDefault(at => at != default);
                if (later == default || later - answeredAt > Longest) throw new InvalidOperationException($"{indicator} = {value} never reached a wall.");
                fromAnswer.Add((later - answeredAt).TotalMilliseconds);
                fromSending.Add((later - sentAt).TotalMilliseconds);
            }
        }

        return (fromAnswer, fromSending);
    }
}
