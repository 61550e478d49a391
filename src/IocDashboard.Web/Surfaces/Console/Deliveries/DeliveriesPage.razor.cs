using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Mail;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Deliveries;

/// <summary>Whether letters go out: a letter to oneself, and what has not arrived, with the server's own words: one more attempt, or nobody looks after it any more.</summary>
public sealed partial class DeliveriesPage : IDisposable
{
    private static readonly TimeSpan ReadEvery = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _closed = new();
    private Features.Escalation.Deliveries _now = Features.Escalation.Deliveries.None;
    private string? _failed, _said;
    private bool _wrong, _busy;
    private DateTimeOffset? _readAt;
    private UnsentNotice? _dismissing;
    private (Features.Escalation.Deliveries, string?, string?, bool, long?)? _drawn;
    private AuditActor _me = AuditActor.Itself;

    [Inject] private FindDeliveries Find { get; set; } = null!;
    [Inject] private MailSettings Mail { get; set; } = null!;
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

    /// <summary>The console's second brings nothing new by itself.</summary>
    protected override bool ShouldRender()
    {
        var shown = (_now, _failed, _said, _busy, _dismissing?.Id);
        if (_drawn == shown) return false;
        _drawn = shown;
        return true;
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

    private Task AgainAsync(UnsentNotice unsent) => DoAsync(unsent, "Post.Again", () => Find.TryAgain(unsent.Id, _me, _closed.Token));

    private Task DismissAsync(UnsentNotice unsent, string reason) => DoAsync(unsent, "Post.Dismiss", () => Find.Dismiss(unsent.Id, reason, _me, _closed.Token));

    /// <param name="texts">What the texts about it begin with: it was done, it could not be done any more, it failed.</param>
    private async Task DoAsync(UnsentNotice unsent, string texts, Func<Task<bool>> what)
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var isDone = await what();
            (_said, _wrong, _dismissing) = (T(isDone ? $"{texts}.Done" : $"{texts}.Gone", unsent.To), !isDone, null);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "{What} of notice {Notice} failed, trace {Trace}", texts, unsent.Id, trace);
            (_said, _wrong) = (T($"{texts}.Failed", trace), true);
        }
        finally
        {
            _busy = false;
        }

        await ReadAsync();
    }

    /// <summary>What a server refuses at once is always known; what comes back later only where somebody looks into the mailbox.</summary>
    private string BouncesText => _now.Bounces switch
    {
        { } check when Mail.Bounces.IsConfigured => T(check.IsRead ? "Post.Bounces.Read" : "Post.Bounces.Failed", When(check.At)),
        _ => T(Mail.Bounces.IsConfigured ? "Post.Bounces.Never" : "Post.Bounces.None"),
    };

    private string What(UnsentNotice unsent) => $"{T($"Ntc.Kind.{unsent.Kind}")} · {AgencyName(unsent.Agency)}";

    private string AgencyName(string code) => Catalogues.Current.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(System.Globalization.CultureInfo.CurrentUICulture) : code;

    private string When(DateTimeOffset instant) => DayText.Of(Province.Local(instant));

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
