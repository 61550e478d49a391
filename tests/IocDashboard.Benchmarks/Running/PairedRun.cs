namespace IocDashboard.Benchmarks.Running;

/// <summary>
/// Blocks of the thing measured and of its peer in turn, so that whatever else the machine does hits both; the order turns
/// with each pair.
/// </summary>
internal sealed record PairedRun(IReadOnlyList<double> Values, IReadOnlyList<double> Peers)
{
    public double Value => Values.Median();
    public double Peer => Peers.Median();
    public IReadOnlyList<double> Ratios { get; } = [.. Values.Zip(Peers, (v, p) => v / p)];
    public double Ratio => Ratios.Median();

    /// <param name="value">One block: its rate.</param>
    public static async Task<PairedRun> RunAsync(int pairs, Func<Task<double>> value, Func<Task<double>> peer)
    {
        var runs = await RunAsync(pairs, [value, peer]);
        return new(runs[0], runs[1]);
    }

    /// <summary>Several sides in turn; one of them is the peer of the others.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<double>>> RunAsync(int rounds, IReadOnlyList<Func<Task<double>>> sides)
    {
        var runs = sides.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < sides.Count; i++)
            {
                var side = round % 2 == 0 ? i : sides.Count - 1 - i;
                runs[side].Add(await sides[side]());
            }
        }

        return runs;
    }
}
