using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = Visitor.Password;
    private IocHost _host = null!;
    private Visitor _visitor = null!;

    private HttpClient Browser => _visitor.Client;

    public async ValueTask InitializeAsync()
    {
        _host = await IocHost.StartAsync(new()
        {
            Routes = routes => routes
                .MapGet("/test/operate", (HttpContext http) => http.User.FindFirst(AccessClaims.Agency)!.Value)
                .RequireAuthorization(Policies.Operate),
        });
        using var scope = _host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("truc.ban", Password, Roles.Operator, "QTI")).ShouldBeEmpty();
        _visitor = new Visitor(_host);
    }

    public async ValueTask DisposeAsync()
    {
        _visitor.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Person_WithTheRightPassword_GetsToWhereTheyWereGoing()
    {
        var answer = await SignIn("truc.ban", Password, "/signin?returnUrl=%2Ftest%2Foperate");
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        PathOf(answer).ShouldBe("/test/operate");
        (await Browser.GetStringAsync("/test/operate")).ShouldBe("QTI");
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task ReturnUrl_OfAnotherSite_IsNotFollowed(string target)
    {
        var answer = await SignIn("truc.ban", Password, "/signin?returnUrl=" + Uri.EscapeDataString(target));
        PathOf(answer).ShouldBe("/");
    }

    [Fact]
    public async Task WrongPassword_StaysOnThePageAndSaysSo()
    {
        var answer = await SignIn("truc.ban", "không phải mật khẩu", "/signin?lang=en");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Browser.GetAsync("/test/operate")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("role=\"alert\"");
    }

    [Fact]
    public async Task FifthWrongPassword_LocksTheAccount()
    {
        for (var i = 0; i < 5; i++) await SignIn("truc.ban", "không phải mật khẩu", "/signin");
        (await SignIn("truc.ban", Password, "/signin")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Form_WithoutItsAntiforgeryToken_IsRefused()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["_handler"] = "signin", ["Form.UserName"] = "truc.ban", ["Form.Password"] = Password });
        (await Browser.PostAsync("/signin", form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task SignOut_EndsTheSession()
    {
        await SignIn("truc.ban", Password, "/signin");
        var token = Visitor.TokenOf(await Browser.GetStringAsync("/signin"));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
        (await Browser.PostAsync("/signout", form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Browser.GetAsync("/test/operate")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Page_IsInBothLanguages()
    {
        WebUtility.HtmlDecode(await Browser.GetStringAsync("/signin")).ShouldContain("Đăng nhập");
        (await Browser.GetStringAsync("/signin?lang=en")).ShouldContain("Sign in");
    }

    private Task<HttpResponseMessage> SignIn(string userName, string password, string path) => _visitor.SignInAsync(userName, password, path);

    private string PathOf(HttpResponseMessage answer) => new Uri(_host.BaseAddress, answer.Headers.Location!).PathAndQuery;
}
