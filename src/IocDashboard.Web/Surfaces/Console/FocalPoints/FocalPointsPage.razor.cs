using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.FocalPoints;

/// <summary>
/// The register of focal points (article 9.3a), as far as the reader's scope goes; missing ones first. Which agency is open
/// stands in the address. Read again when something was written on this node, and each half minute for other nodes.
/// </summary>
public sealed partial class FocalPointsPage : IDisposable
{
    private const int RetrySeconds = 15;
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(30);

    private static readonly (FocalPointTab Tab, string Name)[] Tabs =
        [(FocalPointTab.All, "Fp.Tab.All"), (FocalPointTab.Missing, "Fp.Tab.Missing"), (FocalPointTab.Alone, "Fp.Tab.Alone")];

    private readonly CancellationTokenSource _closed = new();
    private AgencyScope _mayRead = AgencyScope.None, _mayRecord = AgencyScope.None;
    private AuditActor _me = AuditActor.Itself;
    private AgencyLines _lines = AgencyLines.None;
    private ImmutableArray<AgencyLine> _shown = [];
    private ImmutableArray<Agency> _choices = [];
    private AgencyLine? _open;
    private FocalPointTab _tab = FocalPointTab.All;
    private string _search = "";
    private string? _said, _failure;
    private DateOnly _day;
    private bool _loaded, _reading, _recordsAny, _changed = true;
    private (int, DateOnly, bool)? _read;
    private DateTimeOffset _readAt;

    [Inject]
    private FindFocalPoints FocalPoints { get; set; } = null!;

    [Inject]
    private FocalPointChanges Changes { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<FocalPointsPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    /// <summary>Code of the agency that is open beside the list.</summary>
    [SupplyParameterFromQuery(Name = "agency")]
    private string? Agency { get; set; }

    private bool IsOpen => _recordsAny || Agency is { Length: > 0 };

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_mayRead, _mayRecord, _me) = (FocalPointRights.ToRead(user), FocalPointRights.ToRecord(user), AuditActor.Of(user, address: null));
    }

    protected override async Task OnParametersSetAsync()
    {
        _day = Time.DayOf(Moment.Now);
        if (_open?.Agency.Code != Agency) Compose();
        var due = Moment.Now - _readAt > (_failure is null ? ReadEvery : TimeSpan.FromSeconds(RetrySeconds));
        if (!_reading && (due || _read != (Changes.Count, _day, Moment.IsLive))) await ReadAsync();
    }

    protected override bool ShouldRender() => _changed && !(_changed = false);

    private async Task ReadAsync()
    {
        (_reading, _readAt, _read) = (true, Moment.Now, (Changes.Count, _day, Moment.IsLive));
        try
        {
            var register = await FocalPoints.Handle(_mayRead, _closed.Token);
            _lines = AgencyLines.Of(Catalogues.Current, _mayRead, register, _day, CultureInfo.CurrentUICulture);
            _choices = [.. Catalogues.Current.AgencyList.Where(a => _mayRecord.Covers(a.Code))];
            (_loaded, _failure) = (true, null);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            return; // the page is gone
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failure = FailureTrace.Short();
            Log.LogWarning(failure, "The focal points could not be read, trace {Trace}", _failure);
        }
        finally
        {
            _reading = false;
        }

        Compose();
    }

    private void Compose()
    {
        _shown = _lines.Find(_tab, _search);
        _open = Agency is { Length: > 0 } code ? _lines.All.FirstOrDefault(l => l.Agency.Code == code) ?? Unnamed(code) : null;
        _changed = true;
    }

    // An agency that neither reports nor named anybody is not listed, and can be opened all the same; another's cannot.
    private AgencyLine? Unnamed(string code) =>
        _mayRead.Covers(code) && Catalogues.Current.Agencies.TryGetValue(code, out var agency)
            ? AgencyLine.Of(agency, reports: false, [], _day, CultureInfo.CurrentUICulture)
            : null;

    private void Choose(FocalPointTab tab)
    {
        _tab = tab;
        Compose();
    }

    private void Search(string? typed)
    {
        _search = typed ?? "";
        Compose();
    }

    private void ClearSearch()
    {
        _search = "";
        Compose();
    }

    private void Open(string? agency)
    {
        (_recordsAny, _said) = (false, null);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("agency", agency));
        _changed = true;
    }

    private void Close() => Open(null);

    private void RecordAny() => (_recordsAny, _said, _changed) = (true, null, true);

    private async Task SaveAsync(FocalPointSaved saved)
    {
        (_said, _recordsAny) = (saved.Words, false);
        await ReadAsync();
        if (Agency != saved.Agency) Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("agency", saved.Agency));
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}

/// <summary>Something was written: for which agency, and how it is told.</summary>
public sealed record FocalPointSaved(string Agency, string Words);
