using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace IocDashboard.Web.Surfaces.Account.Own;

/// <summary>One's own account: what it may do, how its owner proves who they are, and where it is signed in, each of which can be ended.</summary>
public sealed partial class AccountPage(
    AccountManager accounts, RoleAssignments roles, SessionRegister sessions, CatalogueCache catalogue, ProvinceTime time, TimeProvider clock, IStringLocalizer<AccountPage> texts)
{
    private UserAccount? _account;
    private IReadOnlyList<RoleAssignment> _roles = [];
    private IReadOnlyList<SessionRow> _sessions = [];
    private string? _done;
    private string _factors = "";

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private IStringLocalizer T => texts;
    private Guid? Mine => SessionPrincipal.IdOf(Http.User);
    private string AgencyName => catalogue.Current.Agencies.TryGetValue(_account?.Agency ?? "", out var agency) ? agency.Name.In(CultureInfo.CurrentUICulture) : _account?.Agency ?? "";

    protected override async Task OnInitializedAsync()
    {
        _account = await accounts.GetUserAsync(Http.User);
        if (_account is null) return;
        var now = clock.GetUtcNow();
        _roles = [.. (await roles.OfAsync(_account.Id)).Where(r => r.ValidTo is null || r.ValidTo > now)];
        _factors = await FactorsAsync(_account);
        await ReadAsync();
    }

    private async Task<string> FactorsAsync(UserAccount account)
    {
        if (!account.TwoFactorEnabled) return T["Factors.None"];
        var passkeys = (await accounts.GetPasskeysAsync(account)).Count;
        return string.Join(", ", (IEnumerable<string>)[
            .. await accounts.HasAppAsync(account) ? [T["Factors.App"].Value] : (string[])[],
            .. passkeys > 0 ? [T["Factors.Passkeys", passkeys].Value] : (string[])[]]);
    }

    private async Task EndOthers()
    {
        await sessions.EndAllAsync(_account!.Id, Mine, SessionEnds.Revoked, AuditActor.Of(Http));
        _done = "Done.Others";
        await ReadAsync();
    }

    private async Task End(SessionRow session)
    {
        await sessions.EndAsync(session.Id, _account!.Id, SessionEnds.Revoked, AuditActor.Of(Http));
        _done = "Done.One";
        await ReadAsync();
    }

    private async Task ReadAsync() => _sessions = await sessions.ListAsync(_account!.Id);

    private string When(DateTimeOffset instant) => time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    private static string Device(string? agent) => DeviceText.Of(agent);
}
