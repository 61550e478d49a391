using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Demo;

[Collection(nameof(FilledCentre))]
public sealed class FocalPointsTests(FilledCentre centre)
{
    private FindFocalPoints Find => centre.Host.Services.GetRequiredService<FindFocalPoints>();

    [Fact]
    public async Task TwoAgencies_HaveNone() =>
        (await Find.MissingAt(centre.Host.Services.GetRequiredService<TimeProvider>().GetUtcNow(), AgencyScope.All, CancellationToken.None))
            .ShouldBe(["CHKCL", "DSMS"], ignoreOrder: true);

    [Fact]
    public async Task EveryContact_SaysThatItIsInvented()
    {
        var register = await Find.Handle(AgencyScope.All, CancellationToken.None);

        register.Count.ShouldBeGreaterThan(40);
        register.ShouldAllBe(f => f.Contact.Email.EndsWith("@example.vn", StringComparison.Ordinal) && f.Contact.Position.Contains("(minh họa)") && f.Contact.Phone.StartsWith("0235 000 "));
    }
}
