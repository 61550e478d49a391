using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Displays;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>
/// Who gets in where: every route and hub method, tried by every kind of caller from another machine, against the table
/// <c>access-matrix.csv</c> beside this file. The table is the rule: it is read by people, and written anew with
/// <c>IOC_WRITE_SNAPSHOTS=1</c> only when a right is meant to change.
/// </summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    private const string Address = "10.4.4.4";

    private readonly List<(string Name, HttpClient Client, string? Token, Visitor? Visitor)> _callers = [];
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        // The provider is away: who gets as far as to ask it is all that the table says.
        _host = await IocHost.StartAsync(new() { Settings = SsoCentre.Settings(new Uri("http://localhost:9")) });
        _callers.Add(("nobody", NewVisitor(out var nobody).Client, null, nobody));
        var keys = _host.Services.GetRequiredService<MachineKeys>();
        foreach (var scope in KeyScopes.All)
        {
            var (_, token) = await keys.AddAsync("SYT", [scope], null, scope);
            var client = NewVisitor(out var visitor).Client;
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            _callers.Add(("key " + scope, client, token, visitor));
        }

        _callers.Add(("display", (await PairedAsync()).Client, null, _paired));
        foreach (var role in Roles.All)
        {
            var person = await Visitor.OfAsync(_host, role, role.StartsWith("agency", StringComparison.Ordinal) ? "SYT" : "IOC");
            _callers.Add((role, person.Client, null, person));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var caller in _callers) caller.Client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task EveryRouteAndHubMethod_LetsInWhoTheTableSays()
    {
        var table = new StringBuilder("route," + string.Join(',', _callers.Select(c => c.Name)) + "\n");
        foreach (var (method, pattern) in Routes()) table.Append(CultureInfo.InvariantCulture, $"{method} {pattern},{await RowAsync(method, pattern)}\n");
        foreach (var (hub, name) in HubMethods()) table.Append(CultureInfo.InvariantCulture, $"HUB {hub}.{name},{await HubRowAsync(name)}\n");
        var found = table.ToString();
        if (Environment.GetEnvironmentVariable("IOC_WRITE_SNAPSHOTS") == "1") await File.WriteAllTextAsync(Source(), found);

        var expected = await File.ReadAllLinesAsync(Source());
        string[] lines = [.. found.TrimEnd('\n').Split('\n')];
        // By lines: whoever changed a right sees which, and not a wall of characters.
        lines.Except(expected).ShouldBeEmpty("rights that the table does not give");
        expected.Except(lines).ShouldBeEmpty("rights that the table gives and nobody has");
    }

    private IEnumerable<(string Method, string Pattern)> Routes() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        // Each built file is a route of its own; one stands for all. Development's last resort for files added since the build is closed to all.
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.DisplayName != "Fallback {**path:file}")
        .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET"]).Select(m => (m, Slashed(e.RoutePattern.RawText!))))
        .Where(r => r.m is not ("OPTIONS" or "CONNECT" or "HEAD"))
        .Append(("GET", "/styles/tokens.css"))
        .Distinct().OrderBy(r => r.Item2, StringComparer.Ordinal).ThenBy(r => r.Item1, StringComparer.Ordinal);

    private async Task<string> RowAsync(string method, string pattern)
    {
        var cells = new List<string>();
        foreach (var (name, client, _, _) in _callers)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), Filled(pattern));
            // Pages take forms, the interface JSON: another type of content is turned away before anybody is asked who they are.
            if (method is "POST" or "PUT") request.Content = pattern.StartsWith("/api", StringComparison.Ordinal) ? new StringContent("{}", Encoding.UTF8, "application/json") : new FormUrlEncodedContent([]);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            ((int)answer.StatusCode).ShouldBeLessThan(500, $"{name}: {method} {pattern}");
            cells.Add(IsIn(answer, pattern) ? "yes" : "-");
        }

        return string.Join(',', cells);
    }

    private async Task<string> HubRowAsync(string method)
    {
        var cells = new List<string>();
        foreach (var (_, _, token, visitor) in _callers)
        {
            await using var hub = new HubConnectionBuilder().WithUrl(new Uri(_host.BaseAddress, "/hubs/live"), o =>
            {
                o.Headers["X-Forwarded-For"] = Address;
                o.Headers["Cookie"] = visitor!.CookiesFor(_host.BaseAddress);
                if (token is not null) o.AccessTokenProvider = () => Task.FromResult<string?>(token);
            }).Build();
            try
            {
                await hub.StartAsync();
                await InvokeAsync(hub, method);
                cells.Add("yes");
            }
            catch (HttpRequestException refused) when (refused.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                cells.Add("-");
            }
        }

        return string.Join(',', cells);
    }

    /// <summary>A method that is not named here fails: it must be tried before it is let out.</summary>
    private static Task InvokeAsync(HubConnection hub, string method) => method switch
    {
        "Subscribe" => hub.InvokeAsync<object>(method, "wall/default", "vi"),
        "SubscribeValues" => hub.InvokeAsync<object>(method, new[] { "KT01" }, "vi"),
        "Unsubscribe" => hub.InvokeAsync(method, "wall/default"),
        _ => throw new InvalidOperationException($"The hub method {method} is not in the matrix."),
    };

    private static IEnumerable<(string Hub, string Method)> HubMethods() => typeof(IocApplication).Assembly.GetTypes()
        .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(Hub)))
        .SelectMany(hub => hub.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(m => !m.IsVirtual).Select(m => (hub.Name, m.Name)))
        .OrderBy(m => m, Comparer<(string, string)>.Default);

    private static bool IsIn(HttpResponseMessage answer, string pattern) => answer switch
    {
        { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => false,
        { StatusCode: HttpStatusCode.Redirect, Headers.Location: { } to } =>
            // The single sign-on itself answers with the sign-in page, which says why.
            (pattern.Contains("/sso", StringComparison.Ordinal) || !to.OriginalString.Contains("/signin", StringComparison.Ordinal)) && (pattern == "/wall/pair" || !to.OriginalString.Contains("/wall/pair", StringComparison.Ordinal)),
        _ => true,
    };

    private static string Filled(string pattern)
    {
        foreach (var (name, value) in new[] { ("form", "SYT-D"), ("agency", "SYT"), ("period", "2026-11-20"), ("feed", "DKTTV-RT"), ("documentName", "v1"), ("name", "report"), ("Code", "KT01"), ("code", "KT01"), ("Form", "SYT-D"), ("Agency", "SYT"), ("Period", "2026-11-20") })
            pattern = System.Text.RegularExpressions.Regex.Replace(pattern, $$"""\{\*{0,2}{{name}}(:[^}]*)?\??\}""", value);
        pattern = pattern.Replace("{id:guid}", Guid.Empty.ToString(), StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "x");
    }

    private static string Slashed(string pattern) => pattern.StartsWith('/') ? pattern : "/" + pattern;

    private Visitor _paired = null!;

    private async Task<Visitor> PairedAsync()
    {
        _paired = new Visitor(_host, Address);
        var page = await _paired.Client.GetStringAsync("/wall/pair");
        var code = string.Concat(System.Text.RegularExpressions.Regex.Matches(page, "<b aria-hidden=\"true\">([A-Z0-9])</b>").Select(m => m.Groups[1].Value));
        (await _host.Services.GetRequiredService<Pairings>().AuthoriseAsync(code, "Tường", "", AuditActor.Itself, CancellationToken.None)).ShouldBe(PairingOutcome.Paired);
        (await _paired.Client.GetAsync("/wall/pair")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return _paired;
    }

    private Visitor NewVisitor(out Visitor visitor) => visitor = new Visitor(_host, Address);

    private static string Source([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "access-matrix.csv");
}
