using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A person's browser somewhere else on the network: it keeps cookies, follows no redirects, fills in the sign-in form.</summary>
public sealed partial class Visitor : IDisposable
{
    public const string Password = "Sông Thu Bồn mùa lũ";

    private readonly CookieContainer _cookies = new();
    private readonly TimeProvider _clock;

    public Visitor(IocHost host, string address = "10.1.1.1") => (_clock, Client) = (host.Services.GetRequiredService<TimeProvider>(), new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies })
    {
        BaseAddress = host.BaseAddress, DefaultRequestHeaders = { { "X-Forwarded-For", address }, { "Accept", "text/html" } },
    });

    public HttpClient Client { get; }

    /// <summary>What this person's authenticator app knows; null without one.</summary>
    public string? Key { get; set; }

    /// <summary>A new account, signed in; an administrator with a second factor.</summary>
    public static async Task<Visitor> OfAsync(IocHost host, string role, string agency = "IOC", string? userName = null)
    {
        var visitor = new Visitor(host);
        using (var scope = host.Services.CreateScope())
        {
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName ?? role, Password, role, agency)).ShouldBeEmpty();
            if (role == Roles.Administrator) visitor.Key = await EnrolAsync(scope.ServiceProvider, userName ?? role);
        }

        using var answer = await visitor.SignInAsync(userName ?? role, Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    /// <summary>Gives an account an authenticator app, as its owner's page does; recovery codes it has none.</summary>
    public static async Task<string> EnrolAsync(IServiceProvider services, string userName)
    {
        var accounts = services.GetRequiredService<AccountManager>();
        var account = (await accounts.FindByNameAsync(userName))!;
        var key = accounts.GenerateNewAuthenticatorKey();
        (await accounts.SetAuthenticatorKeyAsync(account, key)).Succeeded.ShouldBeTrue();
        (await accounts.SetTwoFactorEnabledAsync(account, true)).Succeeded.ShouldBeTrue();
        return key;
    }

    /// <summary>With the code of the app too, where there is one.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string userName, string password, string path = "/signin")
    {
        var answer = await FillAsync(path, "signin", ("Form.UserName", userName), ("Form.Password", password));
        if (Key is not { } key || answer.Headers.Location is not { } next || !next.OriginalString.Contains("/signin/code", StringComparison.Ordinal)) return answer;
        answer.Dispose();
        return await FillAsync(new Uri(Client.BaseAddress!, next).PathAndQuery, "code", ("Form.Code", CodeNow()));
    }

    /// <summary>A code that was not used yet, as long as the clock does not stand still.</summary>
    public string CodeNow(int later = 0) => OneTimeCode.Of(Key!, _clock.GetUtcNow(), later);

    /// <summary>Opens a page and posts its form of this name; a page itself takes what its forms send.</summary>
    public async Task<HttpResponseMessage> FillAsync(string path, string handler, params (string Name, string Value)[] fields)
    {
        var page = await Client.GetStringAsync(path);
        using var form = new FormUrlEncodedContent(
            [new("_handler", handler), new("__RequestVerificationToken", TokenOf(page)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        return await Client.PostAsync(WebUtility.HtmlDecode(ActionPattern().Match(page).Groups["action"].Value), form);
    }

    /// <summary>As a header, for a client of another kind.</summary>
    public string CookiesFor(Uri address) => _cookies.GetCookieHeader(address);

    public void Dispose() => Client.Dispose();

    public static string TokenOf(string page) => TokenPattern().Match(page).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex TokenPattern();

    [GeneratedRegex("<form method=\"post\" action=\"(?<action>(?!signout)[^\"]+)\"")]
    private static partial Regex ActionPattern();
}
