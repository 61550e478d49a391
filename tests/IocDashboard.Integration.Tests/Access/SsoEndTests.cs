using System.Net;
using System.Text.RegularExpressions;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>What the provider takes is taken here: roles and sessions of whoever has no place any more, sessions of whoever signed out there.</summary>
public sealed class SsoEndTests(SsoCentre centre) : IClassFixture<SsoCentre>, IDisposable
{
    private readonly Visitor _visitor = SsoVisits.NewVisitor(centre.Host), _elsewhere = SsoVisits.NewVisitor(centre.Host);

    private RoleAssignments Assignments => centre.Host.Services.GetRequiredService<RoleAssignments>();

    [Theory]
    [InlineData("e-1", "no-role", "SYT")]
    [InlineData("e-2", "excluded", "SYT", SsoCentre.Operators, SsoCentre.Leaders)]
    [InlineData("e-3", "agency", "XYZ", SsoCentre.Reporters)]
    public async Task Person_WhoHasNoRightfulPlaceAnyMore_LosesRolesAndSessionsWithTheRefusal(string subject, string why, string agency, params string[] groups)
    {
        await centre.Provider.KnowAsync(subject, ProvidersPerson.Of([SsoCentre.Operators], userName: subject));
        (await _visitor.SignInBySsoAsync(subject)).PathOf().ShouldBe("/");
        (await _visitor.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await centre.Provider.KnowAsync(subject, ProvidersPerson.Of(groups, agency, userName: subject, name: "Tên Mới"));

        (await _elsewhere.SignInBySsoAsync(subject)).PathOf().ShouldBe($"/signin?sso={why}&returnUrl=%2F");

        (await RolesAsync(subject)).ShouldBeEmpty();
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldBe("/signin?returnUrl=%2Faccount&ended=rights-taken");
        WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync("/signin?ended=rights-taken")).ShouldContain("không còn vai trò nào");
        (await AccountAsync(subject))!.FullName.ShouldBe("Phạm Thị Lan", "a refusal gives nothing");
        (await EntriesAsync(subject + "@sso")).ShouldBe(["account-set 0", "role-granted 0", "sign-in 0", "session-ended 0", "role-ended 0", "sign-in 1"]);
    }

    [Fact]
    public async Task LastAdministrator_OfTheProvider_KeepsTheRoleAndIsLetInNoMore()
    {
        await centre.Provider.KnowAsync("e-4", ProvidersPerson.Of([SsoCentre.Administrators], userName: "e-4") with { Amr = ["mfa"] });
        (await _visitor.SignInBySsoAsync("e-4")).PathOf().ShouldBe("/");
        await centre.Provider.KnowAsync("e-4", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-4") with { Amr = ["mfa"] });

        (await _elsewhere.SignInBySsoAsync("e-4")).PathOf().ShouldBe("/signin?sso=last-administrator&returnUrl=%2F");

        (await RolesAsync("e-4")).ShouldBe([Roles.Administrator]);
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldContain("ended=rights-taken");
        (await EntriesAsync("e-4@sso")).ShouldContain("role-ended 1");

        using var another = await Visitor.OfAsync(centre.Host, Roles.Administrator, "IOC", "quan.tri.khac");
        (await _elsewhere.SignInBySsoAsync("e-4")).PathOf().ShouldBe("/");
        (await RolesAsync("e-4")).ShouldBe([Roles.Operator]);
    }

    [Fact]
    public async Task SignOut_AtTheProvider_EndsEverySessionOfThePersonHere()
    {
        await centre.Provider.KnowAsync("e-5", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-5"));
        await _visitor.SignInBySsoAsync("e-5");
        await _elsewhere.SignInBySsoAsync("e-5");

        var asked = await _visitor.Client.GetStringAsync(new Uri(centre.Provider.Authority, $"/session/end?client_id={OpenIdProvider.ClientId}"));
        using var yes = new FormUrlEncodedContent([new("xsrf", Regex.Match(asked, "name=\"xsrf\" value=\"([^\"]+)\"").Groups[1].Value), new("logout", "yes")]);
        await _visitor.Client.PostAsync(new Uri(centre.Provider.Authority, "/session/end/confirm"), yes);

        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldContain("ended=signed-out-at-provider");
        (await _elsewhere.Client.GetAsync("/account")).PathOf().ShouldContain("ended=signed-out-at-provider");
        (await EntriesAsync("e-5@sso"))[^1].ShouldBe("session-ended 0");
    }

    [Fact]
    public async Task SignOut_AtTheProviderDuringASignIn_EndsTheSessionThatItBegins()
    {
        await centre.Provider.KnowAsync("e-10", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-10"));
        await _elsewhere.SignInBySsoAsync("e-10");
        var (back, _) = await _visitor.ComeBackAsync("e-10");
        await using var connection = await centre.Host.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var hold = new NpgsqlCommand("""select from identity.account where "UserName" = 'e-10@sso' for update""", connection, transaction);
        await hold.ExecuteNonQueryAsync();

        var signIn = _visitor.Client.GetAsync(back);
        await UntilWaitingAsync(1);
        var signOut = SendAsync(await centre.Provider.SignAsync(Claims("e-10")), "10.3.0.3");
        await Task.WhenAny(signOut, UntilWaitingAsync(2));
        await transaction.RollbackAsync();

        (await signIn).PathOf().ShouldBe("/");
        (await signOut).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldContain("ended=signed-out-at-provider");
    }

    [Fact]
    public async Task LogoutToken_EndsSessionsOnce()
    {
        await centre.Provider.KnowAsync("e-6", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-6"));
        await _visitor.SignInBySsoAsync("e-6");
        var token = await centre.Provider.SignAsync(Claims("e-6"));

        using var first = await SendAsync(token, "10.3.0.1");
        await _elsewhere.SignInBySsoAsync("e-6");
        using var again = await SendAsync(token, "10.3.0.1");

        (first.StatusCode, again.StatusCode).ShouldBe((HttpStatusCode.OK, HttpStatusCode.BadRequest));
        first.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldContain("ended=signed-out-at-provider");
        (await _elsewhere.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK, "a token that was heard on the way is worth nothing");
        using var stranger = await SendAsync(await centre.Provider.SignAsync(Claims("khong-ai")), "10.3.0.1");
        stranger.StatusCode.ShouldBe(HttpStatusCode.OK, "whoever is not known has no session");
    }

    [Theory]
    [InlineData("aud", "another-client")]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("nonce", "x")]
    [InlineData("events", null)]
    [InlineData("events", "http://schemas.openid.net/event/backchannel-logout")]
    [InlineData("iat", null)]
    [InlineData("iat", 1_500_000_000)]
    [InlineData("iat", 4_000_000_000)]
    [InlineData("iat", "now")]
    [InlineData("exp", 1_500_000_000)]
    [InlineData("jti", null)]
    [InlineData("jti", "")]
    [InlineData("sub", null)]
    [InlineData("sub", 7)]
    [InlineData("typ", "at+jwt")]
    [InlineData("key", "foreign")]
    public async Task LogoutToken_ThatDoesNotHold_EndsNothing(string claim, object? value)
    {
        await centre.Provider.KnowAsync("e-7", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-7"));
        await _visitor.SignInBySsoAsync("e-7");
        var claims = Claims("e-7");
        if (claim is not ("typ" or "key")) claims[claim] = value;
        if (value is null) claims.Remove(claim);

        using var answer = await SendAsync(await centre.Provider.SignAsync(claims, claim == "typ" ? "at+jwt" : "logout+jwt", foreignKey: claim == "key"), "10.3.0.2");

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _visitor.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LogoutTokens_ThatAreGuessed_AreHeldBackAndDoNotFillTheTrail()
    {
        for (var i = 0; i < SignInLimit.AttemptsAMinute; i++)
        {
            using var refused = await SendAsync(i % 2 == 0 ? "a.b.c" : null, "10.3.0.9");
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }

        using var held = await SendAsync("a.b.c", "10.3.0.9");
        using var real = await SendAsync(await centre.Provider.SignAsync(Claims("e-8")), "10.3.0.9");

        held.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        real.StatusCode.ShouldBe(HttpStatusCode.OK, "the provider itself is not held back");
        await using var count = centre.Host.Database.CreateCommand("select count(*) from audit_entry where address = '10.3.0.9' and action = 'sign-out'");
        (await count.ExecuteScalarAsync()).ShouldBe((long)SignInLimit.AttemptsAMinute);
    }

    [Fact]
    public async Task Account_OfTheSingleSignOn_IsGivenNoPassword()
    {
        await centre.Provider.KnowAsync("e-9", ProvidersPerson.Of([SsoCentre.Operators], userName: "e-9"));
        await _visitor.SignInBySsoAsync("e-9");
        var by = AuditActor.Itself;

        (await centre.Host.Services.GetRequiredService<AdministerPerson>().ResetPasswordAsync("e-9@sso", by)).ShouldBe((PersonOutcome.BySso, null));
        using (var scope = centre.Host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("e-9@sso", Visitor.Password, Roles.Operator, "IOC")).ShouldNotBeEmpty();
        (await centre.Host.Services.GetRequiredService<AddPerson>().Handle(new("gia.mao@SSO", "Giả Mạo", "SYT", Roles.Operator, null, null, null), by))
            .Errors.ShouldBe([new(PersonFields.UserName, PersonErrorCode.BadUserName)]);

        (await AccountAsync("e-9"))!.PasswordHash.ShouldBeNull();
        (await _visitor.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose()
    {
        _visitor.Dispose();
        _elsewhere.Dispose();
    }

    private static Dictionary<string, object?> Claims(string subject) => new(StringComparer.Ordinal)
    {
        ["sub"] = subject, ["jti"] = Guid.NewGuid().ToString(), ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
        ["events"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["http://schemas.openid.net/event/backchannel-logout"] = new { } },
    };

    private async Task<HttpResponseMessage> SendAsync(string? token, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, BackchannelLogout.Path) { Headers = { { "X-Forwarded-For", address } } };
        request.Content = new FormUrlEncodedContent(token is null ? [new("x", "y")] : [new("logout_token", token)]);
        return await centre.Host.Client.SendAsync(request);
    }

    private async Task UntilWaitingAsync(long many)
    {
        await using var waiting = centre.Host.Database.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
        for (var i = 0; i < 100 && (long)(await waiting.ExecuteScalarAsync())! < many; i++) await Task.Delay(100);
    }

    private async Task<UserAccount?> AccountAsync(string subject)
    {
        using var scope = centre.Host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByLoginAsync(centre.Provider.Authority.GetLeftPart(UriPartial.Authority), subject);
    }

    private async Task<IReadOnlyList<string>> RolesAsync(string subject) =>
        [.. (await Assignments.OfAsync((await AccountAsync(subject))!.Id)).Where(r => r.IsValidAt(TimeProvider.System.GetUtcNow())).Select(r => r.Role)];

    private async Task<IReadOnlyList<string>> EntriesAsync(string subject)
    {
        await using var select = centre.Host.Database.CreateCommand("select coalesce(array_agg(action || ' ' || outcome order by seq), '{}') from audit_entry where subject = $1");
        select.Parameters.Add(new() { Value = subject });
        return (string[])(await select.ExecuteScalarAsync())!;
    }
}
