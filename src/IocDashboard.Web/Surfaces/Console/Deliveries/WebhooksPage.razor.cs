using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Npgsql;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Deliveries;

/// <summary>Where notices are posted to: registered and ended by an administrator. The secret is shown once and never again.</summary>
public sealed partial class WebhooksPage : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private IReadOnlyList<Webhook> _hooks = [];
    private string? _agency = "", _url, _said, _secret;
    private bool _wrong, _busy;
    private AuditActor _me = AuditActor.Itself;

    [Inject] private RegisterWebhook Register { get; set; } = null!;
    [Inject] private NpgsqlDataSource Database { get; set; } = null!;
    [Inject] private CatalogueCache Catalogues { get; set; } = null!;
    [Inject] private ProvinceTime Province { get; set; } = null!;
    [Inject] private ILogger<WebhooksPage> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private bool Off => !RendererInfo.IsInteractive;

    private IEnumerable<Agency> Agencies => Catalogues.Current.Agencies.Values.OrderBy(a => a.Code, StringComparer.Ordinal);

    protected override async Task OnInitializedAsync()
    {
        _me = AuditActor.Of((await Session).User, address: null);
        await TryAsync(ReadAsync);
    }

    private Task RegisterAsync() => TryAsync(async () =>
    {
        var (outcome, secret) = await Register.Handle(_agency ?? "", _url, _me, _closed.Token);
        (_secret, _said, _wrong) = (secret, T($"Hook.{outcome}", Webhooks.Most), outcome != WebhookRegistration.Registered);
        if (outcome == WebhookRegistration.Registered) _url = null;
        await ReadAsync();
    });

    private Task EndAsync(Webhook hook) => TryAsync(async () =>
    {
        var ended = await Register.End(hook.Id, _me, _closed.Token);
        (_said, _wrong) = (T(ended ? "Hook.End.Done" : "Hook.End.Gone"), !ended);
        await ReadAsync();
    });

    private async Task ReadAsync() => _hooks = await Webhooks.ReadAllAsync(Database, _closed.Token);

    private async Task TryAsync(Func<Task> what)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            await what();
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "Webhooks could not be read or written, trace {Trace}", trace);
            (_said, _wrong) = (T("Hook.Failed", trace), true);
        }
        finally
        {
            _busy = false;
        }
    }

    private string OfName(Webhook hook) => hook.Agency.Length == 0 ? T("Hook.Province")
        : Catalogues.Current.Agencies.TryGetValue(hook.Agency, out var agency) ? agency.ShortName.In(CultureInfo.CurrentUICulture) : hook.Agency;

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
