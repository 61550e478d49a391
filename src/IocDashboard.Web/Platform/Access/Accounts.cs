using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Creates accounts. A role is made when its first account needs it.</summary>
public sealed class Accounts(UserManager<UserAccount> accounts, RoleManager<IdentityRole> roles, AuditTrail audit)
{
    /// <summary>Creates the account, or gives an existing one this password, role and agency. Returns the reasons when refused.</summary>
    /// <param name="isInitial">Whoever the account is for has to change the password at the first sign-in.</param>
    public async Task<IReadOnlyList<string>> SetAsync(string userName, string password, string role, string agency, bool isInitial = false)
    {
        if (!Roles.All.Contains(role)) return [$"unknown role: {role}"];
        if (!await roles.RoleExistsAsync(role) && Reasons(await roles.CreateAsync(new IdentityRole(role))) is { Count: > 0 } noRole) return noRole;
        if (await accounts.FindByNameAsync(userName) is { } known) return await ChangeAsync(known, password, role, agency, isInitial);
        var account = new UserAccount { UserName = userName, Agency = agency, LockoutEnabled = true, MustChangePassword = isInitial };
        if (Reasons(await accounts.CreateAsync(account, password)) is { Count: > 0 } refused) return refused;
        if (Reasons(await accounts.AddToRoleAsync(account, role)) is { Count: > 0 } unplaced) return unplaced;
        await audit.RecordAsync(AuditActions.AccountSet, userName, AuditOutcome.Done, after: Told(role, agency));
        return [];
    }

    private async Task<IReadOnlyList<string>> ChangeAsync(UserAccount account, string password, string role, string agency, bool isInitial)
    {
        var held = await accounts.GetRolesAsync(account);
        var before = Told(string.Join(',', held), account.Agency);
        account.Agency = agency;
        account.MustChangePassword = isInitial;
        var reset = await accounts.GeneratePasswordResetTokenAsync(account);
        if (Reasons(await accounts.ResetPasswordAsync(account, reset, password)) is { Count: > 0 } refused) return refused;
        await accounts.RemoveFromRolesAsync(account, held);
        await accounts.SetLockoutEndDateAsync(account, null);
        if (Reasons(await accounts.AddToRoleAsync(account, role)) is { Count: > 0 } unplaced) return unplaced;
        var after = Told(role, agency);
        after["password"] = "set";
        await audit.RecordAsync(AuditActions.AccountSet, account.UserName!, AuditOutcome.Done, before, after);
        return [];
    }

    private static JsonObject Told(string role, string agency) => new() { ["role"] = role, ["agency"] = agency };

    private static IReadOnlyList<string> Reasons(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}
