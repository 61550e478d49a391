using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Why an account was not closed; <see cref="None"/> when it was.</summary>
public enum CloseRefusal { None, Own, LastAdministrator }

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
            ? [.. (await CreateAsync(transaction, new() { UserName = userName, FullName = fullName, Agency = agency, MustChangePassword = isInitial }, password, new(role), actor)).Select(e => e.Description)]
            : await ChangeAsync(transaction, known, password, role, agency, isInitial, fullName, actor);
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

    /// <summary>Creates an account with an initial password and one role. Returns the reasons when refused, and has then changed nothing.</summary>
    /// <returns>Errors of Identity, or one whose code is a <see cref="RoleRefusal"/>.</returns>
    public async Task<IReadOnlyList<IdentityError>> AddAsync(UserAccount account, string password, FirstRole role, AuditActor by)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        account.MustChangePassword = true;
        var refused = await CreateAsync(transaction, account, password, role, by);
        if (refused.Count == 0) await transaction.CommitAsync();
        return refused;
    }

    /// <summary>Another name or agency; what was and what is stand on the trail.</summary>
    public Task DescribeAsync(UserAccount account, string fullName, string agency, AuditActor by)
    {
        var before = Described(account);
        (account.FullName, account.Agency) = (fullName, agency);
        return ChangeAsync(account, AuditActions.AccountChanged, null, by, () => accounts.UpdateAsync(account), Described(account), before);
    }

    /// <summary>Lifts a lock after failures, and forgets how often it came.</summary>
    public Task UnlockAsync(UserAccount account, AuditActor by) => ChangeAsync(account, AuditActions.AccountUnlocked, null, by, () =>
    {
        (account.LockCount, account.LockoutEnd, account.AccessFailedCount) = (0, null, 0);
        return accounts.UpdateAsync(account);
    });

    /// <summary>A new initial password, which is returned and kept nowhere. Locks are lifted, sessions ended.</summary>
    public async Task<string> ResetPasswordAsync(UserAccount account, AuditActor by)
    {
        var password = UserCommands.NewPassword();
        await ChangeAsync(account, AuditActions.PasswordReset, SessionEnds.PasswordChanged, by, async () =>
        {
            (account.MustChangePassword, account.PasswordSetAt) = (true, clock.GetUtcNow());
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
            (account.MustChangePassword, account.PasswordSetAt) = (true, clock.GetUtcNow());
            return accounts.RemoveSecondFactorAsync(account);
        });

    /// <summary>Closes it until somebody opens it again; sessions end at once. Nobody closes their own, nor the last administrator's.</summary>
    public async Task<CloseRefusal> CloseAsync(UserAccount account, string why, AuditActor by)
    {
        if (by.Is(account.UserName)) return CloseRefusal.Own;
        var now = clock.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync();
        if (!await Administrators.RemainWithoutAsync(Of(transaction), account.Id, now)) return CloseRefusal.LastAdministrator;
        (account.ClosedAt, account.ClosedWhy) = (now, why);
        await ChangeAsync(transaction, account, AuditActions.AccountClosed, SessionEnds.AccountClosed, by, () => accounts.UpdateAsync(account), new() { ["why"] = why });
        return CloseRefusal.None;
    }

    public Task OpenAsync(UserAccount account, AuditActor by) => ChangeAsync(account, AuditActions.AccountOpened, null, by, () =>
    {
        account.ClosedAt = null;
        account.ClosedWhy = null;
        account.OpenedAt = clock.GetUtcNow();
        return accounts.UpdateAsync(account);
    });

    /// <summary>One change of one account and its entry on the trail; then its sessions end, or are looked at anew.</summary>
    /// <exception cref="AccountChangedException">Somebody else changed the account in the same moment.</exception>
    internal async Task ChangeAsync(
        UserAccount account, string action, string? endsSessions, AuditActor by, Func<Task<IdentityResult>> change, JsonObject? after = null, JsonObject? before = null)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        await ChangeAsync(transaction, account, action, endsSessions, by, change, after, before);
    }

    private async Task ChangeAsync(
        IDbContextTransaction transaction, UserAccount account, string action, string? endsSessions, AuditActor by, Func<Task<IdentityResult>> change,
        JsonObject? after = null, JsonObject? before = null)
    {
        var result = await change();
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))) throw new AccountChangedException();
        if (Reasons(result) is { Count: > 0 } refused) throw new InvalidOperationException(string.Join("; ", refused));
        await audit.AppendAsync(Of(transaction), action, account.UserName!, AuditOutcome.Done, before, after, by);
        await transaction.CommitAsync();
        if (endsSessions is not null) await sessions.EndAllAsync(account.Id, except: null, endsSessions, by);
        sessions.Forget(account.Id);
    }

    private async Task<IReadOnlyList<IdentityError>> CreateAsync(IDbContextTransaction transaction, UserAccount account, string password, FirstRole first, AuditActor by)
    {
        account.LockoutEnabled = true;
        account.OpenedAt = account.PasswordSetAt = clock.GetUtcNow();
        var created = await accounts.CreateAsync(account, password);
        if (!created.Succeeded) return [.. created.Errors];
        var refusal = await roles.GrantAsync(Of(transaction), account.Id, first.Role, first.From, first.To, RoleSources.Local, first.Reason, by);
        if (refusal is not RoleRefusal.None) return [new() { Code = refusal.ToString(), Description = refusal.ToString() }];
        await audit.AppendAsync(Of(transaction), AuditActions.AccountSet, account.UserName!, AuditOutcome.Done, after: Told(first.Role, account.Agency), by: by);
        return [];
    }

    private async Task<IReadOnlyList<string>> ChangeAsync(
        IDbContextTransaction transaction, UserAccount account, string password, string role, string agency, bool isInitial, string fullName, AuditActor by)
    {
        var now = clock.GetUtcNow();
        var held = (await RoleAssignments.OfAsync(Of(transaction).Connection!, Of(transaction), account.Id)).Where(r => r.Meets(now, null, now)).ToList();
        var before = Told(string.Join(',', held.Select(r => r.Role)), account.Agency);
        account.Agency = agency;
        if (fullName.Length > 0) account.FullName = fullName;
        (account.MustChangePassword, account.PasswordSetAt) = (isInitial, now);
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

    private static JsonObject Described(UserAccount account) => new() { ["fullName"] = account.FullName, ["agency"] = account.Agency };

    private static JsonObject Told(string role, string agency) => new() { ["role"] = role, ["agency"] = agency };

    private static IReadOnlyList<string> Reasons(IdentityResult result) => [.. result.Errors.Select(e => e.Description)];
}

/// <summary>What a new account may do.</summary>
/// <param name="From">Null: from now on.</param>
public sealed record FirstRole(string Role, DateTimeOffset? From = null, DateTimeOffset? To = null, string Reason = "");

/// <summary>Somebody else changed the account in the same moment.</summary>
public sealed class AccountChangedException() : Exception("Somebody else changed the account in the same moment.");
