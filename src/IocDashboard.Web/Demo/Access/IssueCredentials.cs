using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Demo.Access;

/// <summary>
/// Sees to it that the file's accounts and keys work: the same ones after a restart, new ones when the file is gone or does not
/// fit this database. Keys that were issued for an earlier file are then revoked.
/// </summary>
internal sealed class IssueCredentials(
    MachineKeys keys, IServiceScopeFactory scopes, CatalogueCache catalogue, IocSettings settings, TimeProvider clock, ILogger<IssueCredentials> logger)
{
    private const string LabelPrefix = "demo-";

    // Who holds which role in the regulation: docs of the public interface name the roles.
    // Names are invented.
    private static readonly (string Role, string Agency, string FullName)[] People =
    [
        (Roles.Leader, "UBND", "Trần Quốc Hưng"), (Roles.PpcOffice, "VPUBND", "Võ Thị Thanh Hằng"), (Roles.ManagingAgency, "STTTT", "Phạm Hồng Quân"),
        (Roles.Supervisor, "IOC", "Lê Hoàng Vũ"), (Roles.Operator, "QTI", "Nguyễn Thị Hạnh"), (Roles.IndicatorSteward, "SKHDT", "Đặng Minh Tuấn"),
        (Roles.AgencyHead, "SYT", "Huỳnh Văn Lợi"), (Roles.AgencyReporter, "SYT", "Trương Thị Mỹ Duyên"), (Roles.Auditor, "TTT", "Bùi Thế Phương"),
        (Roles.Administrator, "QTI", "Ngô Đình Khánh"),
    ];

    public async Task<DemoCredentials> EnsureAsync(CancellationToken cancellation)
    {
        if (DemoCredentials.Read(settings) is { } known && await WorksAsync(known, cancellation)) return known;
        foreach (var key in await keys.ListAsync(cancellation))
            if (key.RevokedAt is null && key.Label.StartsWith(LabelPrefix, StringComparison.Ordinal)) await keys.RevokeAsync(key.Id, cancellation: cancellation);

        var issued = new List<DemoKey>();
        foreach (var (scope, agency) in Wanted())
            issued.Add(new(scope, agency, (await keys.AddAsync(agency, [scope], null, LabelPrefix + agency, cancellation: cancellation)).Token));
        var users = new List<DemoUser>();
        await using (var services = scopes.CreateAsyncScope())
        {
            var accounts = services.ServiceProvider.GetRequiredService<Accounts>();
            foreach (var (role, agency, fullName) in People)
            {
                var user = new DemoUser(role, role, UserCommands.NewPassword(), agency);
                var refused = await accounts.SetAsync(user.UserName, user.Password, role, agency, fullName: fullName);
                if (refused.Count > 0) throw new InvalidOperationException($"The account {role} could not be made: {string.Join("; ", refused)}");
                users.Add(user);
            }
        }

        var credentials = new DemoCredentials(users, issued);
        credentials.Write(settings);
        logger.LogInformation("Accounts and keys of the demonstration are in {File}", settings.PathOf(DemoCredentials.FileName));
        return credentials;
    }

    /// <summary>One to submit for every agency that reports or measures, one to read.</summary>
    private IEnumerable<(string Scope, string Agency)> Wanted() =>
    [
        .. catalogue.Current.FormList.Select(f => f.Agency).Concat(catalogue.Current.FeedList.Select(f => f.Agency))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(agency => (KeyScopes.Submit, agency)),
        (KeyScopes.Read, "IOC"),
    ];

    private async Task<bool> WorksAsync(DemoCredentials known, CancellationToken cancellation)
    {
        foreach (var (scope, agency) in Wanted())
        {
            if (known.TokenOf(scope, agency) is not { } token || !MachineToken.LooksRight(token)) return false;
            if (await keys.FindAsync(MachineToken.Hash(token), cancellation) is not { RevokedAt: null } key || key.IsExpiredAt(clock.GetUtcNow())) return false;
            if (key.Agency != agency || !key.Scopes.Contains(scope)) return false;
        }

        await using var services = scopes.CreateAsyncScope();
        var accounts = services.ServiceProvider.GetRequiredService<UserManager<UserAccount>>();
        foreach (var (role, _, _) in People)
            if (known.Users.All(u => u.Role != role) || await accounts.FindByNameAsync(role) is not { ClosedAt: null }) return false;
        return true;
    }
}
