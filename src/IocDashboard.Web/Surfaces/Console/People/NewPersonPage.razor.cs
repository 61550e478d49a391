using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace IocDashboard.Web.Surfaces.Console.People;

/// <summary>Makes an account; its initial password is shown once.</summary>
public sealed partial class NewPersonPage
{
    private string? _userName, _fullName, _agency, _role, _from, _to, _reason, _added, _password;
    private bool _busy;
    private IReadOnlyList<PersonError> _errors = [];
    private AuditActor _me = AuditActor.Itself;

    [Inject]
    private AddPerson Add { get; set; } = null!;

    [Inject]
    private CatalogueCache Catalogue { get; set; } = null!;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> Session { get; set; } = null!;

    protected override async Task OnInitializedAsync() => _me = AuditActor.Of((await Session).User, address: null);

    private async Task SaveAsync()
    {
        (_busy, _added, _password) = (true, null, null);
        var (from, to, days) = RoleDays.Read(_from, _to, Time);
        var made = days.Count > 0 ? new PersonAdded(null, days) : await Add.Handle(new(_userName, _fullName, _agency, _role, from, to, _reason), _me);
        _errors = made.Errors;
        if (made.Password is not null)
        {
            (_added, _password) = (_userName!.Trim(), made.Password);
            (_userName, _fullName, _role, _from, _to, _reason) = (null, null, null, null, null, null);
        }

        _busy = false;
    }

    private string? ErrorOf(string field) => _errors.FirstOrDefault(e => e.Field == field) is { } error ? PersonText.Error(error) : null;
}
