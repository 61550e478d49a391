using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Answers that belong to nobody's sign-in, tokens that do not hold, a provider that is away: a page that says so, and no session.</summary>
public sealed class SsoForgeryTests(SsoCentre centre) : IClassFixture<SsoCentre>, IDisposable
{
    private const string Failed = "/signin?sso=failed";

    private readonly Visitor _visitor = SsoVisits.NewVisitor(centre.Host);

    [Fact]
    public async Task State_ThatWasTamperedWith_IsRefusedInTheReadersLanguage()
    {
        await KnowAsync("f-1");
        var (back, _) = await _visitor.ComeBackAsync("f-1");
        var address = back!.ToString();
        var at = address.IndexOf("state=", StringComparison.Ordinal) + 20;

        var answer = await _visitor.Client.GetAsync(address[..at] + (address[at] == 'A' ? 'B' : 'A') + address[(at + 1)..]);

        answer.PathOf().ShouldBe(Failed);
        WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync(answer.Headers.Location)).ShouldContain("không còn hiệu lực");
        (await _visitor.Client.GetStringAsync(answer.Headers.Location + "&lang=en")).ShouldContain("no longer valid");
        await ShouldBeOutAsync(_visitor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=x")]
    [InlineData("?code=x&state=y")]
    [InlineData("?error=server_error&state=y")]
    [InlineData("?id_token=x&state=y")]
    public async Task Answer_ThatNobodyAskedFor_IsRefused(string query) =>
        (await _visitor.Client.GetAsync("/signin/sso/callback" + query)).PathOf().ShouldBe(Failed);

    [Fact]
    public async Task Answers_ThatAreTriedAgainAndAgain_AreHeldBackAndDoNotFillTheTrail()
    {
        using var stranger = new Visitor(centre.Host, "10.1.9.9");
        for (var i = 0; i < SignInLimit.AttemptsAMinute; i++) (await stranger.Client.GetAsync("/signin/sso/callback?code=x&state=y")).PathOf().ShouldBe(Failed);

        using var held = await stranger.Client.GetAsync("/signin/sso/callback?code=x&state=y");
        using var begun = await stranger.Client.GetAsync("/signin/sso");

        (held.StatusCode, begun.StatusCode).ShouldBe((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests));
        held.Headers.RetryAfter.ShouldNotBeNull();
        await using var count = centre.Host.Database.CreateCommand("select count(*) from audit_entry where address = '10.1.9.9'");
        (await count.ExecuteScalarAsync()).ShouldBe((long)SignInLimit.AttemptsAMinute);
    }

    [Fact]
    public async Task Answer_InAnotherBrowser_IsRefused()
    {
        await KnowAsync("f-2");
        var (back, _) = await _visitor.ComeBackAsync("f-2");
        using var victim = SsoVisits.NewVisitor(centre.Host);

        (await victim.Client.GetAsync(back)).PathOf().ShouldStartWith(Failed);

        await ShouldBeOutAsync(victim);
    }

    [Fact]
    public async Task Code_UsedASecondTime_IsRefused()
    {
        await KnowAsync("f-3");
        var (back, _) = await _visitor.ComeBackAsync("f-3");
        // Whoever stole the cookies of that one sign-in too: as they were, since a browser throws them away after use.
        using var thief = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        thief.DefaultRequestHeaders.Add("Cookie", _visitor.CookiesFor(back!));
        thief.DefaultRequestHeaders.Add("X-Forwarded-For", "10.9.9.9");

        (await _visitor.Client.GetAsync(back)).PathOf().ShouldBe("/");
        (await _visitor.Client.GetAsync(back)).PathOf().ShouldStartWith(Failed);
        (await thief.GetAsync(back)).PathOf().ShouldStartWith(Failed);
    }

    [Theory]
    [InlineData("f-nonce", "nonce", "another")]
    [InlineData("f-aud", "aud", "another-client")]
    [InlineData("f-iss", "iss", "https://elsewhere.example")]
    [InlineData("f-exp", "exp", 1_500_000_000)]
    [InlineData("f-key", null, null)]
    public async Task Token_ThatDoesNotHold_IsRefused(string subject, string? claim, object? value)
    {
        await centre.Provider.KnowAsync(subject, ProvidersPerson.Of([SsoCentre.Operators], userName: subject) with
        {
            Forged = claim is null ? null : new(StringComparer.Ordinal) { [claim] = value }, ForeignKey = claim is null,
        });

        (await _visitor.SignInBySsoAsync(subject)).PathOf().ShouldBe(Failed + "&returnUrl=%2F");

        await ShouldBeOutAsync(_visitor);
        using var scope = centre.Host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(subject + "@sso")).ShouldBeNull();
    }

    [Fact]
    public async Task Person_WhoProvedThemselvesTooLongAgo_IsAskedAgain()
    {
        await centre.Provider.KnowAsync("f-4", ProvidersPerson.Of([SsoCentre.Operators]) with { ProvedSecondsAgo = 600 });

        (await _visitor.SignInBySsoAsync("f-4")).PathOf().ShouldBe("/signin?sso=stale&returnUrl=%2F");
    }

    [Fact]
    public async Task Person_WhoCancels_IsBackAtTheSignIn() =>
        (await _visitor.SignInBySsoAsync("nobody", "/signin/sso?returnUrl=%2Faccount")).PathOf().ShouldBe("/signin?sso=cancelled&returnUrl=%2Faccount");

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task ReturnUrl_OfAnotherSite_IsNotFollowed(string target)
    {
        await KnowAsync("f-5");
        (await _visitor.SignInBySsoAsync("f-5", "/signin/sso?returnUrl=" + Uri.EscapeDataString(target))).PathOf().ShouldBe("/");
    }

    [Fact]
    public async Task Cookies_StayAtHomeAndHoldNoToken()
    {
        await KnowAsync("f-6");
        using var begun = await _visitor.Client.GetAsync("/signin/sso");
        begun.Headers.GetValues("Set-Cookie").ShouldAllBe(c => c.Contains("samesite=lax") && c.Contains("httponly"));

        using var done = await _visitor.SignInBySsoAsync("f-6");

        var session = done.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("ioc.session=", StringComparison.Ordinal));
        session.Length.ShouldBeLessThan(900);
        LogOfTheCentre().ShouldNotContain(OpenIdProvider.ClientSecret);
    }

    [Fact]
    public void EveryEndpoint_NamesItsPolicy() =>
        centre.Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.Contains("sso", StringComparison.Ordinal) || e.RoutePattern.RawText.Contains("oidc", StringComparison.Ordinal))
            .Select(e => (e.RoutePattern.RawText, e.Metadata.GetMetadata<IAuthorizeData>()?.Policy))
            .ShouldBe([("/signin/sso", Policies.Public), ("/signin/sso/callback", Policies.Public), ("/signout/sso", Policies.Public), ("/signout-oidc-backchannel", Policies.Public)], ignoreOrder: true);

    [Fact]
    public async Task Provider_ThatIsAway_LeavesLocalAccounts()
    {
        var nobody = new Uri($"http://localhost:{TestPaths.FreePort()}");
        await using var host = await IocHost.StartAsync(new() { Settings = SsoCentre.Settings(nobody) });
        using var visitor = new Visitor(host);

        var answer = await visitor.Client.GetAsync("/signin/sso?returnUrl=%2Faccount");

        answer.PathOf().ShouldBe("/signin?sso=away&returnUrl=%2Faccount");
        (await visitor.Client.GetStringAsync(answer.Headers.Location + "&lang=en")).ShouldContain("does not answer for the moment");
        (await visitor.Client.GetAsync("/signout/sso")).PathOf().ShouldBe("/signin");
        using var local = await Visitor.OfAsync(host, Roles.Operator);
        (await local.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Provider_ThatKnowsAnotherSecret_IsSaidAndNoFailureOfOurs()
    {
        var settings = SsoCentre.Settings(centre.Provider.Authority);
        settings["Ioc:Sso:ClientSecret"] = "another";
        await using var host = await IocHost.StartAsync(new() { Settings = settings });
        using var visitor = new Visitor(host);

        (await visitor.Client.GetAsync("/signin/sso")).PathOf().ShouldBe("/signin?sso=rejected&returnUrl=%2F");
    }

    [Fact]
    public async Task Centre_WithoutTheSettings_HasNeitherButtonNorAddress()
    {
        await using var host = await IocHost.StartAsync();
        using var visitor = new Visitor(host);

        var page = await visitor.Client.GetStringAsync("/signin?sso=failed");
        page.ShouldNotContain("signin/sso");
        page.ShouldNotContain("role=\"alert\"");
        foreach (var path in new[] { "/signin/sso", "/signin/sso/callback", "/signout/sso" })
            (await visitor.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    public void Dispose() => _visitor.Dispose();

    private string LogOfTheCentre()
    {
        using var log = new StreamReader(new FileStream(Directory.EnumerateFiles(Path.Combine(centre.Host.DataDirectory, "logs")).Single(), FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return log.ReadToEnd();
    }

    private Task KnowAsync(string subject) => centre.Provider.KnowAsync(subject, ProvidersPerson.Of([SsoCentre.Operators], userName: subject));

    private static async Task ShouldBeOutAsync(Visitor visitor) => (await visitor.Client.GetAsync("/account")).PathOf().ShouldStartWith("/signin?returnUrl");
}
