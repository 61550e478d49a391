using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>Setting up, changing and turning off one's own second factor: only its owner, always on the trail, never readable in the database.</summary>
public sealed class SecondFactorPageTests : IAsyncLifetime
{
    private const string Name = "lan.pham";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Time = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Page_ChangesNothingBeforeItsOwnerShowedWhoTheyAre()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        (await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldNotContain("data-key");
        (await PostAsync(person, "app", ("Form.Key", "x"), ("Form.Code", "123456"))).ShouldNotBe(HttpStatusCode.OK, "there is no such form yet");

        (await WordsAsync(await SecondFactorPages.ProveAsync(person, "không phải mật khẩu"))).ShouldContain("Không đúng, hoặc tài khoản đang tạm khóa");
        (await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldNotContain("data-key");
        await SecondFactorPages.ProveAsync(person, Visitor.Password);
        (await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldContain("data-key");

        _clock.Advance(FreshProof.HoldsFor);
        (await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldNotContain("data-key");
    }

    [Fact]
    public async Task Guessing_ThePasswordOnThePage_LocksTheAccount()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        for (var i = 0; i < 5; i++) await SecondFactorPages.ProveAsync(person, "không phải mật khẩu");

        (await WordsAsync(await SecondFactorPages.ProveAsync(person, Visitor.Password))).ShouldContain("tạm khóa");
        using var other = new Visitor(_host);
        (await other.SignInAsync(Name, Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "locked");
    }

    [Fact]
    public async Task App_SetUp_GivesTenRecoveryCodesOnce_MakesTheSessionStrongAndEndsTheOthers()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        using var other = new Visitor(_host, "10.2.2.2");
        await other.SignInAsync(Name, Visitor.Password);
        await SecondFactorPages.ProveAsync(person, Visitor.Password);

        (await SecondFactorPages.SetAppAsync(person, _clock, "000000")).ShouldContain("Mã không đúng");
        var page = await SecondFactorPages.SetAppAsync(person, _clock);

        var codes = SecondFactorPages.RecoveryCodesOf(page);
        codes.Distinct().Count().ShouldBe(10);
        SecondFactorPages.RecoveryCodesOf(await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldBeEmpty();
        _clock.Advance(SessionRegister.TrustFor);
        PathOf(await other.Client.GetAsync("/account")).ShouldContain("ended=second-factor-changed");
        WebUtility.HtmlDecode(await person.Client.GetStringAsync("/account")).ShouldContain("ứng dụng xác thực");
        (await OpenSessionAsync()).ShouldBe((SignInMethods.PasswordAndCode, true));
        (await EntriesAsync(AuditActions.SecondFactorChanged)).Select(e => (e.Outcome, e.After)).ShouldBe(
            [(AuditOutcome.Done, """{"change":"app"}"""), (AuditOutcome.Refused, """{"why":"code"}""")]);

        await NotInTheClearAsync([person.Key!, .. codes, .. codes.Select(c => c.Replace("-", "", StringComparison.Ordinal))]);
    }

    [Fact]
    public async Task CodeThatSetUpTheApp_DoesNotSignInAsWell()
    {
        using var person = await EnrolledAsync();
        var used = person.CodeNow();
        await SecondFactorPages.SignOutAsync(person);
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        (await person.FillAsync("/signin/code", "code", ("Form.Code", used))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.FillAsync("/signin/code", "code", ("Form.Code", person.CodeNow(later: 1)))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Key_OfAnotherAccountsPage_IsNotTaken()
    {
        using var minh = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "minh");
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        await SecondFactorPages.ProveAsync(minh, Visitor.Password);
        await SecondFactorPages.ProveAsync(person, Visitor.Password);
        var page = await minh.Client.GetStringAsync(SecondFactorPages.Path);
        var hidden = System.Text.RegularExpressions.Regex.Match(page, "name=\"Form.Key\" value=\"([^\"]+)\"").Groups[1].Value;

        using var answer = await person.FillAsync(SecondFactorPages.Path, "app", ("Form.Key", hidden), ("Form.Code", OneTimeCode.Of(await SecondFactorPages.ShownKeyAsync(minh), _clock.GetUtcNow())));

        (await WordsAsync(answer)).ShouldContain("Khóa này đã hết hạn");
    }

    [Fact]
    public async Task RecoveryCodes_MadeAnew_ReplaceTheOldOnes()
    {
        using var person = await EnrolledAsync();
        var old = _codes[0];
        var fresh = SecondFactorPages.RecoveryCodesOf(await WordsAsync(await person.FillAsync(SecondFactorPages.Path, "codes")));
        fresh.Count.ShouldBe(10);
        fresh.ShouldNotContain(old);
        await SecondFactorPages.SignOutAsync(person);

        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        (await person.FillAsync("/signin/code", "recovery", ("Form.Code", old))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.FillAsync("/signin/code", "recovery", ("Form.Code", fresh[9]))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task TurningOff_AsksForPasswordAndCode_AndForAPasswordThatStandsAlone()
    {
        using var person = await EnrolledAsync();
        const string small = "kX7vQm2L", large = "cá rô đồng kho tộ 7 phút";
        await ChangePasswordAsync(person, Visitor.Password, small);
        await SecondFactorPages.ProveAsync(person, small);
        _clock.Advance(TimeSpan.FromSeconds(30));

        (await WordsAsync(await OffAsync("không phải", person.CodeNow()))).ShouldContain("Không đúng");
        (await WordsAsync(await OffAsync(small, "000000"))).ShouldContain("Không đúng");
        (await WordsAsync(await OffAsync(small, person.CodeNow()))).ShouldContain("quá ngắn hoặc quá dễ đoán để dùng một mình");
        await ChangePasswordAsync(person, small, large);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await SecondFactorPages.ProveAsync(person, large);
        (await WordsAsync(await OffAsync(large, person.CodeNow()))).ShouldContain("Đã tắt xác thực hai lớp");

        (await OpenSessionAsync()).ShouldBe((SignInMethods.Password, false));
        (await CountAsync("""select count(*) from identity.account_token where "Value" <> ''""")).ShouldBe(0);
        person.Key = null;
        await SecondFactorPages.SignOutAsync(person);
        PathOf(await person.SignInAsync(Name, large)).ShouldBe("/");

        Task<HttpResponseMessage> OffAsync(string password, string code) => person.FillAsync(SecondFactorPages.Path, "off", ("Form.Password", password), ("Form.Code", code));
    }

    [Fact]
    public async Task Passkeys_AreOfferedByHostNameOnly_AndTellNothing()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        await SecondFactorPages.ProveAsync(person, Visitor.Password);
        (await person.Client.GetStringAsync("/signin")).ShouldNotContain("<ioc-passkey");
        WebUtility.HtmlDecode(await person.Client.GetStringAsync(SecondFactorPages.Path)).ShouldContain("đang mở bằng địa chỉ IP");

        using var stranger = new Visitor(_host);
        stranger.Client.DefaultRequestHeaders.Host = $"localhost:{_host.BaseAddress.Port}";
        var page = await stranger.Client.GetStringAsync("/signin");
        page.ShouldContain("<ioc-passkey");
        (await stranger.Client.PostAsync("/signin/passkey", new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without its token");
        using var token = new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(page))]);
        using var asked = await stranger.Client.PostAsync("/signin/passkey", token);
        var options = await asked.Content.ReadAsStringAsync();
        options.ShouldContain("\"rpId\":\"localhost\"");
        options.ShouldContain("\"userVerification\":\"required\"");
        options.ShouldContain("\"allowCredentials\":[]");

        foreach (var credential in (string[])["", "{}", "null", "[1]", "{\"id\":\"AAAA\",\"rawId\":\"AAAA\",\"type\":\"public-key\",\"response\":{}}", new string('x', 10_000)])
        {
            using var answer = await stranger.FillAsync("/signin", "passkey", ("Form.Credential", credential));
            (await WordsAsync(answer)).ShouldContain("Khóa truy cập này không mở được tài khoản nào");
        }

        (await EntriesAsync(AuditActions.SignIn)).Count(e => e.Subject == "?" && e.Outcome == AuditOutcome.Refused).ShouldBe(6);
    }

    [Fact]
    public async Task NewPasskey_IsNotAskedForWithoutAProof()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        using var token = new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await person.Client.GetStringAsync("/account")))]);
        (await person.Client.PostAsync("/account/second-factor/passkey", token)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("vi", "Xác thực hai lớp", "Mã xác thực")]
    [InlineData("en", "Second factor", "Verification code")]
    public async Task Pages_AreInBothLanguages(string language, string enrolment, string code)
    {
        using var person = await EnrolledAsync();
        WebUtility.HtmlDecode(await person.Client.GetStringAsync($"{SecondFactorPages.Path}?lang={language}")).ShouldContain(enrolment);
        await SecondFactorPages.SignOutAsync(person);
        using var half = await person.FillAsync("/signin", "signin", ("Form.UserName", Name), ("Form.Password", Visitor.Password));
        WebUtility.HtmlDecode(await person.Client.GetStringAsync($"/signin/code?lang={language}")).ShouldContain(code);
    }

    private IReadOnlyList<string> _codes = [];

    private async Task<Visitor> EnrolledAsync()
    {
        var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", Name);
        await SecondFactorPages.ProveAsync(person, Visitor.Password);
        _codes = SecondFactorPages.RecoveryCodesOf(await SecondFactorPages.SetAppAsync(person, _clock));
        return person;
    }

    private static async Task ChangePasswordAsync(Visitor person, string current, string next)
    {
        using var answer = await person.FillAsync("/account/password", "password", ("Form.Current", current), ("Form.New", next), ("Form.Again", next));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    private static async Task<HttpStatusCode> PostAsync(Visitor person, string form, params (string, string)[] fields)
    {
        using var answer = await person.FillAsync(SecondFactorPages.Path, form, fields);
        return answer.StatusCode;
    }

    private async Task NotInTheClearAsync(IReadOnlyList<string> secrets)
    {
        await using var command = _host.Database.CreateCommand("""
            select coalesce(string_agg(t::text, ' '), '') || (select string_agg(a::text, ' ') from identity.account a) || (select string_agg(e::text, ' ') from ioc.audit_entry e)
            from identity.account_token t
            """);
        var kept = (string)(await command.ExecuteScalarAsync())!;
        kept.ShouldContain("AuthenticatorKey");
        kept.ShouldContain("RecoveryCodes");
        foreach (var secret in secrets) kept.ShouldNotContain(secret);
    }

    private async Task<(string Method, bool IsStrong)> OpenSessionAsync()
    {
        await using var command = _host.Database.CreateCommand("select method, is_strong from identity.session where ended_at is null");
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
}
