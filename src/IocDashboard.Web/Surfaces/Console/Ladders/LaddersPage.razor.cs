using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Ladders;

/// <summary>The ladder of a rhythm: its steps, what they say and when nobody is written to; what a change would do to a real report, and who changed it before.</summary>
public sealed partial class LaddersPage : IDisposable
{
    private static readonly Rhythm[] Rhythms = [Rhythm.Daily, Rhythm.Weekly, Rhythm.Monthly, Rhythm.Quarterly, Rhythm.HalfYearly, Rhythm.Yearly];

    private readonly CancellationTokenSource _closed = new();
    private HeldLadder? _held;
    private LadderDraft? _draft;
    private Ladder? _wanted;
    private IReadOnlyList<PendingReport> _pending = [];
    private int _moved;
    private string? _reason, _said, _failed;
    private bool _wrong, _busy;
    private AuditActor _me = AuditActor.Itself;

    [Inject] private FindLadders Find { get; set; } = null!;
    [Inject] private SetLadderHandler Ladders { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<LaddersPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>Name of the rhythm; any other word: daily.</summary>
    [SupplyParameterFromQuery(Name = "rhythm")]
    private string? Asked { get; set; }

    private bool Off => !RendererInfo.IsInteractive;

    private Rhythm Shown => Rhythms.FirstOrDefault(r => string.Equals(r.ToString(), Asked, StringComparison.OrdinalIgnoreCase), Rhythm.Daily);

    public static string Link(Rhythm rhythm) => $"{ConsoleLinks.Root}/ladders?rhythm={rhythm}";

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    protected override async Task OnParametersSetAsync()
    {
        // What is being written stays while the console redraws.
        if (_held?.Ladder.Rhythm != Shown) await ReadAsync();
    }

    private Task ReadAsync() => TryAsync(async () =>
    {
        Forget();
        _held = await Find.Handle(Shown, _closed.Token);
        (_draft, _reason, _failed) = (LadderDraft.Of(_held.Ladder), null, null);
    }, reading: true);

    private void Add() => _draft!.Steps.Add(new() { Code = $"step-{_draft.Steps.Count + 1}", Days = "1", At = "08:30", To = [Audience.Centre] });

    private void Remove(StepDraft step)
    {
        _draft!.Steps.Remove(step);
        Forget();
    }

    private void Forget() => (_wanted, _said) = (null, null);

    private Task PreviewAsync() => TryAsync(async () =>
    {
        Forget();
        var (ladder, unread) = _draft!.Read();
        if (ladder is null)
        {
            Say(LadderText.Of(unread!), wrong: true);
            return;
        }

        var outcome = await Ladders.Preview(ladder, _closed.Token);
        if (outcome.Findings.Count > 0)
        {
            Say(string.Join(" · ", outcome.Findings.Select(LadderText.Of)), wrong: true);
            return;
        }

        _pending = await Find.Pending(ladder.Rhythm, _closed.Token);
        (_wanted, _moved) = (ladder, outcome.Moved);
    });

    private Task SetAsync() => TryAsync(async () =>
    {
        if (_wanted is not { } wanted || _held is not { } held) return;
        var outcome = await Ladders.Handle(new(wanted, held.Since, _reason), _me, _closed.Token);
        if (outcome.Findings.Count > 0)
        {
            Say(string.Join(" · ", outcome.Findings.Select(LadderText.Of)), wrong: true);
            return;
        }

        Forget();
        _held = await Find.Handle(Shown, _closed.Token);
        (_draft, _reason) = (LadderDraft.Of(_held.Ladder), null);
        Say(T("Ladr.Done", outcome.Moved));
    });

    private void Say(string text, bool wrong = false) => (_said, _wrong) = (text, wrong);

    private async Task TryAsync(Func<Task> what, bool reading = false)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await what();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "A ladder could not be read or set, trace {Trace}", trace);
            if (reading) _failed = trace;
            else Say(T("Ladr.Failed", trace), wrong: true);
        }
        finally
        {
            _busy = false;
        }
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
