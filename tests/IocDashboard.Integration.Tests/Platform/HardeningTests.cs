using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Platform;

/// <summary>What every page keeps to, whoever adds one: no script in the page, forms with their token, cookies for this site alone.</summary>
public sealed partial class HardeningTests : IAsyncLifetime
{
    private const string Peer = "Test-Peer";

    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new()
    {
        // Tests come from loopback, which is a known proxy: this is whoever else connects.
        Services = services => services.AddSingleton<IStartupFilter>(new OtherPeer()),
        Routes = routes => routes.MapGet("/test/caller", (HttpContext http) => $"{http.Connection.RemoteIpAddress} {http.Request.Scheme}").RequireAuthorization(Policies.Public),
        Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Ioc:TrustedProxies"] = "10.8.0.0/16" },
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task EveryPage_RunsScriptsFromFilesAloneAndForbidsTheRest()
    {
        using var administrator = await Visitor.OfAsync(_host, Roles.Administrator, "QTI");
        using var anybody = new Visitor(_host);
        var pages = Pages().ToList();
        pages.Count.ShouldBeGreaterThan(10);

        foreach (var visitor in new[] { administrator, anybody })
        {
            foreach (var path in pages.Append("/nothing"))
            {
                using var answer = await visitor.Client.GetAsync(path);
                var body = await answer.Content.ReadAsStringAsync();
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
                var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
                policy.ShouldContain("script-src 'self';", customMessage: path);
                policy.ShouldContain("frame-ancestors 'self'", customMessage: path);
                policy.ShouldContain("form-action 'self'", customMessage: path);
                policy.ShouldContain("object-src 'none'", customMessage: path);
                answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], path);
                answer.Headers.GetValues("Referrer-Policy").ShouldBe(["same-origin"], path);
                answer.Headers.GetValues("Permissions-Policy").ShouldHaveSingleItem(path).ShouldContain("camera=()");
                answer.Headers.Contains("Server").ShouldBeFalse(path);
                InlineScript().Matches(body).Select(m => m.Value).ShouldBeEmpty(path);
                InlineHandler().Matches(body).Select(m => m.Value).ShouldBeEmpty(path);
            }
        }
    }

    [Fact]
    public async Task EveryForm_WithoutItsToken_IsRefused()
    {
        // No one role opens every page; whoever may open it is asked for the token.
        Visitor[] people =
        [
            await Visitor.OfAsync(_host, Roles.Administrator, "QTI"), await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT"),
            await Visitor.OfAsync(_host, Roles.Supervisor, "IOC"), await Visitor.OfAsync(_host, Roles.IndicatorSteward, "SKHDT"), await Visitor.OfAsync(_host, Roles.Auditor, "TTT"),
        ];
        var forms = Forms().ToList();
        forms.Count.ShouldBeGreaterThan(3);
        Untokened().ShouldBe(["/account/active"], "one endpoint alone is let do without, and says why beside it");

        foreach (var path in forms)
        {
            var answers = new List<HttpStatusCode>();
            foreach (var person in people)
            {
                using var form = new FormUrlEncodedContent([new("_handler", "signin"), new("returnUrl", "/console")]);
                using var answer = await person.Client.PostAsync(path, form);
                answers.Add(answer.StatusCode);
            }

            answers.ShouldContain(HttpStatusCode.BadRequest, path);
            answers.ShouldAllBe(status => status == HttpStatusCode.BadRequest || status == HttpStatusCode.Forbidden, path);
        }

        foreach (var person in people) person.Dispose();
    }

    [Fact]
    public async Task Cookies_OverTls_AreForThisSiteAloneAndHiddenFromScripts()
    {
        using var visitor = new Visitor(_host);
        visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using (var scope = _host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("lan.bi", Visitor.Password, Roles.Operator, "QTI")).ShouldBeEmpty();

        using var page = await visitor.Client.GetAsync("/signin?lang=en");
        using var waiting = await visitor.Client.GetAsync("/wall/pair");
        var set = page.Headers.GetValues("Set-Cookie").ToList();
        // The container of the test's client keeps secure cookies to itself over plain HTTP: they are carried by hand.
        var cookies = string.Join("; ", set.Select(c => c.Split(';')[0]));
        set.AddRange(waiting.Headers.GetValues("Set-Cookie"));
        using var form = new FormUrlEncodedContent([new("_handler", "signin"), new("__RequestVerificationToken", Visitor.TokenOf(await page.Content.ReadAsStringAsync())), new("Form.UserName", "lan.bi"), new("Form.Password", Visitor.Password)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/signin") { Content = form, Headers = { { "Cookie", cookies }, { "X-Forwarded-Proto", "https" }, { "X-Forwarded-For", "10.1.1.1" } } };
        using var signedIn = await _host.Client.SendAsync(request);
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        set.AddRange(signedIn.Headers.GetValues("Set-Cookie"));

        set.ShouldContain(c => c.StartsWith("ioc.session=", StringComparison.Ordinal));
        set.ShouldContain(c => c.StartsWith("ioc.language=", StringComparison.Ordinal));
        set.ShouldContain(c => c.StartsWith("ioc.form=", StringComparison.Ordinal));
        foreach (var cookie in set)
            foreach (var mark in new[] { "secure", "httponly", "samesite" }) cookie.ToLowerInvariant().ShouldContain(mark, customMessage: cookie.Split('=')[0]);
        page.Headers.GetValues("Strict-Transport-Security").ShouldHaveSingleItem().ShouldStartWith("max-age=31536000");
        (await _host.Client.GetAsync("/signin")).Headers.Contains("Strict-Transport-Security").ShouldBeFalse("over plain HTTP it means nothing");
    }

    [Theory]
    [InlineData("127.0.0.1", "10.5.5.5 https")]
    [InlineData("10.8.3.3", "10.5.5.5 https")]
    [InlineData("10.9.9.9", "10.9.9.9 http")]
    public async Task Forwarded_IsBelievedFromKnownProxiesAlone(string peer, string seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/test/caller")
        {
            Headers = { { Peer, peer }, { "X-Forwarded-For", "10.5.5.5" }, { "X-Forwarded-Proto", "https" } },
        };

        using var answer = await _host.Client.SendAsync(request);

        (await answer.Content.ReadAsStringAsync()).ShouldBe(seen);
    }

    private IEnumerable<RouteEndpoint> Endpoints() => _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null && e.DisplayName != "Fallback {**path:file}");

    private IEnumerable<string> Pages() => Endpoints().Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null).Select(PathOf).Distinct();

    // What says itself that it needs no token is no form: it answers nothing and changes nothing but the session's last use.
    private IEnumerable<string> Forms() => Endpoints()
        .Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>() is not { RequiresValidation: false } || e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
        .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
        .Select(PathOf).Distinct()
        .Where(p => !p.StartsWith("/api", StringComparison.Ordinal) && !p.StartsWith("/_", StringComparison.Ordinal) && !p.StartsWith("/hubs", StringComparison.Ordinal));

    private IEnumerable<string> Untokened() => Endpoints()
        .Where(e => e.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: false } && e.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        .Select(PathOf).Where(p => !p.StartsWith("/_", StringComparison.Ordinal) && !p.StartsWith("/hubs", StringComparison.Ordinal) && !p.StartsWith("/api", StringComparison.Ordinal)).Distinct();

    private static string PathOf(RouteEndpoint endpoint) => "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "GD04");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();

    // Data in a script element is not run.
    [GeneratedRegex("<script(?![^>]*\\bsrc=)(?![^>]*type=\"(application/json|importmap)\")[^>]*>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex InlineScript();

    [GeneratedRegex("<[a-z][^>]*\\s(on[a-z]+\\s*=\\s*\"|[a-z]+=\"javascript:)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex InlineHandler();

    private sealed class OtherPeer : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, following) =>
            {
                if (http.Request.Headers[Peer].ToString() is { Length: > 0 } peer) http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
                return following(http);
            });
            next(app);
        };
    }
}
