using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Who the provider vouches for, and what they then are here.</summary>
public sealed class SsoTests(SsoCentre centre) : IClassFixture<SsoCentre>, IDisposable
{
    private readonly Visitor _visitor = SsoVisits.NewVisitor(centre.Host);

    private RoleAssignments Assignments => centre.Host.Services.GetRequiredService<RoleAssignments>();

    [Fact]
    public async Task Person_OfAMappedGroup_GetsAnAccountAndToWhereTheyWereGoing()
    {
        await centre.Provider.KnowAsync("u-1", ProvidersPerson.Of([SsoCentre.Operators, "nhóm khác"], userName: "Lân.Đỗ@tinh.example", name: "Đỗ Văn Lân"));

        var answer = await _visitor.SignInBySsoAsync("u-1", "/signin/sso?returnUrl=%2Faccount%3Fx%3D1");

        answer.PathOf().ShouldBe("/account?x=1");
        var account = (await AccountAsync("u-1"))!;
        (account.UserName, account.FullName, account.Agency, account.PasswordHash).ShouldBe(("lan.do@sso", "Đỗ Văn Lân", "IOC", null));
        (await InForceAsync(account)).ShouldBe([(Roles.Operator, RoleSources.Sso, SsoCentre.Operators)]);
        (await SessionsAsync(account)).ShouldBe([(SignInMethods.Sso, false)]);
        var page = WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync("/account"));
        page.ShouldContain("Đỗ Văn Lân");
        page.ShouldNotContain("Đổi mật khẩu");
        (await EntriesAsync("lan.do@sso")).ShouldBe(["account-set", "role-granted", "sign-in"]);
        (await LastSignInAsync()).ShouldContain("\"sub\":\"u-1\"");
    }

    [Fact]
    public async Task Groups_ThatChanged_AreFollowedAtTheNextSignIn_RolesGivenHereAreLeftAlone()
    {
        await centre.Provider.KnowAsync("u-2", ProvidersPerson.Of([SsoCentre.Operators], userName: "hai"));
        await _visitor.SignInBySsoAsync("u-2");
        var account = (await AccountAsync("u-2"))!;
        (await Assignments.GrantAsync(account.Id, Roles.PpcOffice, null, null, "QĐ 12", AuditActor.Itself)).ShouldBe(RoleRefusal.None);
        await centre.Provider.KnowAsync("u-2", ProvidersPerson.Of([SsoCentre.HealthHeads], userName: "khác.hẳn", name: "Tên Mới"));

        (await _visitor.SignInBySsoAsync("u-2")).PathOf().ShouldBe("/");

        var followed = (await AccountAsync("u-2"))!;
        (followed.Id, followed.UserName, followed.Agency, followed.FullName).ShouldBe((account.Id, "hai@sso", "SYT", "Tên Mới"));
        (await InForceAsync(account)).ShouldBe([(Roles.AgencyHead, RoleSources.Sso, SsoCentre.HealthHeads), (Roles.PpcOffice, RoleSources.Local, "QĐ 12")], ignoreOrder: true);
        // Whoever signs in anew in the same browser leaves no open session behind.
        (await centre.Host.Services.GetRequiredService<SessionRegister>().ListAsync(account.Id)).Select(s => s.EndedWhy).ShouldBe([null, SessionEnds.Replaced]);
        (await EntriesAsync("hai@sso")).ShouldBe(["account-set", "role-granted", "sign-in", "role-granted", "account-set", "role-ended", "role-granted", "sign-in"]);
    }

    [Fact]
    public async Task Groups_ThatAreGone_LeaveTheRolesGivenHere()
    {
        await centre.Provider.KnowAsync("u-3", ProvidersPerson.Of([SsoCentre.Reporters], userName: "ba"));
        await _visitor.SignInBySsoAsync("u-3");
        var account = (await AccountAsync("u-3"))!;
        await Assignments.GrantAsync(account.Id, Roles.AgencyHead, null, null, "", AuditActor.Itself);
        await centre.Provider.KnowAsync("u-3", ProvidersPerson.Of([], userName: "ba"));

        (await _visitor.SignInBySsoAsync("u-3")).PathOf().ShouldBe("/");

        (await InForceAsync(account)).ShouldBe([(Roles.AgencyHead, RoleSources.Local, "")]);
    }

    [Theory]
    [InlineData("u-4", "no-role", "SYT")]
    [InlineData("u-5", "no-role", "SYT", "nhóm lạ")]
    [InlineData("u-6", "excluded", "SYT", SsoCentre.Operators, SsoCentre.Leaders)]
    [InlineData("u-7", "agency", "XYZ", SsoCentre.Reporters)]
    [InlineData("u-8", "agency", null, SsoCentre.Reporters)]
    [InlineData("u-9", "agency", "SYT", SsoCentre.Operators, SsoCentre.HealthHeads)]
    public async Task Person_WithoutARightfulPlace_IsToldWhyAndGetsNoAccount(string subject, string why, string? agency, params string[] groups)
    {
        await centre.Provider.KnowAsync(subject, ProvidersPerson.Of(groups, agency));

        var answer = await _visitor.SignInBySsoAsync(subject, "/signin/sso?returnUrl=%2Faccount");

        answer.PathOf().ShouldBe($"/signin?sso={why}&returnUrl=%2Faccount");
        (await _visitor.Client.GetStringAsync(answer.Headers.Location)).ShouldContain("role=\"alert\"");
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldStartWith("/signin");
        (await AccountAsync(subject)).ShouldBeNull();
        (await LastSignInAsync()).ShouldContain($"\"why\":\"sso-{why}\"");
    }

    [Fact]
    public async Task Groups_ThatExcludeARoleGivenHere_AreRefusedAndGiveNothing()
    {
        await centre.Provider.KnowAsync("u-10", ProvidersPerson.Of([SsoCentre.Operators], userName: "muoi"));
        await _visitor.SignInBySsoAsync("u-10");
        var account = (await AccountAsync("u-10"))!;
        (await Assignments.GrantAsync(account.Id, Roles.Supervisor, null, null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.None);
        await centre.Provider.KnowAsync("u-10", ProvidersPerson.Of([SsoCentre.Leaders], userName: "muoi", name: "Tên Mới"));
        var before = await EntriesAsync("muoi@sso");

        (await _visitor.SignInBySsoAsync("u-10")).PathOf().ShouldBe("/signin?sso=excluded&returnUrl=%2F");

        (await InForceAsync(account)).ShouldBe([(Roles.Supervisor, RoleSources.Local, "")]);
        (await AccountAsync("u-10"))!.FullName.ShouldBe("Phạm Thị Lan");
        (await EntriesAsync("muoi@sso")).ShouldBe([.. before, "session-ended", "role-ended", "sign-in"]);
    }

    [Fact]
    public async Task Name_OfALocalAccount_IsNotTakenOver()
    {
        using var local = await Visitor.OfAsync(centre.Host, Roles.Administrator, "IOC", "minh.tran");
        await centre.Provider.KnowAsync("u-11", ProvidersPerson.Of([SsoCentre.Reporters], userName: "minh.tran"));
        await centre.Provider.KnowAsync("u-12", ProvidersPerson.Of([SsoCentre.Reporters], userName: "MINH.TRAN"));
        using var other = SsoVisits.NewVisitor(centre.Host);

        await _visitor.SignInBySsoAsync("u-11");
        await other.SignInBySsoAsync("u-12");

        ((await AccountAsync("u-11"))!.UserName, (await AccountAsync("u-12"))!.UserName).ShouldBe(("minh.tran@sso", "minh.tran-2@sso"));
        (await InForceAsync((await AccountAsync("u-11"))!)).Select(r => r.Role).ShouldBe([Roles.AgencyReporter]);
        (await _visitor.Client.GetAsync("/console/audit")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Person_WhoSignsInTwiceAtOnce_GetsOneAccount()
    {
        await centre.Provider.KnowAsync("u-13", ProvidersPerson.Of([SsoCentre.Reporters], userName: "hai.cua.so"));
        using var other = SsoVisits.NewVisitor(centre.Host);

        var answers = await Task.WhenAll(_visitor.SignInBySsoAsync("u-13"), other.SignInBySsoAsync("u-13"));

        answers.Select(a => a.PathOf()).ShouldAllBe(path => path == "/");
        (await EntriesAsync("hai.cua.so@sso")).Count(a => a == "account-set").ShouldBe(1);
    }

    [Fact]
    public async Task Account_ThatIsClosed_StaysClosed()
    {
        await centre.Provider.KnowAsync("u-14", ProvidersPerson.Of([SsoCentre.Reporters], userName: "nghi"));
        await _visitor.SignInBySsoAsync("u-14");
        using (var scope = centre.Host.Services.CreateScope())
        {
            var account = await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync("nghi@sso");
            await scope.ServiceProvider.GetRequiredService<Accounts>().CloseAsync(account!, "nghỉ hưu", AuditActor.Itself);
        }

        (await _visitor.SignInBySsoAsync("u-14")).PathOf().ShouldBe("/signin?sso=closed&returnUrl=%2F");
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldStartWith("/signin");
    }

    [Theory]
    [InlineData("u-15", "mfa", null, true)]
    [InlineData("u-15b", "pwd otp", null, true)]
    [InlineData("u-15c", "otp", null, false)]
    [InlineData("u-16", "pwd", SsoCentre.StrongLevel, true)]
    [InlineData("u-17", "pwd", "urn:tinh:1fa", false)]
    public async Task Session_IsStrong_WhenTheProviderSawTwoFactors(string subject, string amr, string? acr, bool strong)
    {
        await centre.Provider.KnowAsync(subject, ProvidersPerson.Of([SsoCentre.Reporters], userName: subject) with { Amr = amr.Split(' '), Acr = acr });

        await _visitor.SignInBySsoAsync(subject);

        (await SessionsAsync((await AccountAsync(subject))!)).ShouldBe([(strong ? SignInMethods.StrongSso : SignInMethods.Sso, strong)]);
    }

    [Fact]
    public async Task SignOut_EndsTheProvidersSessionToo()
    {
        await centre.Provider.KnowAsync("u-18", ProvidersPerson.Of([SsoCentre.Reporters], userName: "ra"));
        await _visitor.SignInBySsoAsync("u-18");
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await _visitor.Client.GetStringAsync("/account")))]);

        var out1 = await _visitor.Client.PostAsync("/signout", form);

        out1.PathOf().ShouldBe("/signout/sso");
        var page = WebUtility.HtmlDecode(await _visitor.Client.GetStringAsync("/signout/sso"));
        var address = System.Text.RegularExpressions.Regex.Match(page, "href=\"(http[^\"]+)\"").Groups[1].Value;
        address.ShouldStartWith(centre.Provider.Authority.ToString());
        address.ShouldNotContain("id_token_hint");
        // The provider asks the person, since no token says for whom the centre speaks.
        var asked = await _visitor.Client.GetStringAsync(address);
        var secret = System.Text.RegularExpressions.Regex.Match(asked, "name=\"xsrf\" value=\"([^\"]+)\"").Groups[1].Value;
        using var yes = new FormUrlEncodedContent([new("xsrf", secret), new("logout", "yes")]);
        (await _visitor.Client.PostAsync(new Uri(centre.Provider.Authority, "/session/end/confirm"), yes)).Headers.Location.ShouldBe(new Uri(centre.Host.BaseAddress, "/signin"));
        (await _visitor.Client.GetAsync("/account")).PathOf().ShouldStartWith("/signin");
        // It asks anew who somebody is.
        var again = await _visitor.Client.GetAsync((await _visitor.Client.GetAsync("/signin/sso")).Headers.Location);
        again.Headers.Location!.OriginalString.ShouldContain("/interaction/");
    }

    [Fact]
    public async Task SignOut_OfALocalAccount_LeavesTheProviderAlone()
    {
        using var local = await Visitor.OfAsync(centre.Host, Roles.Operator, "IOC", "noi.bo");
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await local.Client.GetStringAsync("/account")))]);

        (await local.Client.PostAsync("/signout", form)).PathOf().ShouldBe("/signin");
    }

    public void Dispose() => _visitor.Dispose();

    private async Task<UserAccount?> AccountAsync(string subject)
    {
        using var scope = centre.Host.Services.CreateScope();
        return await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByLoginAsync(centre.Provider.Authority.GetLeftPart(UriPartial.Authority), subject);
    }

    private async Task<IReadOnlyList<(string Role, string Source, string Reason)>> InForceAsync(UserAccount account) =>
        [.. (await Assignments.OfAsync(account.Id)).Where(r => r.IsValidAt(TimeProvider.System.GetUtcNow())).Select(r => (r.Role, r.Source, r.Reason))];

    private async Task<IReadOnlyList<(string Method, bool Strong)>> SessionsAsync(UserAccount account)
    {
        var sessions = centre.Host.Services.GetRequiredService<SessionRegister>();
        var found = new List<(string, bool)>();
        foreach (var row in await sessions.ListAsync(account.Id)) found.Add((row.Method, (await sessions.FindAsync(row.Id))!.IsStrong));
        return found;
    }

    private async Task<IReadOnlyList<string>> EntriesAsync(string subject)
    {
        await using var select = centre.Host.Database.CreateCommand("select coalesce(array_agg(action order by seq), '{}') from audit_entry where subject = $1");
        select.Parameters.Add(new() { Value = subject });
        return (string[])(await select.ExecuteScalarAsync())!;
    }

    private async Task<string> LastSignInAsync()
    {
        await using var select = centre.Host.Database.CreateCommand("select after::text from audit_entry where action = 'sign-in' order by seq desc limit 1");
        return (string)(await select.ExecuteScalarAsync())!;
    }
}
