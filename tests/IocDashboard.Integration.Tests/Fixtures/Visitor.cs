using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A person's browser somewhere else on the network: it keeps cookies, follows no redirects, fills in the sign-in form.</summary>
public sealed partial class Visitor : IDisposable
{
    public const string Password = "Sông Thu Bồn mùa lũ";

    private readonly CookieContainer _cookies = new();

    public Visitor(IocHost host, string address = "10.1.1.1") => Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies })
    {
        BaseAddress = host.BaseAddress, DefaultRequestHeaders = { { "X-Forwarded-For", address }, { "Accept", "text/html" } },
    };

    public HttpClient Client { get; }

    /// <summary>A new account, signed in.</summary>
    public static async Task<Visitor> OfAsync(IocHost host, string role, string agency = "IOC", string? userName = null)
    {
        using (var scope = host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName ?? role, Password, role, agency)).ShouldBeEmpty();
        var visitor = new Visitor(host);
        (await visitor.SignInAsync(userName ?? role, Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    public async Task<HttpResponseMessage> SignInAsync(string userName, string password, string path = "/signin")
    {
        return await FillAsync(path, "signin", ("Form.UserName", userName), ("Form.Password", password));
    }

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
