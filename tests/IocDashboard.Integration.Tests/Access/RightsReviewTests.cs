using System.Text.Json.Nodes;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Features.RightsReviews;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>The half-yearly review: who could do what at any instant, what changed since somebody last looked, and when the next look is due.</summary>
public sealed class RightsReviewTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 3, 0, 0, TimeSpan.Zero);
    private static readonly AuditActor An = new(AuditActor.Person, "an.nguyen", "QTI", null, null);

    private readonly FakeTimeProvider _clock = new(Start);
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IocHost.StartAsync(new() { Time = _clock });
        await SetAsync("an.nguyen", Roles.Administrator, "QTI");
        await SetAsync("lan.pham", Roles.AgencyReporter, "SYT");
        await SetAsync("vu.le", Roles.Supervisor, "IOC");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Rights_OfThePast_AreAsTheyWereThen()
    {
        var administer = _host.Services.GetRequiredService<AdministerPerson>();
        var before = await StepAsync();
        (await Assignments.GrantAsync(await IdOfAsync("lan.pham"), Roles.AgencyHead, null, _clock.GetUtcNow().AddDays(10), "ủy quyền", An)).ShouldBe(RoleRefusal.None);
        var during = await StepAsync();
        await administer.DescribeAsync("lan.pham", "Phạm Thị Lan", "SGDDT", An);
        await administer.CloseAsync("lan.pham", "chuyển công tác", An);
        var closed = await StepAsync();
        _clock.Advance(TimeSpan.FromDays(10));
        await administer.OpenAsync("lan.pham", An);
        var after = await StepAsync();

        (await LanAt(before)).ShouldSatisfyAllConditions(p => p.Roles.Select(r => r.Role).ShouldBe([Roles.AgencyReporter]), p => p.Agency.ShouldBe("SYT"), p => p.IsClosed.ShouldBeFalse());
        (await LanAt(during)).ShouldSatisfyAllConditions(p => p.Roles.Count.ShouldBe(2), p => p.Roles[1].Reason.ShouldBe("ủy quyền"), p => p.Agency.ShouldBe("SYT"));
        (await LanAt(closed)).ShouldSatisfyAllConditions(p => p.IsClosed.ShouldBeTrue(), p => p.Agency.ShouldBe("SGDDT"), p => p.Roles.Count.ShouldBe(2));
        (await LanAt(after)).ShouldSatisfyAllConditions(p => p.IsClosed.ShouldBeFalse(), p => p.Roles.Select(r => r.Role).ShouldBe([Roles.AgencyReporter]));
        (await RightsAt(Start.AddDays(-1))).People.ShouldBeEmpty("nobody was there yet");
    }

    [Fact]
    public async Task Rights_AreGroupedByTheSetOfTheRoles_AndOnlyWithinTheReadersScope()
    {
        var rights = await RightsAt(_clock.GetUtcNow());
        rights.People.ToDictionary(p => p.UserName, p => p.Set).ShouldBe(
            new Dictionary<string, RoleSet?> { ["an.nguyen"] = RoleSet.OperatingUnit, ["lan.pham"] = RoleSet.Elsewhere, ["vu.le"] = RoleSet.OperatingUnit }, ignoreOrder: true);

        (await RightsAt(_clock.GetUtcNow(), AgencyScope.Of("SYT"))).People.Single().UserName.ShouldBe("lan.pham");
        (await RightsAt(_clock.GetUtcNow(), AgencyScope.None)).People.ShouldBeEmpty();
    }

    [Fact]
    public async Task Keys_AndDisplays_AreThoseThatWereValidThen()
    {
        var keys = _host.Services.GetRequiredService<MachineKeys>();
        var (key, _) = await keys.AddAsync("SYT", [KeyScopes.Submit], null, "máy của sở");
        await StepAsync();
        var valid = await StepAsync();
        await keys.RevokeAsync(key.Id);
        var revoked = await StepAsync();

        (await RightsAt(valid)).Keys.Single().Label.ShouldBe("máy của sở");
        (await RightsAt(revoked)).Keys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Review_Recorded_CountsWhatChangedAndPutsTheNextOneOff()
    {
        (await Reviews.NextDueAsync(default)).ShouldBe(new DateTimeOffset(2026, 7, 4, 17, 0, 0, TimeSpan.Zero), "half a year after the first role, at the day's beginning in the province");
        _clock.Advance(TimeSpan.FromDays(100));
        var first = _clock.GetUtcNow();
        (await RecordAsync(first, "đủ")).ShouldBe(ReviewOutcome.Recorded);

        _clock.Advance(TimeSpan.FromDays(1));
        await Assignments.GrantAsync(await IdOfAsync("lan.pham"), Roles.AgencyHead, null, _clock.GetUtcNow().AddDays(3), "ủy quyền", An);
        await Assignments.GrantAsync(await IdOfAsync("lan.pham"), Roles.Operator, _clock.GetUtcNow().AddDays(50), null, "để sau", An);
        _clock.Advance(TimeSpan.FromDays(5));
        await Assignments.EndAsync((await Assignments.OfAsync(await IdOfAsync("vu.le"))).Single().Id, An);
        await Assignments.EndAsync((await Assignments.OfAsync(await IdOfAsync("lan.pham"))).Single(r => r.Role == Roles.Operator).Id, An);
        _clock.Advance(TimeSpan.FromDays(1));
        var second = _clock.GetUtcNow();

        (await Reviews.ChangesAsync(first, second, AgencyScope.All, default)).Select(c => (c.UserName, c.Role, c.IsGiven, c.By)).ShouldBe(
        [
            ("lan.pham", Roles.AgencyHead, true, "an.nguyen"), ("lan.pham", Roles.AgencyHead, false, null), ("vu.le", Roles.Supervisor, false, "an.nguyen"),
        ]);
        (await RecordAsync(second, "hai thay đổi")).ShouldBe(ReviewOutcome.Recorded);
        var reviews = await Reviews.ListAsync(default);
        reviews.Select(r => (r.People, r.Roles, r.Given, r.Ended, r.Remarks)).ShouldBe([(2, 2, 1, 2, "hai thay đổi"), (3, 3, 3, 0, "đủ")]);
        (await Reviews.NextDueAsync(default)).ShouldBe(second.AddMonths(6).AddHours(-10), "10:00 in the province is reviewed, midnight is due");
        var entry = (await _host.Services.GetRequiredService<FindAudit>().Handle(new(AuditActions.RightsReviewed, null, null, null), null, 1, default)).Single();
        ((int)JsonNode.Parse(entry.After!)!["ended"]!).ShouldBe(2);
        entry.Actor.Name.ShouldBe("an.nguyen");
    }

    [Fact]
    public async Task Review_ByWhoeverOnlyReads_OfTheFuture_OrOfThePastOfAReview_IsRefused()
    {
        _clock.Advance(TimeSpan.FromDays(2));
        var now = _clock.GetUtcNow();

        (await RecordAsync(now, "", "vu.le")).ShouldBe(ReviewOutcome.NotAllowed);
        (await RecordAsync(now, "", "khong.ai")).ShouldBe(ReviewOutcome.NotAllowed);
        (await RecordAsync(now.AddMinutes(1), "")).ShouldBe(ReviewOutcome.InFuture);
        (await RecordAsync(now, new string('x', RecordReview.RemarksLength + 1))).ShouldBe(ReviewOutcome.RemarksTooLong);
        (await RecordAsync(now.AddDays(-1), "")).ShouldBe(ReviewOutcome.Recorded);
        (await RecordAsync(now.AddDays(-2), "")).ShouldBe(ReviewOutcome.Covered);

        (await Reviews.ListAsync(default)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reviews_RecordedAtTheSameMoment_CountTheSameChangesOnce()
    {
        var now = _clock.GetUtcNow();

        var outcomes = await Task.WhenAll(RecordAsync(now, "một"), RecordAsync(now, "hai"));

        outcomes.ShouldBe([ReviewOutcome.Recorded, ReviewOutcome.Covered], ignoreOrder: true);
    }

    private RoleAssignments Assignments => _host.Services.GetRequiredService<RoleAssignments>();

    private FindReviews Reviews => _host.Services.GetRequiredService<FindReviews>();

    /// <summary>An instant between what was done and what comes next.</summary>
    private Task<DateTimeOffset> StepAsync()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        var between = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(1));
        return Task.FromResult(between);
    }

    private Task<ReviewOutcome> RecordAsync(DateTimeOffset asOf, string remarks, string by = "an.nguyen") =>
        _host.Services.GetRequiredService<RecordReview>().Handle(asOf, remarks, An with { Name = by });

    private Task<RightsAt> RightsAt(DateTimeOffset instant, AgencyScope? scope = null) =>
        _host.Services.GetRequiredService<FindRights>().Handle(instant, scope ?? AgencyScope.All, CancellationToken.None);

    private async Task<PersonRights> LanAt(DateTimeOffset instant) => (await RightsAt(instant)).People.Single(p => p.UserName == "lan.pham");

    private async Task<string> IdOfAsync(string userName) => (await _host.Services.GetRequiredService<AdministerPerson>().FindAsync(userName))!.Id;

    private async Task SetAsync(string userName, string role, string agency)
    {
        using var scope = _host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, Visitor.Password, role, agency)).ShouldBeEmpty();
    }
}
