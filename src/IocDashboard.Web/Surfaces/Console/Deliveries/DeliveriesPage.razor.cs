using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Deliveries;

/// <summary>Whether letters go out: a letter to oneself, and what has not arrived, with the server's own words and one more attempt.</summary>
public sealed partial class DeliveriesPage : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private Features.Escalation.Deliveries _now = Features.Escalation.Deliveries.None;
    private string? _failed, _said;
    private bool _wrong, _busy;
    private DateTimeOffset? _readAt;
    private AuditActor _me = AuditActor.Itself;

    [Inject] private FindDeliveries Find { get; set; } = null!;
    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<DeliveriesPage> Log { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    protected override async Task OnParametersSetAsync()
    {
        if (_readAt is { } at && (Moment.Now - at).Duration() < ReadEvery) return;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        _readAt = Moment.Now;
        try
        {
            (_now, _failed) = (await Find.NowAsync(_closed.Token), null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            _failed = FailureTrace.Short();
            Log.LogWarning(failure, "What has not arrived could not be read, trace {Trace}", _failed);
        }
    }

    private async Task AgainAsync(UnsentNotice unsent)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var again = await Find.TryAgain(unsent.Id, _me, _closed.Token);
            (_said, _wrong) = (T(again ? "Post.Again.Done" : "Post.Again.Gone", unsent.To), !again);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "Notice {Notice} could not be taken up again, trace {Trace}", unsent.Id, trace);
            (_said, _wrong) = (T("Post.Again.Failed", trace), true);
        }
        finally
        {
            _busy = false;
        }

        await ReadAsync();
    }

    private string What(UnsentNotice unsent) => $"{T($"Ntc.Kind.{unsent.Kind}")} · {AgencyName(unsent.Agency)}";

    private string AgencyName(string code) => Catalogues.Current.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(System.Globalization.CultureInfo.CurrentUICulture) : code;

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
