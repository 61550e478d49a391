using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Tests.Access;

public sealed class EveryEndpointTests : IAsyncLifetime
{
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void EveryEndpoint_NamesItsPolicy()
    {
        string[] known = [Policies.View, Policies.Operate, Policies.ReadAudit, Policies.OwnAccount, Policies.ShowWall, Policies.Listen, Policies.AuthoriseDisplays, Policies.RecordAgreements, Policies.SubmitApi, Policies.ReadApi, Policies.AgencyApi, Policies.Public];
        var endpoints = _host.Services.GetRequiredService<EndpointDataSource>().Endpoints;
        endpoints.Count.ShouldBeGreaterThan(3);

        var open = endpoints
            // Development's own last resort for files that were added since the build; closed by the fallback policy.
            .Where(e => e.DisplayName != "Fallback {**path:file}")
            .Where(e => !e.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(a => known.Contains(a.Policy)))
            .Select(e => e.DisplayName);

        open.ShouldBeEmpty("Every route, hub and page says who may reach it: RequireAuthorization(Policies.…) or [Authorize(Policies.…)].");
    }

    [Fact]
    public void NoEndpoint_IsAnonymousWithoutSayingPublic() =>
        _host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Where(e => e.Metadata.GetOrderedMetadata<IAuthorizeData>().All(a => a.Policy != Policies.Public))
            .Select(e => e.DisplayName)
            .ShouldBeEmpty();
}
