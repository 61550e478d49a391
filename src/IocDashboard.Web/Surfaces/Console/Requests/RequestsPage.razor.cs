using System.Globalization;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Requests;

/// <summary>What agencies were asked for out of their rhythm (articles 6.1, 9.1b), the newest first. Read again when a request changed on any node, and each half minute for deadlines.</summary>
public sealed partial class RequestsPage : IDisposable
{
    private const int RetrySeconds = 15;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<RequestSummary> _requests = [];
    private IDisposable? _subscription;
    private DateTimeOffset _readAt;
    private string? _failure;
    private volatile bool _stale = true;
    private bool _loaded, _reading, _changed = true;

    [Inject]
    private FindDataRequests Find { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private LiveBoard Board { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private ILogger<RequestsPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    protected override async Task OnParametersSetAsync()
    {
        var due = Moment.Now - _readAt > (_failure is null ? ReadEvery : TimeSpan.FromSeconds(RetrySeconds));
        if (!_reading && (_stale || due)) await ReadAsync();
    }

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
            _subscription = Board.Subscribe(change =>
            {
                if (change.Catalogue || change.Reports.Any(DataRequestNumber.Is)) _stale = true;
            });
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private async Task ReadAsync()
    {
        (_reading, _stale, _readAt) = (true, false, Moment.Now);
        try
        {
            _requests = await Find.Handle(_closed.Token);
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return; // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The data requests could not be read, trace {Trace}", _failure);
        }
        finally
        {
            _reading = false;
        }

        _changed = true;
    }

    private string AgencyName(string code) => Catalogues.Current.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : code;

    private string When(DateTimeOffset instant) => DayText.Of(Time.Local(instant));

    public void Dispose()
    {
        _subscription?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }
}
