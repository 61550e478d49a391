using System.Globalization;
using System.Security.Claims;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Errors;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Urgings;

/// <summary>Answers one letter for the agency of whoever writes.</summary>
public sealed partial class UrgingReply
{
    private static readonly string[] Days = ["d/M/yyyy", "yyyy-MM-dd"];

    private string? _reply, _promise, _wrong;
    private bool _busy;

    [Inject] private AnswerUrgingHandler Answer { get; set; } = null!;
    [Inject] private ILogger<UrgingReply> Log { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    [Parameter, EditorRequired] public required Urging Letter { get; set; }
    [Parameter] public EventCallback<Urging> Answered { get; set; }

    private async Task SendAsync()
    {
        DateOnly? promised = null;
        if (!string.IsNullOrWhiteSpace(_promise))
        {
            if (!DateOnly.TryParseExact(_promise.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                _wrong = T("Urging.Promise.Wrong");
                return;
            }

            promised = day;
        }

        if (_busy) return;
        _busy = true;
        try
        {
            await KeepAsync(promised);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // What was typed stays.
            _wrong = T("Urging.NotKept");
            Log.LogWarning(failure, "The answer to letter {Letter} could not be kept", Letter.Id);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task KeepAsync(DateOnly? promised)
    {
        var user = (await Session).User;
        var errors = await Answer.Handle(Letter.Id, user.FindFirstValue(AccessClaims.Agency) ?? "", _reply ?? "", promised, AuditActor.Of(user, address: null), CancellationToken.None);
        _wrong = errors.IsEmpty ? null : CodeTexts.Detail(errors[0].Code, errors[0].Arguments, CultureInfo.CurrentUICulture);
        if (errors.IsEmpty) await Answered.InvokeAsync(Letter);
    }
}
