using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Database;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>What one person may do, might do and will: each role is given with its days and ended, and none is forgotten.</summary>
public sealed partial class PersonRoles
{
    private IReadOnlyList<RoleAssignment> _roles = [];
    private IReadOnlyList<PersonError> _errors = [];
    private string? _role, _from, _to, _reason;
    private bool _busy;
    private string? _read;

    [Inject]
    private RoleAssignments Assignments { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required UserAccount Account { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Me { get; set; }

    [Parameter]
    public EventCallback<Saying> Said { get; set; }

    protected override Task OnParametersSetAsync() => ReadAsync();

    private async Task GiveAsync()
    {
        var (from, to, days) = RoleDays.Read(_from, _to, Time);
        _errors = [.. days, .. string.IsNullOrEmpty(_role) ? [new PersonError(PersonFields.Role, PersonErrorCode.Required)] : Array.Empty<PersonError>()];
        if (_reason?.Trim().Length > AddPerson.ReasonLength) _errors = [.. _errors, new(PersonFields.Reason, PersonErrorCode.TooLong)];
        if (_errors.Count > 0) return;
        _busy = true;
        var refusal = await Assignments.GrantAsync(Account.Id, _role!, from, to, _reason?.Trim() ?? "", Me);
        if (refusal == RoleRefusal.None)
        {
            var said = T("Role.Given", SurfaceText.RoleName(_role!));
            (_role, _from, _to, _reason) = (null, null, null, null);
            await Said.InvokeAsync(new(said));
        }
        else
        {
            _errors = [Of(refusal)];
        }

        _busy = false;
    }

    private async Task EndAsync(RoleAssignment role)
    {
        _errors = [];
        var refusal = await Assignments.EndAsync(role.Id, Me);
        await Said.InvokeAsync(refusal == RoleEndRefusal.None ? new(T("Role.Ended", SurfaceText.RoleName(role.Role))) : new(T($"Role.Refused.{refusal}"), IsWrong: true));
    }

    private async Task ReadAsync()
    {
        var now = Clock.GetUtcNow();
        try
        {
            _roles = [.. (await Assignments.OfAsync(Account.Id)).OrderBy(r => r.ValidTo <= now).ThenByDescending(r => r.ValidFrom)];
        }
        catch (Exception failure) when (_read == Account.Id && DatabaseAway.Is(failure))
        {
            // The list stays as it was; the page says what could not be done.
        }

        _read = Account.Id;
    }

    private string StateOf(RoleAssignment role)
    {
        var now = Clock.GetUtcNow();
        return role.ValidTo <= now ? "Past" : role.ValidFrom > now ? "Coming" : "Now";
    }

    private string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field) is { } error ? PersonText.Error(error) : null;

    private static PersonError Of(RoleRefusal refusal) => refusal switch
    {
        RoleRefusal.EndsBeforeItBegins => new(PersonFields.To, PersonErrorCode.EndsBeforeItBegins),
        RoleRefusal.Excluded => new(PersonFields.Role, PersonErrorCode.Excluded),
        RoleRefusal.AlreadyHeld => new(PersonFields.Role, PersonErrorCode.AlreadyHeld),
        _ => new(PersonFields.Role, PersonErrorCode.UnknownRole),
    };
}
