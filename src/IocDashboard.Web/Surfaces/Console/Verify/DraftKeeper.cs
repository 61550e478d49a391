using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// Writes one person's draft while they go on working: a decision at once, words after a pause, one write at a time and the newest only.
/// Lives in a circuit: nothing of it runs at the same time as anything else of it.
/// </summary>
/// <param name="told">After each write, done or failed.</param>
public sealed class DraftKeeper(KeepReviewDraft keep, TimeProvider clock, ILogger log, Action told) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700), Again = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(5);

    private ReviewDraft? _next;
    private CancellationTokenSource _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _closed, _stopped;

    /// <summary>When what stands on the screen was last written; null: it never was.</summary>
    public DateTimeOffset? KeptAt { get; private set; }

    /// <summary>Why what stands on the screen is not kept; null where it is, or there is nothing to keep.</summary>
    public DraftTrouble? Trouble { get; private set; }

    /// <summary>Another submission is opened.</summary>
    public void Begin(ReviewDraft? found) => (KeptAt, Trouble, _stopped) = (found?.WrittenAt, null, false);

    /// <param name="isTyping">More of it may come within the second.</param>
    public void Put(ReviewDraft draft, bool isTyping)
    {
        if (!_stopped) Put(draft, isTyping ? Pause : TimeSpan.Zero);
    }

    /// <summary>What is not written yet is written now, and waited for: whoever opens it next reads it whole.</summary>
    public async Task FlushAsync()
    {
        if (_next is { } draft) Put(draft, TimeSpan.Zero);
        try
        {
            await _writing.WaitAsync(Patience, clock);
        }
        catch (TimeoutException)
        {
            // It goes on by itself; the page need not wait for a slow database.
        }
    }

    /// <summary>The decision itself is about to be sent: no write begins after it, and one that is under way longer than is waited for finds nothing to be a draft of.</summary>
    public async Task StopAsync()
    {
        (_stopped, _next) = (true, null);
        await _waiting.CancelAsync();
        await FlushAsync();
    }

    /// <summary>The decision was refused: what stands on the screen is a draft again.</summary>
    public void Resume() => _stopped = false;

    private void Put(ReviewDraft draft, TimeSpan wait)
    {
        _next = draft;
        _waiting.Cancel();
        _waiting.Dispose();
        _waiting = new();
        _writing = WriteAsync(_writing, wait, _waiting.Token);
    }

    private async Task WriteAsync(Task before, TimeSpan wait, CancellationToken overtaken)
    {
        try
        {
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, overtaken);
        }
        catch (OperationCanceledException)
        {
            // Somebody else writes what is newest; what was begun before is still waited for.
        }

        await before;
        if (_stopped || overtaken.IsCancellationRequested || _next is not { } draft) return;
        _next = null;
        try
        {
            KeptAt = await keep.Handle(draft, CancellationToken.None);
            Trouble = KeptAt is null ? DraftTrouble.Over : null;
            if (draft.IsEmpty) KeptAt = null;
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            Trouble = DraftTrouble.Away;
            if (!_closed && !_stopped) Put(_next ?? draft, Again);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whoever writes next, opens another report or sends this one goes on: they need not know what became of this.
            Trouble = DraftTrouble.Broken;
            log.LogError(failure, "The draft of {Person} on {Report} could not be kept", draft.By, draft.Report);
        }

        if (!_closed) told();
    }

    public async ValueTask DisposeAsync()
    {
        _closed = true;
        await FlushAsync();
        await _waiting.CancelAsync();
        _waiting.Dispose();
    }
}
