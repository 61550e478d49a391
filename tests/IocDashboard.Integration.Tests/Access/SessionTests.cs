using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>What a sign-in opens, and for how long: idle locks, shifts, rights that begin and end, sessions ended from elsewhere.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Time = _clock, Settings = new Dictionary<string, string?> { ["Ioc:TrustThisMachine"] = "false" } });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(Roles.Operator, 15)]
    [InlineData(Roles.Administrator, 5)]
    public async Task Session_LeftIdle_IsLockedAndReturnsToTheSamePlace(string role, int minutes)
    {
        using var person = await Visitor.OfAsync(_host, role, "QTI");
        _clock.Advance(TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(5));
        (await person.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);

        _clock.Advance(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(5));
        using var locked = await person.Client.GetAsync("/console/overdue?asOf=2026-11-01");

        locked.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        locked.Headers.Location!.PathAndQuery.ShouldBe("/signin?returnUrl=%2Fconsole%2Foverdue%3FasOf%3D2026-11-01&ended=idle");
        WebUtility.HtmlDecode(await person.Client.GetStringAsync(locked.Headers.Location)).ShouldContain("đã khóa vì không có thao tác");
        using var back = await person.SignInAsync(role, Visitor.Password, locked.Headers.Location.PathAndQuery);
        new Uri(_host.BaseAddress, back.Headers.Location!).PathAndQuery.ShouldBe("/console/overdue?asOf=2026-11-01");
    }

    [Fact]
    public async Task Work_InAPage_KeepsTheSessionOpen_WhatAPageFetchesDoesNot()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        for (var i = 0; i < 4; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(10));
            (await person.Client.PostAsync("/account/active", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        for (var i = 0; i < 2; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(8));
            await person.Client.PostAsync("/hubs/live/negotiate?negotiateVersion=1", null);
        }

        await person.Client.PostAsync("/account/active", null);
        (await person.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=idle");
    }

    [Fact]
    public async Task Shift_OfTwelveHours_Ends()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        for (var worked = TimeSpan.Zero; worked < SessionState.Shift - TimeSpan.FromMinutes(10); worked += TimeSpan.FromMinutes(10))
        {
            (await person.Client.PostAsync("/account/active", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        _clock.Advance(TimeSpan.FromMinutes(10));

        (await person.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Role_GivenForAWhile_CountsForThatWhileInAnOpenSession()
    {
        using var person = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT", "lan.pham");
        var roles = _host.Services.GetRequiredService<RoleAssignments>();
        var account = await IdOfAsync("lan.pham");
        var now = _clock.GetUtcNow();
        (await roles.GrantAsync(account, Roles.Operator, now.AddMinutes(5), now.AddMinutes(10), "trực thay", AuditActor.Itself)).ShouldBe(RoleRefusal.None);

        (await MayPairAsync()).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromMinutes(5));
        (await MayPairAsync()).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(5));
        (await MayPairAsync()).ShouldBeFalse();

        async Task<bool> MayPairAsync() => (await person.Client.GetAsync("/console/displays")).StatusCode == HttpStatusCode.OK;
    }

    [Fact]
    public async Task Roles_GivenAtTheSameMoment_NeverMerge()
    {
        using var person = await Visitor.OfAsync(_host, Roles.AgencyHead, "SYT", "an.nguyen");
        var roles = _host.Services.GetRequiredService<RoleAssignments>();
        var account = await IdOfAsync("an.nguyen");

        var outcomes = await Task.WhenAll(new[] { Roles.Operator, Roles.Leader, Roles.IndicatorSteward }.Select(r => roles.GrantAsync(account, r, null, null, "", AuditActor.Itself)));

        outcomes.Count(o => o == RoleRefusal.None).ShouldBe(1);
        outcomes.Count(o => o == RoleRefusal.Excluded).ShouldBe(2);
    }

    [Fact]
    public async Task Sessions_AreListedAndEndedByTheirOwner()
    {
        using var here = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        using var there = new Visitor(_host, "10.2.2.2");
        await there.SignInAsync(Roles.Operator, Visitor.Password);
        var page = WebUtility.HtmlDecode(await here.Client.GetStringAsync("/account"));
        page.ShouldContain("10.1.1.1");
        page.ShouldContain("10.2.2.2");

        await here.FillAsync("/account", "end-others");
        _clock.Advance(SessionRegister.TrustFor);

        (await there.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=revoked");
        (await here.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_OfSomebodyElse_IsNotEndedByGuessingItsNumber()
    {
        using var lan = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "lan");
        using var minh = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "minh");
        var sessions = _host.Services.GetRequiredService<SessionRegister>();
        var victims = (await sessions.ListAsync(await IdOfAsync("minh"))).Single().Id;

        (await lan.FillAsync("/account", $"end-{victims:N}")).StatusCode.ShouldNotBe(HttpStatusCode.OK);

        (await sessions.EndAsync(victims, await IdOfAsync("lan"), SessionEnds.Revoked, AuditActor.Itself)).ShouldBeFalse();
        (await minh.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task PasswordChanged_EndsEveryOtherSession()
    {
        const string chosen = "cá rô đồng kho tộ 7 phút";
        using var here = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        using var there = new Visitor(_host, "10.2.2.2");
        await there.SignInAsync(Roles.Operator, Visitor.Password);

        (await here.FillAsync("/account/password", "password", ("Form.Current", Visitor.Password), ("Form.New", chosen), ("Form.Again", chosen))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        _clock.Advance(SessionRegister.TrustFor);

        (await there.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.Client.GetAsync("/account")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task LiveConnection_OfASessionThatEnds_IsEnded()
    {
        await using var host = await IocHost.StartAsync();
        using var person = await Visitor.OfAsync(host, Roles.Operator, "QTI");
        await using var hub = new HubConnectionBuilder().WithUrl(new Uri(host.BaseAddress, "/hubs/live"), o =>
        {
            o.Headers["X-Forwarded-For"] = "10.1.1.1";
            o.Headers["Cookie"] = person.CookiesFor(host.BaseAddress);
        }).Build();
        var revoked = new TaskCompletionSource();
        hub.On("Revoked", () => revoked.TrySetResult());
        await hub.StartAsync();

        await person.Client.PostAsync("/signout", new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await person.Client.GetStringAsync("/account")))]));

        await revoked.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Accounts_UnusedFor45Days_AreClosed_TheLastAdministratorIsNot()
    {
        using var used = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "dung");
        using var forgotten = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "quen");
        using var administrator = await Visitor.OfAsync(_host, Roles.Administrator, "QTI", "quan.tri");
        var close = _host.Services.GetRequiredService<CloseUnusedAccounts>();
        _clock.Advance(CloseUnusedAccounts.After - TimeSpan.FromDays(1));
        (await close.Handle(CancellationToken.None)).ShouldBe(0);
        await used.SignInAsync("dung", Visitor.Password);
        _clock.Advance(TimeSpan.FromDays(1));

        (await close.Handle(CancellationToken.None)).ShouldBe(1);

        using var returning = new Visitor(_host);
        (await returning.SignInAsync("quen", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.OK, "closed");
        (await returning.SignInAsync("dung", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        using (var scope = _host.Services.CreateScope())
            await scope.ServiceProvider.GetRequiredService<Accounts>().OpenAsync((await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync("quen"))!, AuditActor.Itself);
        using var opened = new Visitor(_host);
        (await opened.SignInAsync("quen", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await close.Handle(CancellationToken.None)).ShouldBe(0);
    }

    [Theory]
    [InlineData("https://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1", HttpStatusCode.OK)]
    public async Task Hub_OpenedByAPageOfAnotherSite_IsRefusedWithTheCookieOfAPerson(string origin, HttpStatusCode expected)
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/live/negotiate?negotiateVersion=1") { Headers = { { "Origin", origin } } };
        using var answer = await person.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Page_ThatAPersonMayNotOpen_SaysSoAndLeadsBack()
    {
        using var person = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT");

        using var refused = await person.Client.GetAsync("/console/people");

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()).ShouldContain("Về trang đầu");
    }

    [Fact]
    public async Task ConsolePages_KeepWhereTheyAreUsedFrom_ForTheTrail()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        var session = (await _host.Services.GetRequiredService<SessionRegister>().ListAsync(await IdOfAsync(Roles.Operator))).Single();
        session.Address.ShouldBe("10.1.1.1");
        var state = await _host.Services.GetRequiredService<SessionRegister>().FindAsync(session.Id);

        // What a circuit keeps: the claims of the request that began it.
        AuditActor.Of(SessionPrincipal.Of(state!, address: session.Address), address: null).Address.ShouldBe("10.1.1.1");
        SessionPrincipal.IsCurrent(SessionPrincipal.Of(state!, address: session.Address), state!, IocDashboard.Web.Platform.Access.Factors.FactorDemand.None).ShouldBeTrue();
    }

    [Fact]
    public async Task SignInAnew_LeavesNoSessionBehind()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        var before = person.CookiesFor(_host.BaseAddress);
        await person.Client.PostAsync("/signout", new FormUrlEncodedContent([new("__RequestVerificationToken", Visitor.TokenOf(await person.Client.GetStringAsync("/account")))]));
        await person.SignInAsync(Roles.Operator, Visitor.Password);

        using var stolen = new HttpRequestMessage(HttpMethod.Get, "/account") { Headers = { { "Cookie", before } } };
        using var thief = _host.NewClient();
        (await thief.SendAsync(stolen)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "a cookie that was copied before signing out");
    }

    [Fact]
    public async Task InitialPassword_UnusedForAWeek_OpensNothing()
    {
        using (var scope = _host.Services.CreateScope())
            (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync("moi", Visitor.Password, Roles.Operator, "QTI", isInitial: true)).ShouldBeEmpty();
        using var person = new Visitor(_host);
        _clock.Advance(TimeSpan.FromDays(6));
        (await person.SignInAsync("moi", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        _clock.Advance(TimeSpan.FromDays(1));
        using var late = new Visitor(_host);
        (await late.SignInAsync("moi", Visitor.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ClosedAccount_LosesItsOpenSession()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        using (var scope = _host.Services.CreateScope())
            await scope.ServiceProvider.GetRequiredService<Accounts>().CloseAsync((await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(Roles.Operator))!, "nghỉ hưu", AuditActor.Itself);

        (await person.Client.GetAsync("/account")).Headers.Location!.PathAndQuery.ShouldContain("ended=account-closed");
    }

    [Theory]
    [InlineData("/console", "/signin?returnUrl=%2Fconsole")]
    [InlineData("/wall", "/wall/pair")]
    public async Task ThisMachine_WhereFiguresAreReal_IsLikeAnyOther(string page, string leadsTo)
    {
        using var answer = await _host.Client.GetAsync(page);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        new Uri(_host.BaseAddress, answer.Headers.Location!).PathAndQuery.ShouldBe(leadsTo);
    }

    private async Task<string> IdOfAsync(string userName)
    {
        using var scope = _host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName))!.Id;
    }
}
