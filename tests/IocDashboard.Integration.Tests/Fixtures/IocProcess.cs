using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace IocDashboard.Tests.Fixtures;

/// <summary>
/// The built application as a process of its own, with its own data directory, port and embedded server: what a test kills.
/// </summary>
public sealed class IocProcess : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IocDashboard.Web.dll");

    private readonly Dictionary<string, string?> _environment;
    private readonly bool _ownsDirectory;
    private readonly StringBuilder _output = new();
    private Process _process = new();

    private IocProcess(string dataDirectory, bool ownsDirectory, int port, Dictionary<string, string?> environment)
    {
        (DataDirectory, _ownsDirectory, _environment) = (dataDirectory, ownsDirectory, environment);
        BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };
    }

    public Uri BaseAddress { get; }
    public HttpClient Client { get; }
    public string DataDirectory { get; }
    public int ProcessId => _process.Id;

    /// <summary>The embedded server's main process, from its own lock file.</summary>
    public int PostgresProcessId => int.Parse(File.ReadLines(Path.Combine(DataDirectory, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    /// <summary>All that was printed, of every start.</summary>
    public string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    /// <summary>Returns when <c>/readyz</c> answers 200.</summary>
    /// <param name="environment">Further environment variables, e.g. <c>Ioc__Demo</c>. Demonstration is off unless set here.</param>
    public static async Task<IocProcess> StartAsync(string? dataDirectory = null, int? port = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var process = new IocProcess(dataDirectory ?? TestPaths.NewDirectory("process"), dataDirectory is null, port ?? TestPaths.FreePort(), Complete(environment));
        try
        {
            await process.StartAgainAsync();
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it and does not wait.</summary>
    public static IocProcess Launch()
    {
        var process = new IocProcess(TestPaths.NewDirectory("process"), ownsDirectory: true, TestPaths.FreePort(), Complete(null));
        process.Launch([]);
        return process;
    }

    /// <summary>Runs a command, or a start that is expected to fail, to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string dataDirectory, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, int? port = null)
    {
        await using var run = new IocProcess(dataDirectory, ownsDirectory: false, port ?? TestPaths.FreePort(), Complete(environment));
        run.Launch(arguments);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await run._process.WaitForExitAsync(limit.Token);
        return (run._process.ExitCode, run.Output);
    }

    /// <summary>Starts it after an end of any kind, on the same data and port.</summary>
    public async Task StartAgainAsync()
    {
        Launch([]);
        await WaitUntilReadyAsync(TimeSpan.FromSeconds(60));
    }

    public async Task WaitUntilReadyAsync(TimeSpan limit)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < limit)
        {
            if (_process.HasExited) throw new InvalidOperationException($"The application ended with code {_process.ExitCode}:\n{Output}");
            if (await IsReadyAsync()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Not ready after {limit}:\n{Output}");
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            using var answer = await Client.GetAsync("/readyz", limit.Token);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary><c>kill -9</c> of the application alone.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    /// <summary><c>kill -9</c> of the database server's main process.</summary>
    public void KillPostgres() => Process.GetProcessById(PostgresProcessId).Kill(entireProcessTree: false);

    /// <summary>Asks it to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning()) await StopAsync();
        else if (_ownsDirectory && File.Exists(Path.Combine(DataDirectory, "postgres", "postmaster.pid"))) await EndLeftServerAsync();
        Client.Dispose();
        _process.Dispose();
        if (_ownsDirectory) TestPaths.Remove(DataDirectory);
    }

    private async Task EndLeftServerAsync()
    {
        using var signal = Process.Start("kill", ["-INT", PostgresProcessId.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Launch(string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. arguments])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = DataDirectory,
        };
        start.Environment["Ioc__DataDirectory"] = DataDirectory;
        start.Environment["ASPNETCORE_URLS"] = BaseAddress.GetLeftPart(UriPartial.Authority);
        foreach (var (name, value) in _environment) start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
    }

    private static Dictionary<string, string?> Complete(IReadOnlyDictionary<string, string?>? environment)
    {
        var complete = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Ioc__Demo"] = "false", ["Ioc__TrustThisMachine"] = "true", ["ConnectionStrings__Ioc"] = null };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal)) complete[name] = value;
        return complete;
    }
}
