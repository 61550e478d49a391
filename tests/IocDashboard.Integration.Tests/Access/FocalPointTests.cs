using System.Net;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>The register of focal points keeps its history, has one principal at a time, and gives nothing of another agency away.</summary>
public sealed class FocalPointTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly AuditActor Supervisor = new(AuditActor.Person, "truong.ca", "IOC", null, null);
    private static readonly AuditActor Head = new(AuditActor.Person, "giam.doc", "SYT", null, null);

    private IocHost _host = null!;

    private FindFocalPoints Find => _host.Services.GetRequiredService<FindFocalPoints>();

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Officer_Succeeded_StaysInTheHistoryAndOnTheTrail()
    {
        var first = await NamedAsync("SYT", "2026-01-01");
        var second = (await RecordAsync(Naming("SYT", "2026-07-01", "Trần Thị Ví Dụ") with { Replaces = first.Id })).Recorded.ShouldNotBeNull();

        var register = await Find.Handle(AgencyScope.All, CancellationToken.None);
        register.Select(f => (f.Contact.Name, f.Validity)).ShouldBe(
        [
            ("Trần Thị Ví Dụ", new Validity(new(2026, 7, 1), null)), ("Nguyễn Văn Minh Họa", new Validity(new(2026, 1, 1), new(2026, 7, 1))),
        ]);
        (register[1].SucceededBy, register[1].Ended!.By).ShouldBe((second.Id, "truong.ca"));
        var trail = await TrailAsync();
        trail.Select(e => (e.Action, e.Subject, e.Actor.Name, e.Outcome)).Take(3).ShouldBe(
        [
            (AuditActions.FocalPointRecorded, $"SYT/{second.Id}", "truong.ca", AuditOutcome.Done),
            (AuditActions.FocalPointEnded, $"SYT/{first.Id}", "truong.ca", AuditOutcome.Done),
            (AuditActions.FocalPointRecorded, $"SYT/{first.Id}", "truong.ca", AuditOutcome.Done),
        ]);
        trail[0].After.ShouldNotBeNull().ShouldContain("\"phone\":\"0235 000 0001\"");
        trail[1].Before.ShouldNotBeNull().ShouldContain("\"until\":null");
        trail[1].After.ShouldNotBeNull().ShouldContain("\"until\":\"2026-07-01\"");
        (await _host.Services.GetRequiredService<VerifyAudit>().Handle(CancellationToken.None)).BrokenAt.ShouldBeNull();
    }

    [Fact]
    public async Task Missing_IsCountedByOneReadingForAllConsoles_AnewWhenOneWasWrittenHere()
    {
        var count = _host.Services.GetRequiredService<FocalPointCount>();
        var none = await count.MissingAt(Now, AgencyScope.All, CancellationToken.None);
        (await count.MissingAt(Now, AgencyScope.Of("SYT"), CancellationToken.None)).ShouldBe(1);
        await NamedAsync("SYT", "2026-01-01");
        (await count.MissingAt(Now, AgencyScope.All, CancellationToken.None)).ShouldBe(none - 1);
        (await count.MissingAt(Now, AgencyScope.Of("SYT"), CancellationToken.None)).ShouldBe(0);
        (await count.MissingAt(Now, AgencyScope.None, CancellationToken.None)).ShouldBe(0);

        // Behind the centre's back, as another node would: it is seen with the next reading, which is not due.
        await using (var command = _host.Database.CreateCommand("set session_replication_role = replica; delete from focal_point; reset session_replication_role")) await command.ExecuteNonQueryAsync();
        (await count.MissingAt(Now, AgencyScope.All, CancellationToken.None)).ShouldBe(none - 1);
    }

    [Fact]
    public async Task Principals_RecordedAtOnce_AreOne()
    {
        var decisions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RecordAsync(Naming("SYT", "2026-01-01", $"Người {i}"))));

        decisions.Count(d => d.Accepted).ShouldBe(1);
        decisions.Where(d => !d.Accepted).ShouldAllBe(d => d.Errors.Single().Code == FocalPointCodes.PrincipalOverlaps);
        (await Find.Handle(AgencyScope.All, CancellationToken.None)).Count.ShouldBe(1);
        (await TrailAsync()).Count(e => e.Action == AuditActions.FocalPointRecorded).ShouldBe(1, "what was refused for its content changed nothing");
    }

    [Fact]
    public async Task Successors_RecordedAtOnce_AreOne()
    {
        var first = await NamedAsync("SYT", "2026-01-01", kind: FocalPointKind.Deputy);

        var decisions = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => RecordAsync(Naming("SYT", "2026-07-01", $"Người {i}") with { Replaces = first.Id })));

        decisions.Count(d => d.Accepted).ShouldBe(1);
        decisions.Where(d => !d.Accepted).ShouldAllBe(d => d.Errors.Single().Code == FocalPointCodes.AlreadySucceeded);
    }

    [Theory]
    [InlineData("delete from ioc.focal_point")]
    [InlineData("truncate ioc.focal_point")]
    [InlineData("update ioc.focal_point set phone = '0'")]
    [InlineData("update ioc.focal_point set valid_from = '2020-01-01'")]
    public async Task Entry_ChangedOrDeleted_IsRefusedByTheDatabase(string sql)
    {
        await NamedAsync("SYT", "2026-01-01");

        await using var command = _host.Database.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
    }

    [Fact]
    public async Task OtherAgencys_Guessed_AnswersAsWhatDoesNotExist()
    {
        var (own, other) = (await NamedAsync("SYT", "2026-01-01"), await NamedAsync("STC", "2026-01-01"));
        var scope = AgencyScope.Of("SYT");

        (await Find.Handle(scope, CancellationToken.None)).Select(f => f.Id).ShouldBe([own.Id]);
        (await Find.Handle(scope, CancellationToken.None, agency: "STC")).ShouldBeEmpty();
        (await Find.One(other.Id, scope, CancellationToken.None)).ShouldBeNull();
        (await Find.One(own.Id, scope, CancellationToken.None)).ShouldBe(own);
        (await EndAsync(other.Id, scope)).ShouldBe(await EndAsync(Guid.NewGuid(), scope));
        (await RecordedCodeAsync("STC", scope)).ShouldBe(await RecordedCodeAsync("KHONGCO", scope));
        // Nor by way of one's own agency.
        (await RecordAsync(Naming("SYT", "2026-07-01") with { Replaces = other.Id }, scope, Head)).Errors.Single().Code.ShouldBe(FocalPointCodes.Unknown);

        (await Find.One(other.Id, AgencyScope.All, CancellationToken.None)).ShouldBe(other);
        (await TrailAsync()).Count(e => e is { Outcome: AuditOutcome.Refused, Actor.Name: "giam.doc" }).ShouldBe(4, "whoever tries is on the trail");
        (await Find.Handle(AgencyScope.None, CancellationToken.None)).ShouldBeEmpty();
        (await Find.Handle(AgencyScope.Of(""), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Page_OfAnAgencysPerson_HoldsNothingOfAnother()
    {
        await NamedAsync("SYT", "2026-01-01", "Nguyễn Văn Minh Họa");
        await NamedAsync("STC", "2026-01-01", "Phạm Thị Tượng Trưng");
        using var reporter = await Visitor.OfAsync(_host, Roles.AgencyReporter, "SYT");
        using var centre = await Visitor.OfAsync(_host, Roles.Operator, "QTI");

        var own = await PageAsync(reporter, "SYT");
        var other = await PageAsync(reporter, "STC");
        var nothing = await PageAsync(reporter, "KHONGCO");

        own.ShouldContain("Nguyễn Văn Minh Họa");
        own.ShouldNotContain("Phạm Thị Tượng Trưng");
        other.ShouldNotContain("Phạm Thị Tượng Trưng");
        PaneOf(other).Replace("STC", "?", StringComparison.Ordinal).ShouldBe(PaneOf(nothing).Replace("KHONGCO", "?", StringComparison.Ordinal));
        (await PageAsync(centre, "STC")).ShouldContain("Phạm Thị Tượng Trưng");
    }

    [Fact]
    public async Task Commands_RecordAndList()
    {
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__Ioc"] = _host.ConnectionString };
        string[] add = ["focal-point", "add", "--agency", "SYT", "--name", "Nguyễn Văn Minh Họa", "--position", "Chánh Văn phòng", "--phone", "0235 000 0001"];

        var (code, output) = await IocProcess.RunAsync(_host.DataDirectory, [.. add, "--email", "x"], environment);
        (code, output.Trim()).ShouldBe((2, "--email: bad-email"));
        (code, output) = await IocProcess.RunAsync(_host.DataDirectory, [.. add, "--email", "minhhoa@example.vn", "--from", "2026-01-01"], environment);
        code.ShouldBe(0, output);

        (code, output) = await IocProcess.RunAsync(_host.DataDirectory, ["focal-point", "list"], environment);
        code.ShouldBe(0, output);
        output.ShouldContain("STC        MISSING");
        output.ShouldNotContain("SYT        MISSING");
        output.ShouldContain("SYT        principal  in force  2026-01-01 to no end set");
    }

    private static RecordFocalPoint Naming(string agency, string from, string name = "Nguyễn Văn Minh Họa") => new(
        Guid.NewGuid(), agency, FocalPointKind.Principal, name, "Chánh Văn phòng", "0235 000 0001", "minhhoa@example.vn",
        DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), null, null, "truong.ca", Now);

    private async Task<FocalPoint> NamedAsync(string agency, string from, string name = "Nguyễn Văn Minh Họa", FocalPointKind kind = FocalPointKind.Principal) =>
        (await RecordAsync(Naming(agency, from, name) with { Kind = kind })).Recorded.ShouldNotBeNull();

    private Task<FocalPointDecision> RecordAsync(RecordFocalPoint command, AgencyScope? scope = null, AuditActor? by = null) =>
        _host.Services.GetRequiredService<RecordFocalPointHandler>().Handle(command, scope ?? AgencyScope.All, by ?? Supervisor, CancellationToken.None);

    private async Task<(string, string)> RecordedCodeAsync(string agency, AgencyScope scope)
    {
        var error = (await RecordAsync(Naming(agency, "2026-07-01"), scope, Head)).Errors.Single();
        return (error.Field, error.Code);
    }

    private async Task<(string, string)> EndAsync(Guid id, AgencyScope scope)
    {
        var decision = await _host.Services.GetRequiredService<EndFocalPointHandler>().Handle(new(id, new(2026, 7, 1), "giam.doc", Now), scope, Head, CancellationToken.None);
        var error = decision.Errors.Single();
        return (error.Field, error.Code);
    }

    private Task<IReadOnlyList<AuditEntry>> TrailAsync() =>
        _host.Services.GetRequiredService<FindAudit>().Handle(new(null, null, null, null), null, 100, CancellationToken.None);

    private static async Task<string> PageAsync(Visitor visitor, string agency)
    {
        using var answer = await visitor.Client.GetAsync($"/console/focal-points?agency={agency}");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static string PaneOf(string page)
    {
        var at = page.IndexOf("<aside", StringComparison.Ordinal);
        return page[at..page.IndexOf("</aside>", at, StringComparison.Ordinal)];
    }
}
