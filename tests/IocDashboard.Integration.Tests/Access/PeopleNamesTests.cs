using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Tests.Access;

/// <summary>History names accounts; people read names, from memory.</summary>
public sealed class PeopleNamesTests(Centre centre)
{
    private static readonly AuditActor By = new(AuditActor.Person, "an", "QTI", null, null);

    private PeopleNames Names => centre.Host.Services.GetRequiredService<PeopleNames>();

    [Fact]
    public async Task Account_IsCalledByItsName_FromTheMomentItIsWritten()
    {
        await SetAsync("ten.tam", "Võ Minh Tâm");
        await SetAsync("ten.trong", "");

        Names.Of("ten.tam").ShouldBe("Võ Minh Tâm");
        Names.Of("TEN.Tam").ShouldBe("Võ Minh Tâm", "accounts are known in any case");
        Names.Of("ten.trong").ShouldBe("ten.trong");
        Names.Of("khóa của Sở Y tế").ShouldBe("khóa của Sở Y tế");

        await using (var scope = centre.Host.Services.CreateAsyncScope())
        {
            var account = (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync("ten.tam"))!;
            await scope.ServiceProvider.GetRequiredService<Accounts>().DescribeAsync(account, "Võ Minh Tâm (Văn phòng)", "SYT", By);
        }

        Names.Of("ten.tam").ShouldBe("Võ Minh Tâm (Văn phòng)");
    }

    [Fact]
    public async Task NameWrittenByAnotherNode_IsKnownAfterAMinute()
    {
        var clock = new FakeTimeProvider(Centre.Now);
        using var names = new PeopleNames(centre.Host.Database, clock, NullLogger<PeopleNames>.Instance);
        await names.StartAsync(CancellationToken.None);
        await SetAsync("ten.hong", "Đỗ Thị Hồng");

        names.Of("ten.hong").ShouldBe("ten.hong");
        clock.Advance(PeopleNames.ReadEvery);
        for (var i = 0; i < 100 && names.Of("ten.hong") == "ten.hong"; i++) await Task.Delay(50);
        names.Of("ten.hong").ShouldBe("Đỗ Thị Hồng");
    }

    private async Task SetAsync(string userName, string fullName)
    {
        await using var scope = centre.Host.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(userName, "Sông Thu Bồn mùa lũ", Roles.AgencyReporter, "SYT", fullName: fullName)).ShouldBeEmpty();
    }
}
