using System.Globalization;
using System.Web;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>
/// Live: follows the board, at most four redraws a second and one each second for the ages. As of an instant
/// (<c>?asOf=</c>): one board from the history, which never changes.
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

    [Inject]
    private LiveBoard Live { get; set; } = null!;

    [Inject]
    private AsOfBoards Past { get; set; } = null!;

    [Inject]
    private BoardSummaries Summaries { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<LiveMoment> Log { get; set; } = null!;

    [Parameter]
    public RenderFragment? Body { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
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
        _wanted = asOf;
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
            if (_wanted == asOf) _moment = new ConsoleMoment(past, instant, instant, BoardSummary.Of(past, instant), null);
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
            if (_wanted is not null) return;
            _moment = Present();
            StateHasChanged();
        });
    }

    private ConsoleMoment Present()
    {
        var (board, now) = (Live.Current, Clock.GetUtcNow());
        return new ConsoleMoment(board, now, null, Summaries.At(board, now), _frameAt);
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
