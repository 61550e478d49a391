using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Sources;

/// <summary>States a window in which a source is silent on purpose. What holds or is planned stands in the table, and is ended there.</summary>
public sealed partial class PauseBar : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private string? _feed, _from, _until, _reason, _said;
    private PauseKind _kind;
    private bool _busy, _wrong;
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private PauseFeedHandler Feeds { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogues { get; set; } = null!;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private ILogger<PauseBar> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    private bool Closed => !RendererInfo.IsInteractive;

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    /// <param name="holds">It has begun; otherwise it is taken back.</param>
    public Task EndAsync(string feed, bool holds) =>
        RunAsync(() => Feeds.End(feed, _me, _closed.Token), () => T(holds ? "Pause.Ended" : "Pause.TakenBack", feed));

    private async Task RecordAsync()
    {
        if (Wrong(out var from, out var until) is { } wrong)
        {
            (_said, _wrong) = (wrong, true);
            return;
        }

        var feed = _feed!;
        if (await RunAsync(() => Feeds.Pause(feed, from, until, _kind, _reason ?? "", _me, _closed.Token), () => T("Pause.Recorded", feed, DayText.Of(Province.Local(until)))))
            (_feed, _from, _until, _reason) = (null, null, null, null);
    }

    /// <summary>What cannot be understood; null when all can.</summary>
    private string? Wrong(out DateTimeOffset? from, out DateTimeOffset until)
    {
        (from, until) = (DayText.ReadInstant(_from, Province), default);
        if (string.IsNullOrEmpty(_feed)) return T("Pause.Feed.Needed");
        if (from is null && !string.IsNullOrWhiteSpace(_from)) return T("Pause.From.Wrong");
        if (DayText.ReadInstant(_until, Province) is not { } instant) return T("Pause.Until.Wrong");
        until = instant;
        return null;
    }

    private async Task<bool> RunAsync(Func<Task<ImmutableArray<JudgementError>>> act, Func<string> done)
    {
        _busy = true;
        try
        {
            var errors = await act();
            (_wrong, _said) = errors.IsEmpty ? (false, done()) : (true, CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture));
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
        {
            var trace = FailureTrace.Short();
            Log.LogWarning(failure, "A window of silence could not be written, trace {Trace}", trace);
            (_wrong, _said) = (true, T("Pause.Failed", trace));
        }

        _busy = false;
        StateHasChanged();
        return !_wrong;
    }

    public void Dispose()
    {
        _closed.Cancel();
        _closed.Dispose();
    }
}
