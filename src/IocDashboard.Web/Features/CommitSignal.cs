using System.Threading.Channels;

namespace IocDashboard.Web.Features;

/// <summary>
/// Wakes this node's tail at once after a commit. Only a hint: the tail also looks by itself, so a lost pulse
/// or another node's commit costs a moment of delay and never a change.
/// </summary>
public sealed class CommitSignal
{
    private readonly Channel<bool> _pulses = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Pulse() => _pulses.Writer.TryWrite(true);

    /// <summary>Returns after the next pulse or when the time is up, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        try
        {
            await _pulses.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is up: the tail looks by itself.
        }
    }
}
