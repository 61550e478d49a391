using System.Diagnostics;
using System.Globalization;

namespace IocDashboard.Web.Platform.Postgres;

/// <summary>
/// Who the server's processes run as. PostgreSQL refuses to run as root, so when root starts the centre they run as
/// <c>postgres</c>, else <c>nobody</c>; otherwise as the user who started it.
/// </summary>
internal sealed class ServerAccount
{
    private readonly string[] _prefix;
    private readonly string? _owner;

    private ServerAccount(string[] prefix, string? owner) => (_prefix, _owner) = (prefix, owner);

    /// <param name="directories">Must be reachable for the account: the data directory and the programs' directory.</param>
    public static ServerAccount For(params string[] directories)
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows()) return new ServerAccount([], owner: null);
        var account = Lookup("postgres") ?? Lookup("nobody")
            ?? throw new StartFailureException(ExitCodes.NoPostgres, "PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody. Start the centre as another user.");
        var owner = string.Create(CultureInfo.InvariantCulture, $"{account.Uid}:{account.Gid}");
        string[] setpriv = ["setpriv", $"--reuid={account.Uid}", $"--regid={account.Gid}", "--clear-groups"];
        // A tree below a closed home such as /root can't be reached by another user. Rather than opening the home to
        // everybody, the server alone is given the right to pass through (it stays bound by all rights to write). The bit makes
        // access(2), which the programs ask for each other, heed that right too.
        string[] pass = ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"];
        foreach (var prefix in new[] { setpriv, [.. setpriv, .. pass], ["runuser", "-u", account.Name, "--"] })
        {
            if (directories.All(d => Runs([.. prefix, "test", "-x", d]))) return new ServerAccount(prefix, owner);
        }
        throw new StartFailureException(ExitCodes.NoPostgres,
            $"PostgreSQL does not run as root, and the user {account.Name} cannot reach {string.Join(" or ", directories)}. Set Ioc__DataDirectory to a directory whose parents everybody may enter, e.g. /var/lib/ioc-dashboard.");
    }

    /// <summary>Gives the directory and all in it to the account, closed to others.</summary>
    public void Own(string path)
    {
        if (_owner is not null && !Runs(["chown", "-R", _owner, path]))
            throw new StartFailureException(ExitCodes.NoPostgres, $"{path} could not be given to the user that PostgreSQL runs as.");
        if (!OperatingSystem.IsWindows() && Directory.Exists(path))
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>A start of <paramref name="program"/> as the account, in a small environment of its own and without our secrets.</summary>
    public ProcessStartInfo Start(string program, IEnumerable<string> arguments, bool ownSession = false)
    {
        string[] command = [.. _prefix, .. ownSession && OperatingSystem.IsLinux() ? new[] { "setsid" } : [], program, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        var path = Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin";
        start.Environment.Clear();
        start.Environment["PATH"] = path.Contains("/usr/sbin", StringComparison.Ordinal) ? path : $"{path}:/usr/sbin:/sbin";
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        return start;
    }

    private static (string Name, int Uid, int Gid)? Lookup(string name)
    {
        if (!File.Exists("/etc/passwd")) return null;
        var fields = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).FirstOrDefault(f => f.Length > 3 && f[0] == name);
        return fields is null ? null : (name, int.Parse(fields[2], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
    }

    private static bool Runs(string[] command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
