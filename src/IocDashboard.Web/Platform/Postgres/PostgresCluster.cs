using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace IocDashboard.Web.Platform.Postgres;

/// <summary>
/// The files of one embedded server: <c>postgres/</c> (the data), <c>postgres.password</c>, <c>postgres.lock</c> (held by the
/// application that runs it) and its socket's directory. Nobody but its owner can enter any of them; it listens on no port.
/// </summary>
internal sealed class PostgresCluster
{
    private const string User = "ioc";
    private const string Database = "ioc";
    private const int SocketNumber = 5432;

    // The kernel's limit for a socket's path is 107 bytes, of which the server takes 14 for the name.
    private const int LongestSocketDirectory = 92;

    private readonly PostgresPrograms _programs;
    private readonly ServerAccount _account;
    private readonly bool _durable;
    private readonly string _root;

    public PostgresCluster(PostgresPrograms programs, string dataDirectory, bool durable)
    {
        _programs = programs;
        _durable = durable;
        _root = dataDirectory;
        Directory.CreateDirectory(dataDirectory);
        _account = ServerAccount.For(dataDirectory, programs.BinDirectory);
        var socket = Path.Combine(dataDirectory, "postgres.socket");
        SocketDirectory = socket.Length <= LongestSocketDirectory ? socket : Directory.CreateTempSubdirectory("ioc-").FullName;
    }

    public string DataDirectory => Path.Combine(_root, "postgres");
    public string LockPath => Path.Combine(_root, "postgres.lock");
    public string SocketDirectory { get; }
    private string PasswordPath => Path.Combine(_root, "postgres.password");
    private string PidPath => Path.Combine(DataDirectory, "postmaster.pid");

    public string ConnectionString(string socketDirectory, string database = Database) => new NpgsqlConnectionStringBuilder
    {
        Host = socketDirectory, Port = SocketNumber, Username = User, Password = File.ReadAllText(PasswordPath), Database = database,
    }.ConnectionString;

    /// <summary>Makes the data directory when there is none. Safe after a crash at any point: an unfinished one is made again.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(SocketDirectory);
        _account.Own(SocketDirectory);
        if (File.Exists(Path.Combine(DataDirectory, "PG_VERSION")))
        {
            var found = int.Parse((await File.ReadAllTextAsync(Path.Combine(DataDirectory, "PG_VERSION"), cancellation)).Trim(), CultureInfo.InvariantCulture);
            if (found != _programs.MajorVersion)
                throw new StartFailureException(ExitCodes.NoPostgres,
                    $"{DataDirectory} was written by PostgreSQL {found}, and the programs in {_programs.BinDirectory} are of version {_programs.MajorVersion}. Set Ioc__PostgresPrograms to a directory with version {found}, or move the data with pg_upgrade.");
            _account.Own(DataDirectory);
            return;
        }
        var making = DataDirectory + ".new";
        await RemoveUnfinishedAsync(making, cancellation);
        Directory.CreateDirectory(making);
        _account.Own(making);
        WriteSecret(PasswordPath, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        var forInitdb = PasswordPath + ".new";
        WriteSecret(forInitdb, await File.ReadAllTextAsync(PasswordPath, cancellation));
        _account.Own(forInitdb);
        try
        {
            await RunAsync("initdb", ["-D", making, "-U", User, "--encoding=UTF8", .. Locale(), "--auth=scram-sha-256", $"--pwfile={forInitdb}", "--no-instructions", .. _durable ? Array.Empty<string>() : ["--no-sync"]], cancellation);
        }
        finally
        {
            File.Delete(forInitdb);
        }
        Directory.Move(making, DataDirectory);
    }

    /// <summary>Ends a server that a killed application left behind on this data directory, and clears what would hinder the next start.</summary>
    /// <remarks>Only to be called by the holder of the lock.</remarks>
    public async Task EndOrphanAsync(ILogger logger, CancellationToken cancellation)
    {
        if (ReadPidFile() is not { } running) return;
        if (IsOurServer(running.ProcessId))
        {
            logger.LogInformation("Stopping PostgreSQL {ProcessId}, left behind by an application that was killed", running.ProcessId);
            await StopAsync(cancellation);
        }
        else if (OperatingSystem.IsLinux() && Directory.Exists($"/proc/{running.ProcessId}"))
        {
            // The number now belongs to another process: the server would take it for a living one and refuse to start.
            File.Delete(PidPath);
        }
    }

    public Process Start()
    {
        string[] settings =
        [
            "listen_addresses=", $"unix_socket_directories={SocketDirectory}", $"port={SocketNumber}", "unix_socket_permissions=0700",
            "max_connections=200", "shared_buffers=256MB", "effective_cache_size=1GB", "work_mem=8MB", "maintenance_work_mem=128MB",
            "max_wal_size=2GB", "checkpoint_timeout=15min", "wal_compression=on", "random_page_cost=1.1", "jit=off",
            "max_parallel_workers_per_gather=0", "timezone=UTC", "log_timezone=UTC",
            "logging_collector=on", "log_directory=log", "log_filename=postgresql-%a.log", "log_truncate_on_rotation=on", "log_rotation_age=1d",
            .. _durable ? ["fsync=on", "full_page_writes=on", "synchronous_commit=on"] : new[] { "fsync=off", "full_page_writes=off" },
        ];
        // A session of its own: Ctrl+C in a terminal must reach the application, which then stops the server in order.
        var start = _account.Start(_programs.Path("postgres"), ["-D", DataDirectory, .. settings.SelectMany(s => new[] { "-c", s })], ownSession: true);
        return Process.Start(start)!;
    }

    /// <summary>Fast shutdown; sessions are ended. After half a minute, immediate shutdown, from which the next start recovers.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync("pg_ctl", ["stop", "-D", DataDirectory, "-m", "fast", "-w", "-t", "30", "-s"], cancellation);
        }
        catch (StartFailureException) when (ReadPidFile() is { } running && IsOurServer(running.ProcessId))
        {
            await RunAsync("pg_ctl", ["stop", "-D", DataDirectory, "-m", "immediate", "-w", "-t", "30", "-s"], cancellation);
        }
        catch (StartFailureException)
        {
            // It ended by itself meanwhile.
        }
    }

    public RunningServer? ReadPidFile()
    {
        try
        {
            var lines = File.ReadAllLines(PidPath);
            return lines.Length >= 5 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var processId)
                ? new RunningServer(processId, lines[4], lines.Length >= 8 && lines[7].Trim() == "ready")
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private bool IsOurServer(int processId)
    {
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            return new DirectoryInfo($"/proc/{processId}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName == DataDirectory;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Text is compared by code point everywhere; Vietnamese order is asked for by name where people read a list.
    private string[] Locale() => (_programs.MajorVersion, OperatingSystem.IsLinux()) switch
    {
        (>= 17, _) => ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
        (_, true) => ["--locale=C.UTF-8"],
        _ => ["--locale=C"],
    };

    private async Task RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        using var process = Process.Start(_account.Start(_programs.Path(program), arguments))!;
        await using var stop = cancellation.Register(process.Kill);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new StartFailureException(ExitCodes.NoPostgres, $"{program} failed: {errors.Trim()} {(await output).Trim()}");
    }

    // What an interrupted start left; its last process may still be at work in it.
    private static async Task RemoveUnfinishedAsync(string directory, CancellationToken cancellation)
    {
        for (var attempt = 0; Directory.Exists(directory); attempt++)
        {
            try
            {
                Directory.Delete(directory, recursive: true);
            }
            catch (IOException) when (attempt < 20)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
            }
        }
    }

    private static void WriteSecret(string path, string text)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(text);
    }
}

/// <summary>What a server writes of itself into its lock file.</summary>
internal sealed record RunningServer(int ProcessId, string SocketDirectory, bool Ready);
