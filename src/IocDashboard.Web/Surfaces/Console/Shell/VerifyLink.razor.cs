using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>How many submissions wait to be verified; counted anew some seconds after the board has changed, and each half minute.</summary>
public sealed partial class VerifyLink : IDisposable
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(3), CountAtLeast = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closed = new();
    private int _waiting;
    private BoardState? _counted;
    private DateTimeOffset _countedAt;
    private (int, bool)? _drawn;

    [Inject]
    private ReviewQueue Queue { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter]
    public bool IsCurrent { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var since = (Moment.Now - _countedAt).Duration();
        if (_counted is not null && since < CountAtLeast && (ReferenceEquals(_counted, Moment.Board) || since < CountEvery)) return;
        (_counted, _countedAt) = (Moment.Board, Moment.Now);
        try
        {
            _waiting = await Queue.CountAsync(_closed.Token);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The console is gone.
        }
        catch (Exception failure) when (DatabaseAway.Is(failure))
        {
            // The count stays as it was; the page itself says what cannot be read.
        }
    }

    protected override bool ShouldRender()
    {
        if (_drawn == (_waiting, IsCurrent)) return false;
        _drawn = (_waiting, IsCurrent);
        return true;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
