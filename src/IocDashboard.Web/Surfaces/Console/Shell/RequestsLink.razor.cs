using IocDashboard.Domain.DataRequests;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>How many answers to data requests are overdue, and how many wait for a word of the centre; counted anew when a request changed on any node, and each minute for deadlines.</summary>
public sealed partial class RequestsLink : IDisposable
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _closed = new();
    private RequestCounts _counts = new(0, 0);
    private IDisposable? _subscription;
    private DateTimeOffset? _countedAt;
    private volatile bool _stale;
    private (RequestCounts, bool)? _drawn;

    [Inject]
    private RequestCount Requests { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter]
    public bool IsCurrent { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (!_stale && Moment.Now - _countedAt < CountEvery) return;
        (_stale, _countedAt) = (false, Moment.Now);
        try
        {
            _counts = await Requests.NowAsync(_closed.Token);
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

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _subscription = Board.Subscribe(change =>
            {
                if (change.Reports.Any(DataRequestNumber.Is)) _stale = true;
            });
    }

    protected override bool ShouldRender()
    {
        if (_drawn == (_counts, IsCurrent)) return false;
        _drawn = (_counts, IsCurrent);
        return true;
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }
}
