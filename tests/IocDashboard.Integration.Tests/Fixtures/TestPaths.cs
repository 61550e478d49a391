using System.Net;
using System.Net.Sockets;

namespace IocDashboard.Tests.Fixtures;

/// <summary>Directories and ports that belong to one test run.</summary>
public static class TestPaths
{
    /// <summary>A new directory that other users may enter but not list: the database server runs as one of them.</summary>
    public static string NewDirectory(string name)
    {
        var path = Directory.CreateTempSubdirectory($"ioc-{name}-").FullName;
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
