using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Obligations;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests;

/// <summary>What the jobs do, done now: a test with a clock of its own does not wait for the scheduler.</summary>
internal static class JobCalls
{
    public static Task<int> OpenAsync(this IocHost host) => host.Services.GetRequiredService<OpenObligations>().Handle(CancellationToken.None);

    public static Task<int> SweepAsync(this IocHost host) => host.Services.GetRequiredService<SweepReports>().Handle(TimeSpan.Zero, CancellationToken.None);

    public static Task<int> SweepFeedsAsync(this IocHost host) => host.Services.GetRequiredService<SweepFeeds>().Handle(CancellationToken.None);
}
