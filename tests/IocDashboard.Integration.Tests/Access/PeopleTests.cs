using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>What an administrator finds and does: people made, described, closed and opened; and somebody is always left who gives rights.</summary>
public sealed class PeopleTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);
    private static readonly AuditActor An = new(AuditActor.Person, "an.nguyen", "QTI", null, null);

    private readonly FakeTimeProvider _clock = new(Start);
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IocHost.StartAsync(new() { Time = _clock, Settings = new Dictionary<string, string?> { ["Ioc:TrustThisMachine"] = "false" } });
        await SetAsync("an.nguyen", Roles.Administrator, "QTI", "Nguyễn Văn Ấn");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Person_Made_SignsInOnceWithTheInitialPasswordAndMustChangeIt()
    {
        const string chosen = "cá rô đồng kho tộ 7 phút";
        var made = await AddAsync(new("lan.pham", " Phạm Thị Lan ", "SYT", Roles.AgencyReporter, null, null, "QĐ 12/QĐ-SYT"));
        made.Errors.ShouldBeEmpty();

        using var person = new Visitor(_host);
        (await person.SignInAsync("lan.pham", made.Password!)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await person.Client.GetAsync("/console")).Headers.Location!.OriginalString.ShouldStartWith("/account/password");
        await person.FillAsync("/account/password", "password", ("Form.Current", made.Password!), ("Form.New", chosen), ("Form.Again", chosen));

        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var again = new Visitor(_host);
        (await again.SignInAsync("lan.pham", made.Password!)).StatusCode.ShouldBe(HttpStatusCode.OK, "the initial password opens nothing any more");
        (await FindAsync(new("lan", null, null, null))).People.Single().FullName.ShouldBe("Phạm Thị Lan");
        (await NewestAsync(AuditActions.RoleGranted)).ShouldSatisfyAllConditions(
            e => e.Actor.Name.ShouldBe("an.nguyen"), e => e.Subject.ShouldBe("lan.pham"), e => ((string)JsonNode.Parse(e.After!)!["reason"]!).ShouldBe("QĐ 12/QĐ-SYT"));
    }

    [Fact]
    public async Task Person_WithWrongFields_IsRefusedBesideEachOfThem()
    {
        (await AddAsync(new("", null, "NOWHERE", "", null, null, new string('x', AddPerson.ReasonLength + 1)))).Errors.ShouldBe(
        [
            new(PersonFields.UserName, PersonErrorCode.Required), new(PersonFields.FullName, PersonErrorCode.Required), new(PersonFields.Agency, PersonErrorCode.UnknownAgency),
            new(PersonFields.Role, PersonErrorCode.Required), new(PersonFields.Reason, PersonErrorCode.TooLong),
        ]);
        (await AddAsync(new("phạm.lan", "Lan", "SYT", Roles.Operator, null, null, null))).Errors.ShouldBe([new(PersonFields.UserName, PersonErrorCode.BadUserName)]);
        (await AddAsync(new("AN.nguyen", "Ấn", "SYT", Roles.Operator, null, null, null))).Errors.ShouldBe([new(PersonFields.UserName, PersonErrorCode.Taken)]);
        (await AddAsync(new("lan", "Lan", "SYT", "emperor", null, null, null))).Errors.ShouldBe([new(PersonFields.Role, PersonErrorCode.UnknownRole)]);
        (await AddAsync(new("lan", "Lan", "SYT", Roles.Operator, Start.AddDays(2), Start.AddDays(1), null))).Errors.ShouldBe([new(PersonFields.To, PersonErrorCode.EndsBeforeItBegins)]);

        (await FindAsync(new(null, null, null, null))).Total.ShouldBe(1, "nothing was made");
    }

    [Fact]
    public async Task LastAdministrator_IsNeitherClosedNorEnded_AnotherOneMayBe()
    {
        var role = (await RolesOfAsync("an.nguyen")).Single();
        var root = AuditActor.Itself;
        (await Administer.CloseAsync("an.nguyen", "nghỉ hưu", root)).ShouldBe(PersonOutcome.LastAdministrator);
        (await Assignments.EndAsync(role.Id, root)).ShouldBe(RoleEndRefusal.LastAdministrator);

        await SetAsync("binh.le", Roles.Administrator, "QTI");
        var binh = An with { Name = "binh.le" };
        (await Administer.CloseAsync("an.nguyen", "nghỉ hưu", binh)).ShouldBe(PersonOutcome.Done);
        (await Assignments.EndAsync((await RolesOfAsync("binh.le")).Single().Id, root)).ShouldBe(RoleEndRefusal.LastAdministrator, "a closed account gives no rights");
        (await Administer.OpenAsync("an.nguyen", binh)).ShouldBe(PersonOutcome.Done);
        (await Assignments.EndAsync(role.Id, binh)).ShouldBe(RoleEndRefusal.None);
    }

    [Fact]
    public async Task Administrator_WhoseOwnItIs_NeitherClosesNorEndsNorResets()
    {
        await SetAsync("binh.le", Roles.Administrator, "QTI");

        (await Administer.CloseAsync("an.nguyen", "thử", An with { Name = "AN.Nguyen" })).ShouldBe(PersonOutcome.Own);
        (await Assignments.EndAsync((await RolesOfAsync("an.nguyen")).Single().Id, An)).ShouldBe(RoleEndRefusal.OwnAdministration);
        (await Administer.ResetPasswordAsync("an.nguyen", An)).Outcome.ShouldBe(PersonOutcome.Own);
    }

    [Fact]
    public async Task Administrators_WhoRemoveOneAnotherAtOnce_LeaveOne()
    {
        await SetAsync("binh.le", Roles.Administrator, "QTI");
        var (one, two) = ((await RolesOfAsync("an.nguyen")).Single(), (await RolesOfAsync("binh.le")).Single());

        var outcomes = await Task.WhenAll(Assignments.EndAsync(one.Id, An with { Name = "binh.le" }), Assignments.EndAsync(two.Id, An));

        outcomes.ShouldBe([RoleEndRefusal.None, RoleEndRefusal.LastAdministrator], ignoreOrder: true);
    }

    [Fact]
    public async Task Agency_Changed_CountsInAnOpenSessionAndIsOnTheTrailBeforeAndAfter()
    {
        using var person = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT", "lan.pham");
        (await Administer.DescribeAsync("lan.pham", "Phạm Thị Lan", "NOWHERE", An)).ShouldBe(PersonOutcome.UnknownAgency);
        (await Administer.DescribeAsync("lan.pham", " ", "SGDDT", An)).ShouldBe(PersonOutcome.NameMissing);

        (await Administer.DescribeAsync("lan.pham", "Phạm Thị Lan", "SGDDT", An)).ShouldBe(PersonOutcome.Done);

        WebUtility.HtmlDecode(await person.Client.GetStringAsync("/account")).ShouldContain("Sở Giáo dục và Đào tạo");
        var entry = await NewestAsync(AuditActions.AccountChanged);
        ((string)JsonNode.Parse(entry.Before!)!["agency"]!).ShouldBe("SYT");
        ((string)JsonNode.Parse(entry.After!)!["agency"]!).ShouldBe("SGDDT");
    }

    [Fact]
    public async Task PasswordReset_EndsSessionsLiftsTheLockAndMustBeChanged()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "lan.pham");
        using var guesser = new Visitor(_host, "10.9.9.9");
        for (var i = 0; i < 5; i++) await guesser.SignInAsync("lan.pham", "sai mật khẩu");
        (await FindAsync(new("lan", null, null, PersonState.Locked))).People.Single().LockedUntil.ShouldBe(Start.AddMinutes(15));

        var (outcome, password) = await Administer.ResetPasswordAsync("lan.pham", An);

        outcome.ShouldBe(PersonOutcome.Done);
        (await person.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=password-changed");
        (await FindAsync(new("lan", null, null, PersonState.InitialPassword))).Total.ShouldBe(1);
        using var back = new Visitor(_host);
        (await back.SignInAsync("lan.pham", password!)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await back.Client.GetAsync("/console")).Headers.Location!.OriginalString.ShouldStartWith("/account/password");
    }

    [Fact]
    public async Task SecondFactor_ResetByAnAdministrator_EndsSessionsAndThePasswordIsChangedNext()
    {
        await SetAsync("lan.pham", Roles.Operator, "QTI");
        using var person = new Visitor(_host);
        using (var scope = _host.Services.CreateScope()) person.Key = await Visitor.EnrolAsync(scope.ServiceProvider, "lan.pham");
        await person.SignInAsync("lan.pham", Visitor.Password);
        (await person.Client.GetAsync("/console")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FindAsync(new("lan", null, null, null))).People.Single().HasSecondFactor.ShouldBeTrue();

        (await Administer.ResetSecondFactorAsync("lan.pham", An with { Name = "LAN.pham" })).ShouldBe(PersonOutcome.Own);
        (await Administer.ResetSecondFactorAsync("lan.pham", An)).ShouldBe(PersonOutcome.Done);

        (await person.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=second-factor-changed");
        (await FindAsync(new("lan", null, null, PersonState.InitialPassword))).People.Single().HasSecondFactor.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromDays(8));
        (await FindAsync(new("lan", null, null, PersonState.InitialPasswordLapsed))).Total.ShouldBe(1);
    }

    [Fact]
    public async Task Lock_LiftedByAnAdministrator_LetsTheOwnerInAtOnce()
    {
        await SetAsync("lan.pham", Roles.Operator, "QTI");
        using var person = new Visitor(_host);
        for (var i = 0; i < 5; i++) await person.SignInAsync("lan.pham", "sai mật khẩu");
        (await person.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "locked");
        (await FindAsync(new("lan", null, null, PersonState.Locked))).Total.ShouldBe(1);

        (await Administer.UnlockAsync("lan.pham", An)).ShouldBe(PersonOutcome.Done);

        (await FindAsync(new("lan", null, null, PersonState.Open))).Total.ShouldBe(1);
        (await person.SignInAsync("lan.pham", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await NewestAsync(AuditActions.AccountUnlocked)).Actor.Name.ShouldBe("an.nguyen");
    }

    [Fact]
    public async Task Close_WithoutAReason_IsRefused()
    {
        await SetAsync("lan.pham", Roles.Operator, "QTI");

        (await Administer.CloseAsync("lan.pham", " ", An)).ShouldBe(PersonOutcome.ReasonMissing);
        (await Administer.CloseAsync("khong.ai", "lý do", An)).ShouldBe(PersonOutcome.UnknownAccount);
        (await Administer.CloseAsync("lan.pham", "chuyển công tác", An)).ShouldBe(PersonOutcome.Done);

        (await FindAsync(new(null, null, null, PersonState.Closed))).People.Single().ClosedWhy.ShouldBe("chuyển công tác");
    }

    [Fact]
    public async Task People_FoundByAgencyRoleAndState_AndOnlyWithinTheReadersScope()
    {
        await SetAsync("lan", Roles.AgencyReporter, "SYT");
        await SetAsync("minh", Roles.Operator, "QTI");
        _clock.Advance(TimeSpan.FromDays(31));
        await SetAsync("moi", Roles.AgencyHead, "SYT");

        (await FindAsync(new(null, "SYT", null, null))).People.Select(p => p.UserName).ShouldBe(["lan", "moi"]);
        (await FindAsync(new(null, null, Roles.Operator, null))).People.Single().UserName.ShouldBe("minh");
        (await FindAsync(new(null, null, null, PersonState.Unused))).People.Select(p => p.UserName).ShouldBe(["an.nguyen", "lan", "minh"]);
        (await FindAsync(new(null, null, null, null), AgencyScope.Of("SYT"))).Total.ShouldBe(2);
        (await FindAsync(new(null, null, null, null), AgencyScope.None)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task OpenSessions_LockedOrEndedOnesAreNone_AndOnlyWithinTheReadersScope()
    {
        using var administrator = new Visitor(_host, "10.2.2.2");
        await administrator.SignInAsync("an.nguyen", Visitor.Password);
        using var reporter = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT", "lan");
        var find = _host.Services.GetRequiredService<FindOpenSessions>();

        (await find.Handle(null, AgencyScope.All, default)).Select(s => s.UserName).ShouldBe(["an.nguyen", "lan"], ignoreOrder: true);
        (await find.Handle("10.2.2.2", AgencyScope.All, default)).Single().UserName.ShouldBe("an.nguyen");
        (await find.Handle(null, AgencyScope.Of("SYT"), default)).Single().UserName.ShouldBe("lan");
        (await find.Handle(null, AgencyScope.None, default)).ShouldBeEmpty();

        _clock.Advance(SessionState.AdministratorsIdle);
        var left = (await find.Handle(null, AgencyScope.All, default)).Single();
        left.UserName.ShouldBe("lan", "an administrator's session locks earlier");
        await _host.Services.GetRequiredService<SessionRegister>().EndAsync(left.Id, left.Account, SessionEnds.Revoked, An);
        (await find.Handle(null, AgencyScope.All, default)).ShouldBeEmpty();
        (await reporter.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=revoked");
    }

    [Fact]
    public async Task Change_WhileTheDatabaseIsAway_SaysSo_AndBlamesNobodyElse()
    {
        await using var server = await PostgresServer.StartAsync(durable: false);
        await using var host = await IocHost.StartAsync(new() { ConnectionString = await server.CreateDatabaseAsync() });
        using (var scope = host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("lan", Visitor.Password, Roles.Operator, "SYT")).ShouldBeEmpty();
        var administer = host.Services.GetRequiredService<AdministerPerson>();
        await server.DisposeAsync();

        (await administer.DescribeAsync("lan", "Phạm Thị Lan", "SYT", An)).ShouldBe(PersonOutcome.DatabaseAway);
        (await administer.ResetPasswordAsync("lan", An)).ShouldBe((PersonOutcome.DatabaseAway, null));
    }

    [Fact]
    public async Task Change_AfterAnotherOne_IsRefusedAsSuch()
    {
        await SetAsync("lan", Roles.Operator, "SYT");
        using var scope = _host.Services.CreateScope();
        var (accounts, manager) = (scope.ServiceProvider.GetRequiredService<Accounts>(), scope.ServiceProvider.GetRequiredService<AccountManager>());
        var read = (await manager.FindByNameAsync("lan"))!;
        (await Administer.DescribeAsync("lan", "Phạm Thị Lan", "SYT", An)).ShouldBe(PersonOutcome.Done);

        await Should.ThrowAsync<AccountChangedException>(() => accounts.DescribeAsync(read, "Lan", "STC", An));
    }

    private AdministerPerson Administer => _host.Services.GetRequiredService<AdministerPerson>();

    private RoleAssignments Assignments => _host.Services.GetRequiredService<RoleAssignments>();

    private Task<PersonAdded> AddAsync(NewPerson person) => _host.Services.GetRequiredService<AddPerson>().Handle(person, An);

    private Task<FoundPeople> FindAsync(PeopleQuestion question, AgencyScope? scope = null) =>
        _host.Services.GetRequiredService<FindPeople>().Handle(question, scope ?? AgencyScope.All, 0, CancellationToken.None);

    private async Task<AuditEntry> NewestAsync(string action) =>
        (await _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 1, CancellationToken.None)).Single();

    private async Task<IReadOnlyList<RoleAssignment>> RolesOfAsync(string userName) => await Assignments.OfAsync((await Administer.FindAsync(userName))!.Id);

    private async Task SetAsync(string userName, string role, string agency, string fullName = "")
    {
        using var scope = _host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, Visitor.Password, role, agency, fullName: fullName)).ShouldBeEmpty();
    }
}
