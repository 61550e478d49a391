using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text;

namespace IocDashboard.Tests.Fixtures;

/// <summary>Somebody whom the provider knows, and what it says of them.</summary>
public sealed record ProvidersPerson
{
    /// <summary>Names of <c>groups</c>, <c>agency</c>, <c>name</c>, <c>preferred_username</c>, as the provider writes them.</summary>
    public Dictionary<string, object?> Claims { get; init; } = new(StringComparer.Ordinal);

    public string[] Amr { get; init; } = ["pwd"];
    public string? Acr { get; init; }
    public int ProvedSecondsAgo { get; init; }

    /// <summary>Claims that a forger put in place of the provider's; the token's signature is the provider's all the same.</summary>
    public Dictionary<string, object?>? Forged { get; init; }

    /// <summary>The token is signed by somebody else.</summary>
    public bool ForeignKey { get; init; }

    public static ProvidersPerson Of(string[] groups, string? agency = "SYT", string userName = "lan.pham", string name = "Phạm Thị Lan") => new()
    {
        Claims = new(StringComparer.Ordinal) { ["groups"] = groups, ["agency"] = agency, ["preferred_username"] = userName, ["name"] = name },
    };
}

/// <summary>A real OpenID provider (oidc-provider on Node.js) as a process of its own, on a free port of this machine.</summary>
public sealed class OpenIdProvider : IAsyncDisposable
{
    public const string ClientId = "ioc", ClientSecret = "only-for-tests+4711/%&=";

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly HttpClient _client;

    private OpenIdProvider(Uri centre)
    {
        var port = TestPaths.FreePort();
        Authority = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{port}"));
        _client = new HttpClient { BaseAddress = Authority };
        var start = new ProcessStartInfo("node", [Path.Combine(Source(), "server.mjs"), port.ToString(CultureInfo.InvariantCulture), centre.GetLeftPart(UriPartial.Authority)])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["OIDC_CLIENT_SECRET"] = ClientSecret;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Authority { get; }

    /// <param name="centre">Where browsers are sent back to.</param>
    public static async Task<OpenIdProvider> StartAsync(Uri centre)
    {
        var provider = new OpenIdProvider(centre);
        try
        {
            provider._process.Start();
            provider._process.BeginOutputReadLine();
            provider._process.BeginErrorReadLine();
            var ended = provider._process.WaitForExitAsync();
            if (await Task.WhenAny(provider._ready.Task, ended, Task.Delay(TimeSpan.FromSeconds(60))) != provider._ready.Task)
                throw new InvalidOperationException($"The OpenID provider did not start (./ioc test installs it; by hand: npm ci in tests/oidc-provider):\n{provider.Output}");
            return provider;
        }
        catch
        {
            await provider.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a person, or changes what the provider says of them from now on.</summary>
    public async Task KnowAsync(string subject, ProvidersPerson person)
    {
        using var answer = await _client.PutAsJsonAsync($"/test/people/{Uri.EscapeDataString(subject)}", person);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A token of these claims, signed by the provider; a claim that is null is left out.</summary>
    public async Task<string> SignAsync(IReadOnlyDictionary<string, object?> claims, string typ = "logout+jwt", bool foreignKey = false)
    {
        using var answer = await _client.PostAsJsonAsync("/test/tokens", new { claims, typ, foreignKey });
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: false);
                await _process.WaitForExitAsync();
            }
        }
        catch (InvalidOperationException)
        {
            // It never started.
        }

        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_output) return _output.ToString();
        }
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lock (_output) _output.AppendLine(line);
        if (line.StartsWith("ready at", StringComparison.Ordinal)) _ready.TrySetResult();
    }

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "oidc-provider");
}
