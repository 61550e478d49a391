using System.Globalization;
using System.Runtime.InteropServices;
using IocDashboard.Benchmarks.Stage;

namespace IocDashboard.Benchmarks.Running;

/// <summary>What the figures were measured on, without a name of the machine.</summary>
internal static class Machine
{
    public static async Task<string> DescribeAsync(PostgresStage postgres)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var version = await postgres.VersionAsync();
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({Processor()}), {memory:0} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, PostgreSQL {version}, load {Load()}");
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] + " before the run" : "unknown";
}
