namespace IocDashboard.Web.Demo.Agencies;

/// <summary>Says in the log that the simulated agencies are not served, once a minute at most, and when they are again.</summary>
internal sealed class Complaints(ILogger logger, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private readonly Lock _gate = new();
    private DateTimeOffset _saidAt = DateTimeOffset.MinValue;
    private int _unsaid;
    private bool _away;

    public void Succeeded()
    {
        if (!_away) return;
        lock (_gate)
        {
            if (!_away) return;
            _away = false;
        }

        logger.LogInformation("The simulated agencies are served again");
    }

    public void Unreachable(string reason)
    {
        _away = true;
        if (IsTime(out var unsaid)) logger.LogWarning("The simulated agencies cannot reach the centre ({Unsaid} more since the last time): {Reason}", unsaid, reason);
    }

    public async Task RefusedAsync(HttpRequestMessage request, HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!IsTime(out var unsaid)) return;
        var reason = await answer.Content.ReadAsStringAsync(cancellation);
        logger.LogWarning("The centre answered {Status} to {Path} of a simulated agency ({Unsaid} more since the last time): {Reason}",
            (int)answer.StatusCode, request.RequestUri, unsaid, reason.Length > 300 ? reason[..300] : reason);
    }

    private bool IsTime(out int unsaid)
    {
        lock (_gate)
        {
            unsaid = _unsaid++;
            var now = clock.GetUtcNow();
            if (now - _saidAt < Interval) return false;
            (_saidAt, _unsaid) = (now, 0);
            return true;
        }
    }
}
