using System.Diagnostics;
using System.Globalization;
using System.Text;
using IocDashboard.Tests.Fixtures;

namespace IocDashboard.Benchmarks.Stage;

/// <summary>
/// The centre, or its peer, as a process of its own with the garbage collector of a web server, so that neither the load
/// generator's memory nor its threads are counted.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly string? _ownDirectory;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, string? ownDirectory, Uri address)
    {
        (_process, _ownDirectory, Address) = (process, ownDirectory, address);
        Client = NewClient();
    }

    public Uri Address { get; }
    public HttpClient Client { get; }
    public Uri Hub => new(Address, "/hubs/live");

    // One machine plays all agencies and screens of a province: what is measured is the centre and not its limits.
    private static readonly string[] Limits =
        ["KeyCallsPerSecond", "KeyBurst", "AddressCallsPerSecond", "AddressBurst", "PersonCallsPerSecond", "PersonBurst",
         "ConnectionsPerAddress", "ConnectionsPerKey", "ConnectionsPerDisplay", "Connections", "WebSockets"];

    public static Task<ServerProcess> StartCentreAsync(CentreDatabase database) => StartAsync(Roles.Centre, new(StringComparer.Ordinal)
    {
        // Production, but for the schema, which no ioc migrate has made complete.
        ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Ioc__Migrate"] = "true", ["Ioc__Demo"] = "false", ["Ioc__LogToConsole"] = "false",
        // Its walls and consoles are opened from this machine.
        ["Ioc__TrustThisMachine"] = "true",
        ["ConnectionStrings__Ioc"] = database.ConnectionString,
    });

    public static Task<ServerProcess> StartBareHubAsync() => StartAsync(Roles.Bare, new(StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production" });

    /// <summary><c>./ioc up</c> over a data directory of the caller's: builds what changed, starts PostgreSQL, loads the demonstration.</summary>
    public static Task<ServerProcess> StartScriptAsync(string script, string directory) =>
        StartAsync(new ProcessStartInfo("bash", [script, "up"]), directory, Demonstration);

    /// <summary>What the script starts in the end.</summary>
    public static Task<ServerProcess> StartDemonstrationAsync(string directory) => StartAsync(Itself(Roles.Centre), directory, Demonstration);

    public HttpClient NewClient(string? token = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 })
        {
            BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2),
        };
        if (token is not null) client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    /// <summary>Bytes of the managed heap and of private memory after a full collection.</summary>
    public async Task<(long Heap, long Private)> MemoryAsync()
    {
        var numbers = (await Client.GetStringAsync(Roles.MemoryPath)).Split(' ');
        return (long.Parse(numbers[0], CultureInfo.InvariantCulture), long.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    /// <summary>User and system time so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            using (var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)])) await signal.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            try
            {
                await _process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: false);
            }
        }

        _process.Dispose();
        if (_ownDirectory is not null) TestPaths.Remove(_ownDirectory);
    }

    private static Dictionary<string, string> Demonstration => new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Ioc__Demo"] = "true",
    };

    private static ProcessStartInfo Itself(string role) => new("dotnet", [typeof(ServerProcess).Assembly.Location, Roles.Flag, role]);

    private static Task<ServerProcess> StartAsync(string role, Dictionary<string, string> environment)
    {
        environment["DOTNET_gcServer"] = "1";
        return StartAsync(Itself(role), directory: null, environment);
    }

    /// <param name="directory">The data directory; null for one of its own, removed in the end.</param>
    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string? directory, Dictionary<string, string> environment)
    {
        var own = directory is null ? TestPaths.NewDirectory("server") : null;
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{TestPaths.FreePort()}"));
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        start.WorkingDirectory = own ?? directory;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        foreach (var limit in Limits) start.Environment["Ioc__Limits__" + limit] = "1000000";
        start.Environment["Ioc__DataDirectory"] = own ?? directory;
        start.Environment["ASPNETCORE_URLS"] = address.GetLeftPart(UriPartial.Authority);
        var server = new ServerProcess(new Process { StartInfo = start }, own, address);
        server.Launch();
        try
        {
            await server.WaitUntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private void Launch()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        lock (_output) _output.AppendLine(line);
    }

    private async Task WaitUntilReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartLimit)
        {
            if (_process.HasExited) break;
            try
            {
                using var answer = await Client.GetAsync("/readyz");
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        lock (_output) throw new InvalidOperationException($"The server did not become ready:\n{_output}");
    }
}
