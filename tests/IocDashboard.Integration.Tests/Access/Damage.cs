namespace IocDashboard.Tests.Access;

/// <summary>What happens to files on the way: bytes changed, a piece lost, doubled or put elsewhere, an end that never came.</summary>
internal static class Damage
{
    /// <returns>Never the file itself.</returns>
    public static byte[] Of(Random random, ReadOnlySpan<byte> file)
    {
        byte[] damaged = [.. file];
        for (var i = random.Next(1, 4); i > 0; i--) damaged = Once(random, damaged);
        return damaged;
    }

    private static byte[] Once(Random random, byte[] file)
    {
        if (file.Length < 2) return [(byte)random.Next(256)];
        var (from, to) = (random.Next(file.Length), random.Next(file.Length));
        if (from > to) (from, to) = (to, from);
        switch (random.Next(5))
        {
            case 0:
                return file[..to];
            case 1:
                return [.. file[..from], .. file[Math.Min(file.Length, from + random.Next(1, 40))..]];
            case 2:
                return [.. file[..to], .. file[from..Math.Min(to, from + 200)], .. file[to..]];
            case 3:
                return [.. file[..from], (byte)random.Next(256), .. file[from..]];
            default:
                file[from] = (byte)(file[from] ^ random.Next(1, 256));
                return file;
        }
    }
}
