using System.Globalization;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>On the page of a report that is excused, for whoever may excuse.</summary>
public sealed partial class ExcuseEnd
{
    private string? _reason, _wrong;
    private bool _busy;

    [Inject] private PursueReportHandler Pursue { get; set; } = null!;
    [Inject] private ILogger<ExcuseEnd> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter, EditorRequired] public required string Report { get; set; }
    [Parameter] public EventCallback Ended { get; set; }

    private async Task EndAsync()
    {
        if (_busy) return;
        _busy = true;
        try
        {
            var errors = await Pursue.EndExcuse(Report, _reason ?? "", AuditActor.Of((await Session).User, address: null), CancellationToken.None);
            _wrong = errors.IsEmpty ? null : CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture);
            if (errors.IsEmpty) await Ended.InvokeAsync();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _wrong = ConsoleText.T("Urge.Failed", FailureTrace.Short());
            Log.LogWarning(failure, "The excuse of {Report} could not be ended", Report);
        }
        finally
        {
            _busy = false;
        }
    }
}
