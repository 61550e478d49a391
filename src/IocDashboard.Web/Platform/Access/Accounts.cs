using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Makes, changes, closes and opens accounts. An account, its role and the entries on the audit trail are one transaction;
/// whoever loses a right loses it in open sessions too.
/// </summary>
public sealed class Accounts(AccountsContext context, AccountManager accounts, RoleAssignments roles, SessionRegister sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// Creates the account with this role from now on, or gives an existing one this password, agency and single role. Returns
    /// the reasons when refused, and has then changed nothing.
    /// </summary>
    /// <param name="isInitial">Whoever the account is for has to change the password at the first sign-in.</param>
    /// <param name="by">Null: whoever calls now.</param>
    public async Task<IReadOnlyList<string>> SetAsync(
        string userName, string password, string role, string agency, bool isInitial = false, string fullName = "", AuditActor? by = null)
    {
        if (!Roles.All.Contains(role)) return [$"unknown role: {role}"];
        var actor = by ?? audit.Caller;
        await using var transaction = await context.Database.BeginTransactionAsync();
        var known = await accounts.FindByNameAsync(userName);
        var refused = known is null
            ? await CreateAsync(transaction, new() { UserName = userName, FullName = fullName, Agency = agency, MustChangePassword = isInitial }, password, role, actor)
            : await ChangeAsync(transaction, known, password, role, agency, isInitial, actor);
        if (refused.Count > 0)
        {
            await transaction.RollbackAsync();
            context.ChangeTracker.Clear();
            return refused;
        }

        await transaction.CommitAsync();
        if (known is not null) await sessions.EndAllAsync(known.Id, except: null, SessionEnds.PasswordChanged, actor);
        return [];
    }

    /// <summary>A new initial password, which is returned and kept nowhere. Locks are lifted, sessions ended.</summary>
    public async Task<string> ResetPasswordAsync(UserAccount account, AuditActor by)
    {
        var password = UserCommands.NewPassword();
        await ChangeAsync(account, AuditActions.PasswordReset, SessionEnds.PasswordChanged, by, async () =>
        {
            account.MustChangePassword = true;
            account.LockCount = 0;
            account.LockoutEnd = null;
            account.AccessFailedCount = 0;
            return await accounts.ResetPasswordAsync(account, await accounts.GeneratePasswordResetTokenAsync(account), password);
        });
        return password;
    }

    /// <summary>
    /// Takes the app, passkeys and recovery codes away, for somebody who lost them. Its password may be shorter than one that
    /// stands alone, which nobody can see any more: it is changed at the next sign-in.
    /// </summary>
    public Task ResetSecondFactorAsync(UserAccount account, AuditActor by) =>
        ChangeAsync(account, AuditActions.SecondFactorReset, SessionEnds.SecondFactorChanged, by, () =>
        {
            account.MustChangePassword = true;
            return accounts.RemoveSecondFactorAsync(account);
        });

    /// <summary>Closes it until somebody opens it again; sessions end at once.</summary>
    public Task CloseAsync(UserAccount account, string why, AuditActor by) =>
        ChangeAsync(account, AuditActions.AccountClosed, SessionEnds.AccountClosed, by, () =>
        {
            account.ClosedAt = clock.GetUtcNow();
            account.ClosedWhy = why;
            return accounts.UpdateAsync(account);
        }, new() { ["why"] = why });

    public Task OpenAsync(UserAccount account, AuditActor by) => ChangeAsync(account, AuditActions.AccountOpened, null, by, () =>
    {
        account.ClosedAt = null;
        account.ClosedWhy = null;
        account.OpenedAt = clock.GetUtcNow();
        return accounts.UpdateAsync(account);
    });

    /// <summary>One change of one account and its entry on the trail; then its sessions end, or are looked at anew.</summary>
    /// <exception cref="InvalidOperationException">Somebody else changed the account in the same moment.</exception>
    internal async Task ChangeAsync(UserAccount account, string action, string? endsSessions, AuditActor by, Func<Task<IdentityResult>> change, JsonObject? after = null)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        if (Reasons(await change()) is { Count: > 0 } refused) throw new InvalidOperationException(string.Join("; ", refused));
        await audit.AppendAsync(Of(transaction), action, account.UserName!, AuditOutcome.Done, after: after, by: by);
        await transaction.CommitAsync();
        if (endsSessions is not null) await sessions.EndAllAsync(account.Id, except: null, endsSessions, by);
        sessions.Forget(account.Id);
    }

    private async Task<IReadOnlyList<string>> CreateAsync(IDbContextTransaction transaction, UserAccount account, string password, string role, AuditActor by)
    {
        account.LockoutEnabled = true;
        account.OpenedAt = clock.GetUtcNow();
        if (Reasons(await accounts.CreateAsync(account, password)) is { Count: > 0 } refused) return refused;
        if (await roles.GrantAsync(Of(transaction), account.Id, role, null, null, RoleSources.Local, "", by) is not RoleRefusal.None and var refusal) return [refusal.ToString()];
        await audit.AppendAsync(Of(transaction), AuditActions.AccountSet, account.UserName!, AuditOutcome.Done, after: Told(role, account.Agency), by: by);
        return [];
    }

    private async Task<IReadOnlyList<string>> ChangeAsync(
        IDbContextTransaction transaction, UserAccount account, string password, string role, string agency, bool isInitial, AuditActor by)
    {
        var now = clock.GetUtcNow();
        var held = (await RoleAssignments.OfAsync(Of(transaction).Connection!, Of(transaction), account.Id)).Where(r => r.Meets(now, null, now)).ToList();
        var before = Told(string.Join(',', held.Select(r => r.Role)), account.Agency);
        account.Agency = agency;
        account.MustChangePassword = isInitial;
        if (account.ClosedAt is not null) (account.ClosedAt, account.ClosedWhy, account.OpenedAt) = (null, null, now);
        var reset = await accounts.GeneratePasswordResetTokenAsync(account);
        if (Reasons(await accounts.ResetPasswordAsync(account, reset, password)) is { Count: > 0 } refused) return refused;
        await accounts.SetLockoutEndDateAsync(account, null);
        foreach (var other in held.Where(r => r.Role != role || r.ValidFrom > now || r.ValidTo is not null)) await roles.EndAsync(Of(transaction), other, by);
        if (await roles.GrantAsync(Of(transaction), account.Id, role, null, null, RoleSources.Local, "", by) is not (RoleRefusal.None or RoleRefusal.AlreadyHeld) and var refusal) return [refusal.ToString()];
        var after = Told(role, agency);
        after["password"] = "set";
        await audit.AppendAsync(Of(transaction), AuditActions.AccountSet, account.UserName!, AuditOutcome.Done, before, after, by);
        return [];
    }

    private static NpgsqlTransaction Of(IDbContextTransaction transaction) => (NpgsqlTransaction)transaction.GetDbTransaction();

    private static JsonObject Told(string role, string agency) => new() { ["role"] = role, ["agency"] = agency };

    private static IReadOnlyList<string> Reasons(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}
