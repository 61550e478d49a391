using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IocDashboard.Tests.Fixtures;

/// <summary>Directories and ports that belong to one test run.</summary>
public static class TestPaths
{
    private const string Memory = "/dev/shm";
    private const long MemoryNeeded = 6L * 1024 * 1024 * 1024;

    /// <summary>A new directory that other users may enter but not list: the database server runs as one of them.</summary>
    public static string NewDirectory(string name) => Open(Directory.CreateTempSubdirectory($"ioc-{name}-").FullName);

    /// <summary>
    /// One in memory where there is plenty: hundreds of databases of a thousand files each, made and dropped, keep a disk's file system
    /// looking for free places for a third of the run.
    /// </summary>
    public static string NewFleetingDirectory(string name)
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Memory) || new DriveInfo(Memory).AvailableFreeSpace < MemoryNeeded) return NewDirectory(name);
        RemoveLeftBehind();
        return Open(Directory.CreateDirectory(Path.Combine(Memory, $"ioc-{name}-{Guid.NewGuid():N}-{Environment.ProcessId}")).FullName);
    }

    /// <summary>Of runs that were killed: memory is not given back by itself.</summary>
    private static void RemoveLeftBehind()
    {
        foreach (var directory in Directory.GetDirectories(Memory, "ioc-*"))
            if (int.TryParse(directory.Split('-')[^1], CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}")) Remove(directory);
    }

    private static string Open(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        return path;
    }

    public static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What stays in the temporary directory does no harm.
        }
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
