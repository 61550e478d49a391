using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A letter that the server took.</summary>
public sealed record TakenLetter(string[] To, string Id, string Text);

/// <summary>A real mail server (smtp-server on Node.js) as a process of its own. Addresses <c>nobody…</c> and <c>later…</c> are refused, for good and for now.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly List<TakenLetter> _taken = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private MailServer(int port)
    {
        Port = port;
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("node", [Path.Combine(Source(), "server.mjs"), port.ToString(CultureInfo.InvariantCulture)])
            {
                UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
    }

    public int Port { get; }

    public IReadOnlyList<TakenLetter> Taken
    {
        get
        {
            lock (_taken) return [.. _taken];
        }
    }

    public static async Task<MailServer> StartAsync(int port)
    {
        var server = new MailServer(port);
        server._process.Start();
        server._process.BeginOutputReadLine();
        if (await Task.WhenAny(server._ready.Task, server._process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60))) == server._ready.Task) return server;
        await server.DisposeAsync();
        throw new InvalidOperationException("The mail server did not start (./ioc test installs it; by hand: npm ci in tests/smtp-server)");
    }

    /// <summary>Between a letter that it has taken and its saying so.</summary>
    public Task PauseAsync(TimeSpan pause) =>
        _process.StandardInput.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"pause {pause.TotalMilliseconds:0}"));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line == "ready") _ready.TrySetResult();
        else if (line?.StartsWith('{') == true)
            lock (_taken) _taken.Add(JsonSerializer.Deserialize<TakenLetter>(line, JsonSerializerOptions.Web)!);
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "smtp-server");
}
