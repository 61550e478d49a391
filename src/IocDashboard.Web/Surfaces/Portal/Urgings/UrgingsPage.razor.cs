using System.Globalization;
using System.Security.Claims;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Urgings;

/// <summary>Letters by which the centre or the PPC Office urged one's own agency, each answered here once. Whoever opens them first has read them for all.</summary>
public sealed partial class UrgingsPage : IDisposable
{
    private static readonly TimeSpan RereadEvery = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _closed = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentUICulture;
    private IReadOnlyList<Urging>? _letters;
    private RedrawThrottle? _reread;
    private IDisposable? _subscription;
    private string _agency = "", _by = "";
    private string? _said;
    private bool _failed;

    [Inject] private FindUrgings Find { get; set; } = null!;
    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private LiveBoard Board { get; set; } = null!;
    [Inject] private PeopleNames Names { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] private ILogger<UrgingsPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var user = (await Session).User;
        (_agency, _by) = (user.FindFirstValue(AccessClaims.Agency) ?? "", user.Identity?.Name ?? "");
        await ReadAsync();
        if (!RendererInfo.IsInteractive) return;
        _reread = new RedrawThrottle(Clock, RereadEvery, OnCircuitAsync);
        _subscription = Board.Subscribe(change =>
        {
            if (change.Reports.Any(id => id.Contains($"/{_agency}/", StringComparison.Ordinal))) _reread.Signal();
        });
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // A page that is only on its way to the reader has told nobody yet.
        if (_letters is null || _by.Length == 0 || _letters.All(l => l.ReadAt is not null)) return;
        try
        {
            await Find.Read(_agency, _by, _closed.Token);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Log.LogWarning(failure, "That letters of urging were read could not be kept");
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            (_letters, _failed) = (_agency.Length == 0 ? [] : await Find.OfAgency(_agency, _closed.Token), false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _failed = _letters is null;
            Log.LogWarning(failure, "Letters of urging to {Agency} could not be read", _agency);
        }
    }

    private async Task AnsweredAsync(Urging letter)
    {
        _said = T("Urging.Answered", letter.Number);
        await ReadAsync();
    }

    private Task OnCircuitAsync()
    {
        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _culture);
        return InvokeAsync(async () =>
        {
            await ReadAsync();
            StateHasChanged();
        });
    }

    private string BodyOf(Urging letter) => Catalogues.Current.Agencies.TryGetValue(letter.Body, out var body) ? body.ShortName.In(_culture) : letter.Body;

    private static string LinkOf(string report) => ReportKey.Parse(report) is var (form, _, period) ? $"{PortalLinks.Root}/reports/{Uri.EscapeDataString(form)}/{period}" : PortalLinks.Root;

    private string TitleOf(string report)
    {
        var (form, _, period) = ReportKey.Parse(report);
        var then = Catalogues.Current.At(period.FirstDay);
        return $"{form} · {(then.Forms.TryGetValue(form, out var known) ? FormTitle.Of(known, then, _culture) : form)} · {PeriodText.Long(period, _culture)}";
    }

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _subscription?.Dispose();
        _reread?.Dispose();
        _closed.Cancel();
        _closed.Dispose();
    }
}
