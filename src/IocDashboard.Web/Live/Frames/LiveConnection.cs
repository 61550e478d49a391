using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace IocDashboard.Web.Live.Frames;

/// <summary>
/// One listening client. At most one write is under way; while it is, frames are not queued but forgotten, and the
/// client gets each missed channel whole as soon as it can take it: the latest state, never a backlog.
/// </summary>
internal sealed class LiveConnection(HubConnectionContext context)
{
    // A connection outlives the request that began it.
    private readonly string? _address = context.GetHttpContext()?.Connection.RemoteIpAddress?.ToString();
    private readonly Lock _gate = new();
    private readonly HashSet<LiveChannel> _missed = [];
    private bool _busy;

    public string Id => context.ConnectionId;

    /// <summary>Of a claim of whoever connected; null when they have none such.</summary>
    public string? Claim(string type) => context.User?.FindFirst(type)?.Value;

    /// <summary>Code of the agency that it reads for; null when there is none.</summary>
    public string? Agency => ReadingAgency.Of(context.User);

    /// <summary>Who listens, for the audit trail.</summary>
    public AuditActor Actor => AuditActor.Of(context.User, _address);

    /// <summary>Ends without a word: the client connects again and is judged anew.</summary>
    public void Drop() => context.Abort();

    /// <summary>Says that the right to listen has ended (message <c>Revoked</c>), and ends. Waits for nobody.</summary>
    public void End() => _ = EndAsync();

    private async Task EndAsync()
    {
        try
        {
            await context.WriteAsync(new SerializedHubMessage(new InvocationMessage("Revoked", [])), context.ConnectionAborted).AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException or TimeoutException)
        {
            // It does not listen: then it need not be told.
        }

        context.Abort();
    }

    /// <summary>Never waits for the client.</summary>
    public void Send(LiveChannel channel, SerializedHubMessage message)
    {
        lock (_gate)
        {
            if (_busy)
            {
                _missed.Add(channel);
                return;
            }

            _busy = true;
        }

        var write = context.WriteAsync(message, context.ConnectionAborted);
        if (write.IsCompletedSuccessfully)
        {
            lock (_gate) _busy = false;
            return;
        }

        _ = CatchUpAsync(write.AsTask());
    }

    public void Forget(LiveChannel channel)
    {
        lock (_gate) _missed.Remove(channel);
    }

    private async Task CatchUpAsync(Task write)
    {
        try
        {
            while (true)
            {
                await write;
                LiveChannel channel;
                lock (_gate)
                {
                    if (_missed.Count == 0)
                    {
                        _busy = false;
                        return;
                    }

                    channel = _missed.First();
                    _missed.Remove(channel);
                }

                write = context.WriteAsync(channel.Full, context.ConnectionAborted).AsTask();
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The client went away; the hub's own disconnect removes it from every channel.
        }
    }
}
