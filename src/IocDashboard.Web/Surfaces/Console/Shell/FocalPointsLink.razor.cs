using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Console.View;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Shell;

/// <summary>How many agencies have no focal point, as far as the reader may know; counted anew when one was written here, and each minute.</summary>
public sealed partial class FocalPointsLink : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private AgencyScope _scope = AgencyScope.None;
    private int _missing;
    private (int Changes, DateTimeOffset? AsOf)? _counted;
    private DateTimeOffset _countedAt;
    private (int, bool)? _drawn;

    [Inject]
    private FocalPointCount FocalPoints { get; set; } = null!;

    [Inject]
    private FocalPointChanges Changes { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter]
    public bool IsCurrent { get; set; }

    protected override async Task OnInitializedAsync() => _scope = FocalPointRights.ToRead((await Session).User);

    protected override async Task OnParametersSetAsync()
    {
        if (_counted == (Changes.Count, Moment.AsOf) && Moment.Now - _countedAt < FocalPointCount.ReadEvery) return;
        (_counted, _countedAt) = ((Changes.Count, Moment.AsOf), Moment.Now);
        try
        {
            _missing = await FocalPoints.MissingAt(Moment.Now, _scope, _closed.Token);
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
        if (_drawn == (_missing, IsCurrent)) return false;
        _drawn = (_missing, IsCurrent);
        return true;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
