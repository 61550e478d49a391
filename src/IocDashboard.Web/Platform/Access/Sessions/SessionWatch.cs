using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Database;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>
/// A circuit outlives the request that began it: every few seconds it asks whether its session is still open and still means the
/// same rights, all circuits with one question. If not, the page is loaded anew, and the server says what is to come: the page
/// with its new rights, or signing in.
/// </summary>
internal sealed class SessionWatch(ILoggerFactory loggers, SessionSweep sessions, FactorDemands demands, TimeProvider clock) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private SessionSweep.Watch? _watch;

    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(3);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.IdOf(authenticationState.User) is not { } id) return true;
        _watch ??= sessions.Begin(id);
        if (cancellationToken.IsCancellationRequested) _watch.Dispose(); // the circuit ended meanwhile
        try
        {
            return await sessions.FindAsync(id, cancellationToken) is { } state && state.EndAt(clock.GetUtcNow()) is null
                && SessionPrincipal.IsCurrent(
                    authenticationState.User, state, await demands.OfAsync(state, SessionPrincipal.IsOutside(authenticationState.User), cancellationToken));
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // A database that is away ends nobody's shift: nothing can be read or done meanwhile.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _watch?.Dispose();
    }
}
