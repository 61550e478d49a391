using System.Net;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>The audit trail tells who did what; nobody changes it in silence; auditors alone read it.</summary>
public sealed class AuditTests : IAsyncLifetime
{
    // The settings of the first start, the catalogue that it took in, and the rules that come with it.
    private const int Before = 3;

    private IocHost _host = null!;

    private AuditTrail Trail => _host.Services.GetRequiredService<AuditTrail>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Entries_WrittenAtOnce_FormOneChain()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Trail.RecordAsync(
            AuditActions.AccountSet, $"người dùng {i}", AuditOutcome.Done, before: new() { ["agency"] = "SYT" }, after: new() { ["agency"] = $"«{i}»\n\"" })));

        var verdict = await VerifyAsync();

        verdict.BrokenAt.ShouldBeNull();
        verdict.Entries.ShouldBe(Before + 40);
        (await FoundAsync()).Select(e => e.Seq).ShouldBe(Enumerable.Range(1, Before + 40).Reverse().Select(i => (long)i));
    }

    [Theory]
    [InlineData("update ioc.audit_entry set actor = 'x' where seq = 3")]
    [InlineData("delete from ioc.audit_entry where seq = 3")]
    [InlineData("truncate ioc.audit_entry")]
    public async Task Entry_Changed_IsRefusedByTheDatabase(string sql)
    {
        await WriteAsync(5);

        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(sql))).SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);

        var verdict = await VerifyAsync();
        (verdict.Entries, verdict.BrokenAt).ShouldBe((Before + 5, null));
    }

    [Theory]
    [InlineData("update ioc.audit_entry set actor = 'somebody else' where seq = 3", 3)]
    [InlineData("update ioc.audit_entry set after = '{\"agency\":\"CTK\"}' where seq = 4", 4)]
    [InlineData("update ioc.audit_entry set at = at + interval '1 second' where seq = 1", 1)]
    [InlineData("delete from ioc.audit_entry where seq = 2", 2)]
    [InlineData("update ioc.audit_entry set seq = 60 where seq = 5; update ioc.audit_entry set seq = 5 where seq = 4; update ioc.audit_entry set seq = 4 where seq = 60", 4)]
    public async Task Entry_TamperedWithBesideTheApplication_IsNamed(string sql, long broken)
    {
        await WriteAsync(6);
        await ExecuteAsync($"alter table ioc.audit_entry disable trigger audit_entry_is_final; {sql}; alter table ioc.audit_entry enable trigger audit_entry_is_final");

        var verdict = await VerifyAsync();

        verdict.BrokenAt.ShouldBe(broken);
        verdict.Entries.ShouldBe(broken - 1);
    }

    [Fact]
    public async Task Command_SaysWhetherTheTrailIsSound()
    {
        await WriteAsync(3);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = _host.ConnectionString };

        // What a first start writes besides is counted, not known.
        await using var count = _host.Database.CreateCommand("select count(*) from ioc.audit_entry");
        var entries = (long)(await count.ExecuteScalarAsync())!;
        entries.ShouldBeGreaterThanOrEqualTo(3);
        var (code, output) = await IocProcess.RunAsync(_host.DataDirectory, ["audit", "verify"], environment);
        code.ShouldBe(0, output);
        output.ShouldContain($"{entries} entries, each follows from the one before it.");

        await ExecuteAsync("alter table ioc.audit_entry disable trigger audit_entry_is_final; update ioc.audit_entry set subject = '' where seq = 2; alter table ioc.audit_entry enable trigger audit_entry_is_final");
        (code, output) = await IocProcess.RunAsync(_host.DataDirectory, ["audit", "verify"], environment);
        code.ShouldBe(8, output);
        output.ShouldContain("broken at entry 2");
    }

    [Fact]
    public async Task SignIns_AndTheirFailures_AreOnTheTrail()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI", "truc.ban");
        using var stranger = new Visitor(_host, "10.9.9.9");
        await stranger.SignInAsync("truc.ban", "không phải mật khẩu");
        await stranger.SignInAsync("Mật khẩu gõ nhầm ô", "x");

        var entries = (await FoundAsync(AuditActions.SignIn)).Reverse().ToList();

        entries.Select(e => (e.Subject, e.Outcome, e.Actor.Kind, e.Actor.Address)).ShouldBe(
        [
            ("truc.ban", AuditOutcome.Done, AuditActor.Person, "10.1.1.1"),
            ("truc.ban", AuditOutcome.Refused, AuditActor.Nobody, "10.9.9.9"),
            ("?", AuditOutcome.Refused, AuditActor.Nobody, "10.9.9.9"),
        ]);
        entries[0].Actor.Agency.ShouldBe("QTI");
        entries[1].After!.ShouldContain("password");
        entries.ShouldAllBe(e => e.Actor.Trace != null);
    }

    [Fact]
    public async Task Rights_GivenChangedAndTaken_AreOnTheTrailWithBeforeAndAfter()
    {
        var keys = _host.Services.GetRequiredService<MachineKeys>();
        var (key, token) = await keys.AddAsync("SYT", [KeyScopes.Submit], null, "hệ thống HIS");
        (await keys.RevokeAsync(key.Id)).ShouldBeTrue();
        (await keys.RevokeAsync(key.Id)).ShouldBeFalse();
        using (var scope = _host.Services.CreateScope())
        {
            var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
            (await accounts.SetAsync("lan.pham", Visitor.Password, Roles.Operator, "QTI")).ShouldBeEmpty();
            (await accounts.SetAsync("lan.pham", Visitor.Password + "!", Roles.Auditor, "TTT")).ShouldBeEmpty();
            (await accounts.SetAsync("ngan", "ngắn quá", Roles.Operator, "QTI")).ShouldNotBeEmpty();
        }

        var entries = (await FoundAsync()).Reverse().Skip(Before).ToList();

        entries.Select(e => e.Action).ShouldBe([
            AuditActions.KeyIssued, AuditActions.KeyRevoked, AuditActions.RoleGranted, AuditActions.AccountSet,
            AuditActions.RoleEnded, AuditActions.RoleGranted, AuditActions.AccountSet]);
        entries[1].Before!.ShouldContain("hệ thống HIS");
        entries[^1].Before!.ShouldBe("""{"role":"operator","agency":"QTI"}""");
        entries[^1].After!.ShouldBe("""{"role":"auditor","agency":"TTT","password":"set"}""");
        entries.ShouldAllBe(e => !$"{e.Before}{e.After}{e.Subject}".Contains(token) && !$"{e.Before}{e.After}".Contains(Visitor.Password));
    }

    [Fact]
    public async Task Trail_IsReadByAuditorsAlone()
    {
        using var auditor = await Visitor.OfAsync(_host, Roles.Auditor);
        using var @operator = await Visitor.OfAsync(_host, Roles.Operator);

        foreach (var path in new[] { "/console/audit", "/console/audit.csv" })
        {
            (await auditor.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK, path);
            (await @operator.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await _host.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Redirect, "whoever sits at the server may look at figures, not at this: " + path);
        }

        (await auditor.Client.GetStringAsync("/console")).ShouldContain("/console/audit");
        (await @operator.Client.GetStringAsync("/console")).ShouldNotContain("/console/audit");
    }

    [Fact]
    public async Task Search_FindsByActionNameAndDay()
    {
        using var auditor = await Visitor.OfAsync(_host, Roles.Auditor);
        await Trail.RecordAsync(AuditActions.KeyIssued, "100%_sure", AuditOutcome.Done);

        WebUtility.HtmlDecode(await auditor.Client.GetStringAsync("/console/audit?who=100%25_")).ShouldContain("100%_sure");
        (await auditor.Client.GetStringAsync("/console/audit?who=100x")).ShouldNotContain("100%_sure");
        (await auditor.Client.GetStringAsync("/console/audit?action=key-issued&from=2020-01-01&to=2020-12-31")).ShouldNotContain("100%_sure");
        (await auditor.Client.GetStringAsync("/console/audit?action=key-issued&lang=en")).ShouldContain("Key issued");
        (await auditor.Client.GetAsync("/console/audit?from=x&to=y&action=z&below=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Export_IsSafeForSpreadsheetsAndItselfOnTheTrail()
    {
        using var auditor = await Visitor.OfAsync(_host, Roles.Auditor);
        await Trail.RecordAsync(AuditActions.KeyIssued, "=HYPERLINK(\"http://elsewhere.example\")", AuditOutcome.Done);

        using var answer = await auditor.Client.GetAsync("/console/audit.csv?action=key-issued");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var text = System.Text.Encoding.UTF8.GetString(bytes);

        bytes.AsSpan(0, 3).ToArray().ShouldBe([0xEF, 0xBB, 0xBF]);
        text.ShouldContain("\"'=HYPERLINK");
        text.ShouldNotContain(",=HYPERLINK");
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await FoundAsync(AuditActions.AuditExported)).ShouldHaveSingleItem().Actor.Name.ShouldBe(Roles.Auditor);
    }

    private async Task WriteAsync(int count)
    {
        for (var i = 0; i < count; i++) await Trail.RecordAsync(AuditActions.AccountSet, $"a{i}", AuditOutcome.Done, after: new() { ["agency"] = "SYT" });
    }

    private Task<AuditVerdict> VerifyAsync() => _host.Services.GetRequiredService<VerifyAudit>().Handle(CancellationToken.None);

    private Task<IReadOnlyList<AuditEntry>> FoundAsync(string? action = null) =>
        _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 200, CancellationToken.None);

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
