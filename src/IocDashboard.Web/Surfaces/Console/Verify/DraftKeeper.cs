using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Database;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>Why a draft is not kept.</summary>
public enum DraftTrouble
{
    /// <summary>The database does not answer; it is tried again.</summary>
    Away,

    /// <summary>The report was decided or sent again: there is nothing to keep it for.</summary>
    Over,
}

/// <summary>
/// Writes one person's draft while they go on working: a decision at once, words after a pause, one write at a time and the newest only.
/// Lives in a circuit: nothing of it runs at the same time as anything else of it.
/// </summary>
/// <param name="told">After each write, done or failed.</param>
public sealed class DraftKeeper(KeepReviewDraft keep, TimeProvider clock, Action told) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(700), Again = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(5);

    private ReviewDraft? _next;
    private CancellationTokenSource _waiting = new();
    private Task _writing = Task.CompletedTask;
    private bool _closed;

    /// <summary>When what stands on the screen was last written; null: it never was.</summary>
    public DateTimeOffset? KeptAt { get; private set; }

    /// <summary>Why what stands on the screen is not kept; null where it is, or there is nothing to keep.</summary>
    public DraftTrouble? Trouble { get; private set; }

    /// <summary>Another submission is opened.</summary>
    public void Begin(ReviewDraft? found) => (KeptAt, Trouble) = (found?.WrittenAt, null);

    /// <param name="isTyping">More of it may come within the second.</param>
    public void Put(ReviewDraft draft, bool isTyping) => Put(draft, isTyping ? Pause : TimeSpan.Zero);

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

    /// <summary>The decision itself is about to be sent: nothing of the draft may be written after it.</summary>
    public async Task StopAsync()
    {
        _next = null;
        await _waiting.CancelAsync();
        await FlushAsync();
    }

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
        if (overtaken.IsCancellationRequested || _next is not { } draft) return;
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
            if (!_closed) Put(_next ?? draft, Again);
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
