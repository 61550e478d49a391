using IocDashboard.Integration.Tests.Platform;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

/// <summary>Three people are found by what an administrator types; nothing of it is a pattern or a statement.</summary>
public sealed class PeopleSearchTests(RunningHost running) : IClassFixture<RunningHost>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        using var scope = running.Host.Services.CreateScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Accounts>();
        foreach (var (userName, role, agency, fullName) in new[]
        {
            ("an.nguyen", Roles.Administrator, "QTI", "Nguyễn Văn Ấn"), ("lan", Roles.AgencyReporter, "SYT", "Phạm Thị Lan"), ("minh", Roles.Operator, "QTI", "Đặng Minh"),
        }) (await accounts.SetAsync(userName, Visitor.Password, role, agency, fullName: fullName)).ShouldBeEmpty();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("pham thi lan", 1)]
    [InlineData("PHẠM lan", 1)]
    [InlineData("so y te", 1)]
    [InlineData("dang", 1)]
    [InlineData("ĐẶNG syt", 0)]
    [InlineData("100%", 0)]
    [InlineData("_", 0)]
    [InlineData("'; drop table identity.account; --", 0)]
    [InlineData("  ", 3)]
    public async Task People_Found_WithoutDiacriticsByEveryWord(string search, int found)
    {
        (await running.Host.Services.GetRequiredService<FindPeople>().Handle(new(search, null, null, null), AgencyScope.All, 0, default)).Total.ShouldBe(found);
    }
}
