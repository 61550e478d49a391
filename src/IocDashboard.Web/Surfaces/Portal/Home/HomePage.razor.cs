using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Portal.Calendar;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Portal.Home;

/// <summary>What is due, when and in what state, on one page. Follows the board: what another person or the centre does is seen at once.</summary>
public sealed partial class HomePage : IDisposable
{
    private const int MostRequests = 100;

    private static readonly TimeSpan Behind = TimeSpan.FromDays(45), Ahead = TimeSpan.FromDays(45), RereadEvery = TimeSpan.FromSeconds(1), AgeEvery = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _closed = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private DeskView? _view;
    private DueMonth? _month;
    private DateOnly _today;
    private RedrawThrottle? _reread;
    private IDisposable? _subscription;
    private ITimer? _ages;
    private string _agency = "";
    private bool _failed;
    private int _waiting;

    [Inject]
    private FindDesk Desk { get; set; } = null!;

    [Inject]
    private FindOwnRequests Requests { get; set; } = null!;

    [Inject]
    private FindUrgings Urgings { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private ILogger<HomePage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private string Today => Province.Local(Clock.GetUtcNow()).ToString(PortalText.T("Today"), _culture);

    protected override async Task OnInitializedAsync()
    {
        _agency = (await Session).User.FindFirstValue(AccessClaims.Agency) ?? "";
        await ReadAsync();
        if (!RendererInfo.IsInteractive) return;
        _reread = new RedrawThrottle(Clock, RereadEvery, OnCircuitAsync);
        _ages = Clock.CreateTimer(_ => _reread.Signal(), null, AgeEvery, AgeEvery);
        _subscription = Board.Subscribe(change =>
        {
            if (change.Catalogue || change.Reports.Any(id => id.Contains($"/{_agency}/", StringComparison.Ordinal) || DataRequestNumber.Is(id))) _reread.Signal();
        });
    }

    private async Task ReadAsync()
    {
        try
        {
            var now = Clock.GetUtcNow();
            var requests = await Requests.Handle(AgencyScope.Of(_agency), now - Behind, MostRequests, _closed.Token);
            var reports = await Desk.Handle(_agency, now - Behind, now + Ahead, _closed.Token);
            _waiting = await Urgings.CountWaiting(_agency, _closed.Token);
            _view = DeskView.Of(reports, Catalogue.Current, now, Province, _culture, requests);
            // The month lies within what was read for the desk.
            _today = Province.DayOf(now);
            _month = new DueCalendar(Catalogue.Current, _agency, now, Province, _culture)
                .Of(ReportingPeriod.Containing(Rhythm.Monthly, _today), 1, [.. reports.Select(r => r.Report)], requests)[0];
            _failed = false;
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was read stays; the next news reads again.
            _failed = _view is null;
            Log.LogWarning(failure, "The desk of {Agency} could not be read", _agency);
        }
    }

    private Task OnCircuitAsync()
    {
        // The board's and the clock's threads have a culture of their own.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
        return InvokeAsync(async () =>
        {
            await ReadAsync();
            StateHasChanged();
        });
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _ages?.Dispose();
        _reread?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }
}
