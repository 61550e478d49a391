using System.Collections.Concurrent;
using System.Diagnostics;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Tests.Access;

/// <summary>What open circuits ask of the sessions that they belong to.</summary>
public sealed class SessionWatchTests : IAsyncLifetime
{
    private const int Circuits = 12;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IocHost.StartAsync(new() { Settings = new Dictionary<string, string?> { ["Ioc:TrustThisMachine"] = "false" } });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Circuits_AreLookedAtTogether_AndOneWhoseSessionEndsIsClosedWithinSeconds()
    {
        using var person = await Visitor.OfAsync(_host, Roles.Operator, "QTI");
        var sessions = _host.Services.GetRequiredService<SessionRegister>();
        var account = await IdOfAsync(Roles.Operator);
        var ids = await Task.WhenAll(Enumerable.Range(0, Circuits).Select(_ => sessions.StartAsync(account, SignInMethods.Password, isStrong: false, "10.1.1.1", "test")));
        var database = new NpgsqlConnectionStringBuilder(_host.ConnectionString).Database!;
        var asked = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                var told = string.Join('\n', activity.TagObjects.Select(t => $"{t.Value}"));
                if (told.Contains("from identity.session s", StringComparison.Ordinal) && activity.TagObjects.Any(t => t.Value as string == database)) asked.Enqueue(told);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var scopes = ids.Select(_ => _host.Services.CreateAsyncScope()).ToList();
        var circuits = new List<AuthenticationStateProvider>();
        foreach (var (scope, id) in scopes.Zip(ids))
        {
            var circuit = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
            var state = (await sessions.FindAsync(id))!;
            ((IHostEnvironmentAuthenticationStateProvider)circuit).SetAuthenticationState(
                Task.FromResult(new AuthenticationState(SessionPrincipal.Of(state))));
            circuits.Add(circuit);
        }

        // The first question of each circuit is its own.
        await Task.Delay(Watched / 2);
        asked.Clear();
        await Task.Delay(Watched);
        asked.Count.ShouldBeInRange(1, (int)(Watched / SessionRegister.TrustFor) + 1);

        await sessions.EndAsync(ids[0], account, SessionEnds.Revoked, AuditActor.Itself);
        var ended = Stopwatch.StartNew();
        while ((await circuits[0].GetAuthenticationStateAsync()).User.Identity is { IsAuthenticated: true } && ended.Elapsed < Watched) await Task.Delay(100);

        ended.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(6));
        (await circuits[1].GetAuthenticationStateAsync()).User.Identity!.IsAuthenticated.ShouldBeTrue();
        foreach (var scope in scopes) await scope.DisposeAsync();
        asked.Clear();
        await Task.Delay(Watched / 2);
        asked.ShouldBeEmpty("nobody is left to be looked at");
    }

    private async Task<string> IdOfAsync(string userName)
    {
        using var scope = _host.Services.CreateScope();
        return (await scope.ServiceProvider.GetRequiredService<AccountManager>().FindByNameAsync(userName))!.Id;
    }
}
