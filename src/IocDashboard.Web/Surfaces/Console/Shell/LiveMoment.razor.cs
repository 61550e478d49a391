using System.Globalization;
using System.Web;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>
/// Live: follows the board, at most four redraws a second and one each second for the ages. As of an instant
/// (<c>?asOf=</c>): one board from the history, which never changes. Of either, what the reader's agency may see now: each second
/// the agreements are looked at anew.
/// </summary>
public sealed partial class LiveMoment : IDisposable
{
    public static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan AgeInterval = TimeSpan.FromSeconds(1);

    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private ConsoleMoment _moment = ConsoleMoment.Empty;
    private RedrawThrottle? _throttle;
    private ITimer? _ages;
    private IDisposable? _subscription;
    private DateTimeOffset? _frameAt;
    private DateTimeOffset? _wanted;
    private string? _agency;

    /// <summary>The whole board of the past and what is hidden of it: an agreement that ends closes the past too.</summary>
    private BoardState? _past;
    private string _hidden = "";

    [Inject]
    private LiveBoard Live { get; set; } = null!;

    [Inject]
    private AsOfBoards Past { get; set; } = null!;

    [Inject]
    private BoardSummaries Summaries { get; set; } = null!;

    [Inject]
    private Sights Sights { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<LiveMoment> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter]
    public RenderFragment? Body { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        _agency = ReadingAgency.Of((await Session).User);
        await ShowAsync(AsOfOf(Navigation.Uri));
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender) return;
        _throttle = new RedrawThrottle(Clock, RedrawInterval, RedrawAsync);
        _ages = Clock.CreateTimer(_ => _throttle.Signal(), null, AgeInterval, AgeInterval);
        _subscription = Live.Subscribe(change =>
        {
            _frameAt = Clock.GetUtcNow();
            if (_wanted is null) _throttle.Signal();
        });
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        var asOf = AsOfOf(change.Location);
        if (asOf != _wanted) _ = InvokeAsync(() => ShowAsync(asOf));
    }

    private async Task ShowAsync(DateTimeOffset? asOf)
    {
        (_wanted, _past) = (asOf, null);
        if (asOf is not { } instant)
        {
            _moment = Present();
            StateHasChanged();
            return;
        }

        var board = Past.GetAsync(instant);
        if (!board.IsCompleted)
        {
            _moment = _moment with { AsOf = instant, Now = instant, Reading = PastReading.UnderWay };
            StateHasChanged();
        }

        try
        {
            var past = await board;
            if (_wanted == asOf) _moment = PastOf(instant, past);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.LogWarning(failure, "The board as of {AsOf} could not be read", instant);
            if (_wanted == asOf) _moment = _moment with { AsOf = instant, Now = instant, Reading = PastReading.Failed };
        }

        StateHasChanged();
    }

    private Task RedrawAsync()
    {
        // The board's and the clock's threads have a culture of their own.
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
        return InvokeAsync(() =>
        {
            if ((_wanted is { } instant ? PastSeenAnew(instant) : Present()) is not { } moment) return;
            _moment = moment;
            StateHasChanged();
        });
    }

    private ConsoleMoment Present()
    {
        var (sight, now) = (Sights.Of(_agency), Clock.GetUtcNow());
        var board = Live.Current.SeenBy(sight);
        return new ConsoleMoment(board, now, null, Summaries.At(board, now), _frameAt) { Sight = sight };
    }

    private ConsoleMoment PastOf(DateTimeOffset instant, BoardState past)
    {
        var sight = Sights.Of(_agency);
        var board = past.SeenBy(sight);
        (_past, _hidden) = (past, past.Catalogue.HiddenFrom(sight));
        return new ConsoleMoment(board, instant, instant, BoardSummary.Of(board, instant), null) { Sight = sight };
    }

    /// <summary>Null while the reader sees what they saw. A past that is still being read, or could not be, shows the board before it.</summary>
    private ConsoleMoment? PastSeenAnew(DateTimeOffset instant)
    {
        var sight = Sights.Of(_agency);
        if (_past is { } past) return past.Catalogue.HiddenFrom(sight) == _hidden ? null : PastOf(instant, past);
        return _moment.Board.Catalogue.HiddenFrom(sight).Length == 0 ? null : _moment with { Board = _moment.Board.SeenBy(sight), Sight = sight };
    }

    /// <summary>An instant that has not come yet is the present.</summary>
    private DateTimeOffset? AsOfOf(string uri) =>
        ConsoleLinks.Parse(HttpUtility.ParseQueryString(new Uri(uri).Query)["asOf"]) is { } asOf && asOf < Clock.GetUtcNow() ? asOf : null;

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _subscription?.Dispose();
        _ages?.Dispose();
        _throttle?.Dispose();
    }
}
