using System.Globalization;
using Npgsql;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// Processor seconds of the centre and of PostgreSQL: where the time goes, and the one measure that a busy neighbour hardly
/// touches. Linux only; elsewhere all are 0.
/// </summary>
internal sealed class ProcessorTime
{
    private const double TicksPerSecond = 100;

    private readonly ServerProcess _server;
    private readonly int _postmaster;

    private ProcessorTime(ServerProcess server, int postmaster) => (_server, _postmaster) = (server, postmaster);

    public static async Task<ProcessorTime> CreateAsync(CentreDatabase database, ServerProcess server)
    {
        await using var connection = await database.Rows.OpenConnectionAsync();
        return new(server, OperatingSystem.IsLinux() ? (int)Fields(connection.ProcessID)[1] : 0);
    }

    /// <summary>Runs a block and adds what it took of both.</summary>
    public async Task<double> AddAsync(Func<Task<double>> block, List<(double Rate, double Seconds, double Server, double Postgres)> to)
    {
        var (server, postgres, watch) = (_server.ProcessorTime, Postgres(), System.Diagnostics.Stopwatch.StartNew());
        var rate = await block();
        to.Add((rate, watch.Elapsed.TotalSeconds, (_server.ProcessorTime - server).TotalSeconds, Postgres() - postgres));
        return rate;
    }

    /// <summary>Milliseconds of processor for 1,000 of what was counted.</summary>
    public static (double Server, double Postgres) PerThousand(IReadOnlyList<(double Rate, double Seconds, double Server, double Postgres)> blocks)
    {
        var thousands = blocks.Sum(b => b.Rate * b.Seconds) / 1_000;
        return (1_000 * blocks.Sum(b => b.Server) / thousands, 1_000 * blocks.Sum(b => b.Postgres) / thousands);
    }

    // The main process, the children that have ended, and those that live.
    private double Postgres()
    {
        if (_postmaster == 0) return 0;
        var own = Fields(_postmaster);
        var ticks = own[11] + own[12] + own[13] + own[14];
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var process)) continue;
            try
            {
                var fields = Fields(process);
                if (fields[1] == _postmaster) ticks += fields[11] + fields[12];
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return ticks / TicksPerSecond;
    }

    /// <summary>Numbers of <c>/proc/…/stat</c> after the name; [0], the state's letter, is 0, [1] the parent.</summary>
    private static double[] Fields(int process)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Select(f => double.TryParse(f, CultureInfo.InvariantCulture, out var number) ? number : 0)];
    }
}
