using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>Signing in with a second factor: codes once, recovery codes once, guessing locks, and from outside nobody gets in without.</summary>
public sealed class SecondFactorTests : IAsyncLifetime
{
    private const string Name = "lan.pham", Outside = "203.113.131.7";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Password_OfAnAccountWithASecondFactor_OpensNothingByItself()
    {
        using var person = await WithAppAsync();
        using var half = await person.FillAsync("/signin?returnUrl=%2Fconsole%2Foverdue", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        PathOf(half).ShouldBe("/signin/code?returnUrl=%2Fconsole%2Foverdue");
        (await person.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await EntriesAsync(AuditActions.SignIn)).ShouldBeEmpty();
        var begun = (await EntriesAsync(AuditActions.SecondStepBegun)).Single();
        (begun.Subject, begun.Actor.Kind, begun.Actor.Address).ShouldBe((Name, AuditActor.Nobody, "10.1.1.1"));

        using var whole = await person.FillAsync(PathOf(half), "code", ("Form.Code", person.CodeNow().Insert(3, " ")));

        PathOf(whole).ShouldBe("/console/overdue");
        (await person.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SessionAsync()).ShouldBe((SignInMethods.PasswordAndCode, true));
        (await EntriesAsync(AuditActions.SignIn)).Single().After.ShouldBe("""{"method":"password+totp"}""");
    }

    [Fact]
    public async Task Code_IsTakenOnce_AndNoEarlierOneAfterIt()
    {
        using var person = await WithAppAsync();
        var (first, next) = (person.CodeNow(), person.CodeNow(later: 1));

        (await SignsInAsync(person, next)).ShouldBeTrue();
        (await SignsInAsync(person, next)).ShouldBeFalse("used before");
        (await SignsInAsync(person, first)).ShouldBeFalse("older than one that was used");
        _clock.Advance(TimeSpan.FromSeconds(30));
        (await SignsInAsync(person, next)).ShouldBeFalse("used before, and still in its window");
        (await SignsInAsync(person, person.CodeNow(later: 1))).ShouldBeTrue();

        (await EntriesAsync(AuditActions.SignIn)).Count(e => e.Outcome == AuditOutcome.Refused && e.After == """{"why":"code"}""").ShouldBe(3);
    }

    [Fact]
    public async Task Codes_ThatAreWrong_LockTheAccountForRightOnesToo()
    {
        using var person = await WithAppAsync();
        for (var i = 0; i < 5; i++) (await SignsInAsync(person, "000000")).ShouldBeFalse();

        (await SignsInAsync(person, person.CodeNow())).ShouldBeFalse("locked");
        _clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        (await SignsInAsync(person, person.CodeNow())).ShouldBeTrue();
    }

    [Fact]
    public async Task PasswordsAndCodes_AreCountedTogether_ARightPasswordForgivesNoWrongCode()
    {
        using var person = await WithAppAsync();
        for (var i = 0; i < 4; i++) (await SignsInAsync(person, "000000")).ShouldBeFalse();
        await person.SignInAsync(Name, "không phải mật khẩu");

        (await SignsInAsync(person, person.CodeNow())).ShouldBeFalse("locked");
    }

    [Fact]
    public async Task Attempts_InTheSameMoment_AreCheckedOneAtATime()
    {
        using var person = await WithAppAsync();
        var gate = _host.Services.GetRequiredService<AttemptGate>();
        await using (await gate.EnterAsync("a"))
        {
            (await gate.EnterAsync("a")).ShouldBeNull();
            await using var other = await gate.EnterAsync("b");
            other.ShouldNotBeNull();
        }

        await using var after = await gate.EnterAsync("a");
        after.ShouldNotBeNull();
    }

    [Fact]
    public async Task Owner_WhoComesWhileAnotherAttemptIsChecked_WaitsAndIsRight()
    {
        using var person = await WithAppAsync();
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));

        using var inside = await BehindAnotherAsync(() => person.FillAsync("/signin/code", "code", ("Form.Code", person.CodeNow())));
        using var proven = await BehindAnotherAsync(() => person.FillAsync("/account/second-factor", "prove", ("Form.Password", Visitor.Password)));
        using var changed = await BehindAnotherAsync(() => person.FillAsync(
            "/account/password", "password", ("Form.Current", Visitor.Password), ("Form.New", "cá rô đồng kho tộ 7 phút"), ("Form.Again", "cá rô đồng kho tộ 7 phút")));

        inside.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await WordsAsync(proven)).ShouldNotContain("Không đúng, hoặc tài khoản đang tạm khóa");
        changed.StatusCode.ShouldBe(HttpStatusCode.Redirect);

        async Task<HttpResponseMessage> BehindAnotherAsync(Func<Task<HttpResponseMessage>> attempt)
        {
            var other = (await _host.Services.GetRequiredService<AttemptGate>().EnterAsync(await IdAsync())).ShouldNotBeNull();
            var mine = attempt();
            await Task.Delay(500);
            await other.DisposeAsync();
            return await mine;
        }
    }

    [Fact]
    public async Task Code_ThatNeverHadItsTurn_IsNotCalledWrongOnTheTrail()
    {
        using var person = await WithAppAsync();
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));

        await using (await _host.Services.GetRequiredService<AttemptGate>().EnterAsync(await IdAsync()))
        {
            using var refused = await person.FillAsync("/signin/code", "code", ("Form.Code", person.CodeNow()));
            refused.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (await EntriesAsync(AuditActions.SignIn))[0].After.ShouldBe("""{"why":"too-fast"}""");
    }

    [Fact]
    public async Task Account_ReadBeforeItsTurn_IsReadAgainInIt()
    {
        using var person = await WithAppAsync();
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        using var scope = _host.Services.CreateScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        http.Request.Headers.Cookie = person.CookiesFor(_host.BaseAddress);
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        var (step, owner) = (scope.ServiceProvider.GetRequiredService<SecondStep>(), scope.ServiceProvider.GetRequiredService<OwnerCheck>());
        var account = (await step.WhoseAsync())!;
        for (var i = 0; i < 5; i++) await person.SignInAsync(Name, "không phải mật khẩu");

        (await step.CodeAsync(person.CodeNow())).IsLockedOut.ShouldBeTrue();
        (await step.RecoveryCodeAsync("AAAA-BBBB-CCCC-DDDD")).IsLockedOut.ShouldBeTrue();
        await scope.ServiceProvider.GetRequiredService<AccountsContext>().Entry(account).ReloadAsync();
        account.LockoutEnd = null;
        (await owner.IsOwnerAsync(account, Visitor.Password)).ShouldBeFalse();
    }

    [Fact]
    public async Task RecoveryCode_OpensOnce_AndCountsAsStrong()
    {
        using var person = await WithAppAsync();
        var code = (await RecoveryCodesAsync())[3];

        (await SignsInAsync(person, code.ToLowerInvariant().Replace('-', ' '), "recovery")).ShouldBeTrue("as people type it");
        (await SessionAsync()).ShouldBe((SignInMethods.PasswordAndRecoveryCode, true));
        (await SignsInAsync(person, code, "recovery")).ShouldBeFalse("used before");
        for (var i = 0; i < 4; i++) (await SignsInAsync(person, "AAAA-BBBB-CCCC-DDDD", "recovery")).ShouldBeFalse();
        (await SignsInAsync(person, person.CodeNow())).ShouldBeFalse("guessing recovery codes locks");
    }

    [Fact]
    public async Task SecondStep_ExpiresAfterFiveMinutes()
    {
        using var person = await WithAppAsync();
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        _clock.Advance(SecondStep.Within + TimeSpan.FromSeconds(1));

        PathOf(await person.Client.GetAsync("/signin/code?returnUrl=%2Fwall")).ShouldBe("/signin?returnUrl=%2Fwall");
    }

    [Fact]
    public async Task Outside_WithoutASecondFactor_IsRefusedAfterTheRightPasswordAlone()
    {
        await AccountAsync(Name, Roles.Operator);
        using var stranger = new Visitor(_host, Outside);

        (await WordsAsync(await stranger.SignInAsync(Name, "không phải mật khẩu"))).ShouldContain("Tên đăng nhập hoặc mật khẩu không đúng");
        (await WordsAsync(await stranger.SignInAsync(Name, Visitor.Password))).ShouldContain("Từ ngoài mạng của trung tâm cần xác thực hai lớp");

        (await CountAsync("select count(*) from identity.session")).ShouldBe(0);
        (await EntriesAsync(AuditActions.SignIn))[0].After.ShouldBe("""{"why":"second-factor-needed"}""");
        using var inside = new Visitor(_host);
        (await inside.SignInAsync(Name, Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Outside_WithASecondFactor_IsInside()
    {
        using var person = await WithAppAsync(Outside);
        (await SignsInAsync(person, person.CodeNow())).ShouldBeTrue();
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_BegunInsideWithoutASecondFactor_EndsWhenItIsUsedFromOutside()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/console") { Headers = { { "Cookie", person.CookiesFor(_host.BaseAddress) }, { "X-Forwarded-For", Outside }, { "Accept", "text/html" } } };

        using var refused = await _host.Client.SendAsync(elsewhere);

        PathOf(refused).ShouldBe("/signin?returnUrl=%2Fconsole&ended=second-factor-needed");
        WebUtility.HtmlDecode(await person.Client.GetStringAsync(PathOf(refused))).ShouldContain("Ở đây cần xác thực hai lớp");
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.Redirect, "its cookie may be stolen");
        (await EntriesAsync(AuditActions.SessionEnded)).Single().Actor.Address.ShouldBe(Outside);
    }

    [Fact]
    public async Task Administrator_WithoutASecondFactor_GetsNoFurtherThanToSetOneUp()
    {
        using (var scope = _host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("quan.tri", Visitor.Password, Roles.Administrator, "IOC", isInitial: true)).ShouldBeEmpty();
        using var person = new Visitor(_host);
        await person.SignInAsync("quan.tri", Visitor.Password);

        // First the password, then the second factor.
        PathOf(await person.Client.GetAsync("/account/second-factor")).ShouldStartWith("/account/password?");
        const string chosen = "cá rô đồng kho tộ 7 phút";
        await person.FillAsync("/account/password", "password", ("Form.Current", Visitor.Password), ("Form.New", chosen), ("Form.Again", chosen));
        PathOf(await person.Client.GetAsync("/console/audit?day=2026-11-23")).ShouldBe("/account/second-factor?returnUrl=%2Fconsole%2Faudit%3Fday%3D2026-11-23");
        (await person.Client.PostAsync("/hubs/live/negotiate", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await person.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await person.Client.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await SecondFactorPages.ProveAsync(person, chosen);
        await SecondFactorPages.SetAppAsync(person, _clock);

        (await person.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);
        WebUtility.HtmlDecode(await person.Client.GetStringAsync("/account/second-factor")).ShouldContain("nên không tắt được");
    }

    [Fact]
    public async Task Role_GivenAndTakenInAnOpenSession_AsksAtOnceAndAsksNoMore()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        var roles = _host.Services.GetRequiredService<RoleAssignments>();
        var account = await IdAsync();
        (await roles.GrantAsync(account, Roles.Administrator, null, null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.None);
        _clock.Advance(SessionRegister.TrustFor);

        PathOf(await person.Client.GetAsync("/console")).ShouldStartWith("/account/second-factor?");
        // The last administrator stays one.
        await AccountAsync("quan.tri", Roles.Administrator);
        (await roles.EndAsync((await roles.OfAsync(account)).Single(r => r.Role == Roles.Administrator).Id, AuditActor.Itself)).ShouldBe(RoleEndRefusal.None);
        _clock.Advance(SessionRegister.TrustFor);

        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Demonstration_AsksAdministratorsInsideForNothing_AndOutsideForASecondFactor()
    {
        await ExecuteAsync("insert into ioc.installation (key, value) values ('illustrative', 'true') on conflict (key) do update set value = 'true'");
        await AccountAsync("quan.tri", Roles.Administrator);
        using var inside = new Visitor(_host);
        await inside.SignInAsync("quan.tri", Visitor.Password);
        (await inside.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var outside = new Visitor(_host, Outside);
        (await WordsAsync(await outside.SignInAsync("quan.tri", Visitor.Password))).ShouldContain("cần xác thực hai lớp");
    }

    [Theory]
    [InlineData("true", HttpStatusCode.Redirect)]
    [InlineData("false", HttpStatusCode.OK)]
    public async Task Setting_SaysWhetherAdministratorsNeedOne(string setting, HttpStatusCode audit)
    {
        await using var host = await IocHost.StartAsync(new() { Settings = new Dictionary<string, string?> { ["Ioc:AdministratorsNeedSecondFactor"] = setting, ["Ioc:OwnNetworks"] = "10.1.0.0/16" } });
        using (var scope = host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("quan.tri", Visitor.Password, Roles.Administrator, "IOC")).ShouldBeEmpty();
        using var inside = new Visitor(host);
        await inside.SignInAsync("quan.tri", Visitor.Password);
        (await inside.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(audit);

        using var elsewhere = new Visitor(host, "10.2.0.1");
        (await WordsAsync(await elsewhere.SignInAsync("quan.tri", Visitor.Password))).ShouldContain("cần xác thực hai lớp");
    }

    [Fact]
    public async Task Reset_TakesItAwayAndAsksForANewPassword()
    {
        using var person = await WithAppAsync();
        (await SignsInAsync(person, person.CodeNow())).ShouldBeTrue();
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = _host.ConnectionString };

        var (code, output) = await IocProcess.RunAsync(_host.DataDirectory, ["user", "reset-second-factor", "--user", Name], environment);

        code.ShouldBe(0, output);
        _clock.Advance(SessionRegister.TrustFor);
        PathOf(await person.Client.GetAsync("/account")).ShouldContain("ended=second-factor-changed");
        person.Key = null;
        PathOf(await person.SignInAsync(Name, Visitor.Password)).ShouldBe("/");
        PathOf(await person.Client.GetAsync("/console")).ShouldStartWith("/account/password");
        (await EntriesAsync(AuditActions.SecondFactorReset)).Single().Subject.ShouldBe(Name);
        (await IocProcess.RunAsync(_host.DataDirectory, ["user", "reset-second-factor", "--user", "khong.co.ai"], environment)).ExitCode.ShouldNotBe(0);
    }

    private async Task<Visitor> WithAppAsync(string address = "10.1.1.1")
    {
        await AccountAsync(Name, Roles.Operator);
        using var scope = _host.Services.CreateScope();
        return new Visitor(_host, address) { Key = await Visitor.EnrolAsync(scope.ServiceProvider, Name) };
    }

    private async Task AccountAsync(string name, string role)
    {
        using var scope = _host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(name, Visitor.Password, role, "QTI")).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> RecoveryCodesAsync()
    {
        using var scope = _host.Services.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<AccountManager>();
        return [.. (await accounts.GenerateNewTwoFactorRecoveryCodesAsync((await accounts.FindByNameAsync(Name))!, SecondFactors.RecoveryCodes))!];
    }

    /// <summary>Begins anew each time, and ends with whether it is inside.</summary>
    private async Task<bool> SignsInAsync(Visitor person, string code, string form = "code")
    {
        using var start = await person.Client.GetAsync("/signin");
        var key = (person.Key, person.Key = null).Key;
        if ((await start.Content.ReadAsStringAsync()).Contains("action=\"signout\"", StringComparison.Ordinal)) await SecondFactorPages.SignOutAsync(person);
        using var half = await person.SignInAsync(Name, Visitor.Password);
        person.Key = key;
        if (half.StatusCode != HttpStatusCode.Redirect) return false;
        using var answer = await person.FillAsync("/signin/code", form, ("Form.Code", code));
        if (answer.StatusCode == HttpStatusCode.OK) (await WordsAsync(answer)).ShouldContain("Mã không đúng, đã dùng rồi, hoặc tài khoản đang tạm khóa");
        return answer.StatusCode == HttpStatusCode.Redirect;
    }

    private async Task<string> IdAsync()
    {
        using var scope = _host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(Name))!.Id;
    }

    private async Task<(string Method, bool IsStrong)> SessionAsync()
    {
        await using var command = _host.Database.CreateCommand("select method, is_strong from identity.session where ended_at is null order by started_at desc, id desc limit 1");
        await using var reader = await command.ExecuteReaderAsync();
        (await reader.ReadAsync()).ShouldBeTrue();
        return (reader.GetString(0), reader.GetBoolean(1));
    }

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync(string action) => _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 200, CancellationToken.None);

    private string PathOf(HttpResponseMessage answer) => new Uri(_host.BaseAddress, answer.Headers.Location.ShouldNotBeNull()).PathAndQuery;

    private static async Task<string> WordsAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
