using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.SecurityFacts;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>What the page of security settings tells is what is in force, and each of it has words.</summary>
public sealed class SecurityFactsTests : IAsyncLifetime
{
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Settings = new Dictionary<string, string?> { ["Ioc:TrustedProxies"] = "10.0.0.0/24" } });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Facts_AreThoseInForce()
    {
        using var administrator = await Visitor.OfAsync(_host, Roles.Administrator, "QTI");
        await _host.Services.GetRequiredService<MachineKeys>().AddAsync("SYT", [KeyScopes.Read], TimeProvider.System.GetUtcNow().AddDays(20), "sắp hết");
        var facts = (await ReadAsync(isHttps: false)).ToDictionary(f => f.Name);

        facts["PasswordLength"].Value.ShouldBe(14);
        facts["IdleAdministrators"].Value.ShouldBe(TimeSpan.FromMinutes(5));
        facts["UnusedClosed"].Value.ShouldBe(TimeSpan.FromDays(45));
        facts["TrustedProxies"].ShouldSatisfyAllConditions(f => f.Value.ShouldBe("10.0.0.0/24"), f => f.Setting.ShouldBe("Ioc__TrustedProxies"));
        facts["TrustThisMachine"].ShouldSatisfyAllConditions(f => f.Value.ShouldBe(true), f => f.IsWeak.ShouldBeTrue("figures are real here"));
        facts["AdministratorsNeedSecondFactor"].Value.ShouldBe(true);
        facts["AdministratorsWithoutSecondFactor"].Value.ShouldBe(0L);
        facts["Sso"].Value.ShouldBeNull();
        facts["Https"].IsWeak.ShouldBeTrue();
        facts["Administrators"].ShouldSatisfyAllConditions(f => f.Value.ShouldBe(1L), f => f.IsWeak.ShouldBeTrue());
        facts["OpenSessions"].Value.ShouldBe(1L);
        facts["KeysWithoutEnd"].ShouldSatisfyAllConditions(f => f.Value.ShouldBe(0L), f => f.IsWeak.ShouldBeFalse());
        facts["KeysEndSoon"].ShouldSatisfyAllConditions(f => f.Value.ShouldBe(1L), f => f.IsWeak.ShouldBeTrue());
        (await ReadAsync(isHttps: true)).Single(f => f.Name == "Hsts").Value.ShouldBe(TimeSpan.FromDays(365));
    }

    [Fact]
    public async Task Facts_HaveWordsInBothLanguages_AndAGroupOfThePage()
    {
        foreach (var fact in await ReadAsync(isHttps: true))
        {
            ConsoleText.Resources.GetString("Sec.Fact." + fact.Name).ShouldNotBeNull(fact.Name);
            SecurityGroups.All.ShouldContain(fact.Group);
        }
    }

    [Fact]
    public void Sessions_HaveWordsForEveryWayInAndOut()
    {
        foreach (var (type, prefix) in new[] { (typeof(SignInMethods), "Session.Method."), (typeof(SessionEnds), "Session.Ended.") })
            foreach (var field in type.GetFields().Where(f => f.IsLiteral))
                ConsoleText.Resources.GetString(prefix + field.GetRawConstantValue()).ShouldNotBeNull(field.Name);
    }

    [Fact]
    public async Task Chain_VerifiedFromThePage_IsItselfOnTheTrail_AndABreakIsTold()
    {
        var check = _host.Services.GetRequiredService<CheckAudit>();
        using var administrator = await Visitor.OfAsync(_host, Roles.Administrator, "QTI");
        var an = new AuditActor(AuditActor.Person, Roles.Administrator, "QTI", null, null);
        (await check.LastAsync(default)).ShouldBeNull();

        var verdict = await check.Handle(an, default);

        verdict.BrokenAt.ShouldBeNull();
        (await check.LastAsync(default)).ShouldSatisfyAllConditions(
            c => c!.Entries.ShouldBe(verdict.Entries), c => c!.Hash.ShouldBe(Convert.ToHexStringLower(verdict.Hash)), c => c!.By.ShouldBe(Roles.Administrator));
        await ExecuteAsync("alter table audit_entry disable trigger audit_entry_is_final; update audit_entry set subject = 'khác' where seq = 1");
        (await check.Handle(an, default)).BrokenAt.ShouldBe(1);
        (await check.LastAsync(default))!.Entries.ShouldBe(verdict.Entries, "a chain that is broken is no sound one");
    }

    private async Task<IReadOnlyList<SecurityFact>> ReadAsync(bool isHttps)
    {
        var facts = new List<SecurityFact>();
        foreach (var some in _host.Services.GetServices<ISecurityFacts>()) facts.AddRange(await some.ReadAsync(new(isHttps), default));
        return facts;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
