using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>How many notices of the reader's body nobody has seen; counted anew some seconds after the board has changed, at once when one was seen here, and each half minute.</summary>
public sealed partial class NoticesLink : IDisposable
{
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(3), CountAtLeast = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closed = new();
    private string _body = "";
    private int _unread, _seen = -1;
    private BoardState? _counted;
    private DateTimeOffset _countedAt;
    private (int, bool)? _drawn;

    [Inject]
    private BodyInboxes Inboxes { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter]
    public bool IsCurrent { get; set; }

    protected override async Task OnInitializedAsync() => _body = NoticeRights.BodyOf((await Session).User);

    protected override async Task OnParametersSetAsync()
    {
        var since = (Moment.Now - _countedAt).Duration();
        if (_seen == Inboxes.Changes && since < CountAtLeast && (ReferenceEquals(_counted, Moment.Board) || since < CountEvery)) return;
        (_counted, _countedAt, _seen) = (Moment.Board, Moment.Now, Inboxes.Changes);
        try
        {
            _unread = (await Inboxes.NowAsync(_body, _closed.Token)).Unread;
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
        if (_drawn == (_unread, IsCurrent)) return false;
        _drawn = (_unread, IsCurrent);
        return true;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
