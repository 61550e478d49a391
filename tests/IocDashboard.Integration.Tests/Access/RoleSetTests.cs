using IocDashboard.Integration.Tests.Platform;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Roles of sets that never merge, each pair held by a person of its own.</summary>
public sealed class RoleSetTests(RunningHost running) : IClassFixture<RunningHost>
{
    [Theory]
    [InlineData(Roles.Operator, Roles.ManagingAgency)]
    [InlineData(Roles.Operator, Roles.IndicatorSteward)]
    [InlineData(Roles.Leader, Roles.Supervisor)]
    [InlineData(Roles.Leader, Roles.ManagingAgency)]
    [InlineData(Roles.Auditor, Roles.Administrator)]
    [InlineData(Roles.Auditor, Roles.AgencyHead)]
    public async Task Roles_OfSetsThatNeverMerge_AreRefusedTogether(string held, string wanted)
    {
        var name = $"an.{held}.{wanted}";
        using var person = await Visitor.OfAsync(running.Host, held, "IOC", name);
        var roles = running.Host.Services.GetRequiredService<RoleAssignments>();
        var account = await IdOfAsync(name);

        (await roles.GrantAsync(account, wanted, null, null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.Excluded);
        (await roles.GrantAsync(account, wanted, TimeProvider.System.GetUtcNow().AddYears(1), null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.Excluded);

        // After the one has ended the other may begin: it is the same person in another office.
        (await roles.EndAsync((await roles.OfAsync(account)).Single().Id, AuditActor.Itself)).ShouldBe(RoleEndRefusal.None);
        (await roles.GrantAsync(account, wanted, null, null, "", AuditActor.Itself)).ShouldBe(RoleRefusal.None);
    }

    private async Task<string> IdOfAsync(string userName)
    {
        using var scope = running.Host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName))!.Id;
    }
}
