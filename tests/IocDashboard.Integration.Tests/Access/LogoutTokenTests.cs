using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Sso;

namespace IocDashboard.Tests.Access;

/// <summary>Logout tokens that anybody can send while the provider is away: the centre is nobody's means to call it.</summary>
public sealed class LogoutTokenTests : IAsyncLifetime
{
    private readonly TcpListener _provider = new(IPAddress.Loopback, 0);
    private IocHost _host = null!;
    private int _calls;

    public async ValueTask InitializeAsync()
    {
        _provider.Start();
        _ = CountAsync();
        _host = await IocHost.StartAsync(new() { Settings = SsoCentre.Settings(new($"http://127.0.0.1:{((IPEndPoint)_provider.LocalEndpoint).Port}")) });
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Token_ThatIsNotForThisCentre_IsRefusedWithoutAskingTheProvider()
    {
        foreach (var token in new[] { null, "", "x", "a.b.c", "e30.e30.e30", Unsigned(new { iss = "https://sso", aud = "another-client" }), Unsigned(new { aud = OpenIdProvider.ClientId }), Unsigned(new { iss = "https://sso", aud = 7 }) })
            (await SendAsync(token, "10.3.1.1")).ShouldBe(HttpStatusCode.BadRequest, token);

        _calls.ShouldBe(0);
    }

    [Fact]
    public async Task Token_WhileTheProviderIsAway_CountsAsAnAttemptFromItsAddress()
    {
        var token = Unsigned(new { iss = "https://sso", aud = OpenIdProvider.ClientId });
        for (var i = 0; i < SignInLimit.AttemptsAMinute; i++) (await SendAsync(token, "10.3.1.2")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await SendAsync(token, "10.3.1.2")).ShouldBe(HttpStatusCode.TooManyRequests);
        _calls.ShouldBeGreaterThan(0);
    }

    private static string Unsigned(object claims) =>
        string.Join('.', new[] { "{\"alg\":\"RS256\"}", JsonSerializer.Serialize(claims), "no signature" }.Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));

    private async Task<HttpStatusCode> SendAsync(string? token, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, BackchannelLogout.Path) { Headers = { { "X-Forwarded-For", address } } };
        request.Content = new FormUrlEncodedContent(token is null ? [new("x", "y")] : [new("logout_token", token)]);
        using var answer = await _host.Client.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Hangs up on whoever calls.</summary>
    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var call = await _provider.AcceptTcpClientAsync();
                Interlocked.Increment(ref _calls);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
