using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.Rights;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Access.Sso;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>Why an account was not closed; <see cref="None"/> when it was.</summary>
public enum CloseRefusal { None, Own, LastAdministrator }

/// <summary>
/// Makes, changes, closes and opens accounts. An account, its role, the end of its sessions and the entries on the audit trail
/// are one transaction.
/// </summary>
public sealed class Accounts(
    AccountsContext context, AccountManager accounts, RoleAssignments roles, SessionRegister sessions, AttemptGate gate, AuditTrail audit, PeopleNames names, TimeProvider clock)
{
    /// <summary>Refusals of <see cref="ChangePasswordAsync"/> beside those of the rules for passwords: the present one is wrong, the new one is the same, or nothing was checked.</summary>
    public const string WrongPassword = "PasswordMismatch", SamePassword = "Same", UnderWay = "UnderWay";

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
        if (known is not null) sessions.Forget(known.Id);
        await names.LearnAsync(userName, fullName);
        return [];
    }

    /// <summary>Creates an account with an initial password and one role. Returns the reasons when refused, and has then changed nothing.</summary>
    /// <returns>Errors of Identity, or one whose code is a <see cref="RoleRefusal"/>.</returns>
    public async Task<IReadOnlyList<IdentityError>> AddAsync(UserAccount account, string password, FirstRole role, AuditActor by)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        account.MustChangePassword = true;
        var refused = await CreateAsync(transaction, account, password, role, by);
        if (refused.Count > 0) return refused;
        await transaction.CommitAsync();
        await names.LearnAsync(account.UserName!, account.FullName);
        return [];
    }

    /// <summary>Another name or agency; what was and what is stand on the trail.</summary>
    public async Task DescribeAsync(UserAccount account, string fullName, string agency, AuditActor by)
    {
        var before = Described(account);
        (account.FullName, account.Agency) = (fullName, agency);
        await ChangeAsync(account, AuditActions.AccountChanged, null, by, () => accounts.UpdateAsync(account), Described(account), before);
        await names.LearnAsync(account.UserName!, fullName);
    }

    /// <summary>Lifts a lock after failures, and forgets how often it came.</summary>
    public Task UnlockAsync(UserAccount account, AuditActor by) => ChangeAsync(account, AuditActions.AccountUnlocked, null, by, () =>
    {
        (account.LockCount, account.LockoutEnd, account.AccessFailedCount) = (0, null, 0);
        return accounts.UpdateAsync(account);
    });

    /// <summary>
    /// The owner's own change, with the present password; guessing it here counts as guessing it at the door. Every session ends:
    /// whoever knew the old password is out, on every machine.
    /// </summary>
    /// <returns>Codes of what was refused; none when it is done.</returns>
    public async Task<IReadOnlyList<string>> ChangePasswordAsync(UserAccount account, string current, string chosen, AuditActor by)
    {
        await using var turn = await gate.EnterAsync(account.Id);
        IReadOnlyList<string> refused = turn is null ? [UnderWay] : chosen == current ? [SamePassword] : await ReplacePasswordAsync(account, current, chosen, by);
        if (refused.Count > 0)
            await audit.RecordAsync(AuditActions.PasswordChanged, account.UserName!, AuditOutcome.Refused, after: new() { ["why"] = string.Join(',', refused) }, by: by);
        return refused;
    }

    private async Task<IReadOnlyList<string>> ReplacePasswordAsync(UserAccount account, string current, string chosen, AuditActor by)
    {
        // The turn began after the account was read: failures before it count.
        await accounts.ReloadAsync(account);
        if (await accounts.IsLockedOutAsync(account)) return [WrongPassword];
        await using (var transaction = await context.Database.BeginTransactionAsync())
        {
            var changed = await accounts.ChangePasswordAsync(account, current, chosen);
            if (changed.Succeeded)
            {
                // Only now: whatever else saves this account must not set it free.
                (account.MustChangePassword, account.PasswordSetAt) = (false, clock.GetUtcNow());
                await ChangeAsync(transaction, account, AuditActions.PasswordChanged, SessionEnds.PasswordChanged, by, () => accounts.UpdateAsync(account));
                return [];
            }

            if (changed.Errors.All(e => e.Code != WrongPassword)) return [.. changed.Errors.Select(e => e.Code).Distinct()];
        }

        await accounts.AccessFailedAsync(account);
        return [WrongPassword];
    }

    /// <summary>A new initial password, which is returned and kept nowhere. Locks are lifted, sessions ended.</summary>
    /// <returns>Null for an account of the single sign-on, which has none.</returns>
    public async Task<string?> ResetPasswordAsync(UserAccount account, AuditActor by)
    {
        if (await accounts.IsOfSsoAsync(account)) return null;
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
            if (account.PasswordHash is not null) (account.MustChangePassword, account.PasswordSetAt) = (true, clock.GetUtcNow());
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

    /// <summary>
    /// One change of one account, the end of its sessions where it has to be, and the entries on the trail, or nothing of it. Where
    /// sessions end, the account is read anew: the change is made in <paramref name="change"/> and not before, nor by whoever is at the gate.
    /// </summary>
    /// <exception cref="AccountChangedException">Somebody else changed the account in the same moment.</exception>
    internal async Task ChangeAsync(
        UserAccount account, string action, string? endsSessions, AuditActor by, Func<Task<IdentityResult>> change, JsonObject? after = null, JsonObject? before = null)
    {
        await using var transaction = await context.Database.BeginTransactionAsync();
        if (endsSessions is not null)
        {
            // An attempt with what is taken now would begin its session after the others have ended.
            await AttemptGate.TakeTurnAsync(Of(transaction), account.Id);
            await accounts.ReloadAsync(account);
        }

        await ChangeAsync(transaction, account, action, endsSessions, by, change, after, before);
    }

    private async Task ChangeAsync(
        IDbContextTransaction transaction, UserAccount account, string action, string? endsSessions, AuditActor by, Func<Task<IdentityResult>> change,
        JsonObject? after = null, JsonObject? before = null)
    {
        var result = await change();
        if (result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.ConcurrencyFailure))) throw new AccountChangedException();
        if (Reasons(result) is { Count: > 0 } refused) throw new InvalidOperationException(string.Join("; ", refused));
        if (endsSessions is not null) await sessions.EndAllAsync(Of(transaction), account.Id, endsSessions, by);
        await audit.AppendAsync(Of(transaction), action, account.UserName!, AuditOutcome.Done, before, after, by);
        await transaction.CommitAsync();
        sessions.Forget(account.Id);
    }

    private async Task<IReadOnlyList<IdentityError>> CreateAsync(IDbContextTransaction transaction, UserAccount account, string password, FirstRole first, AuditActor by)
    {
        // The mark says that the provider vouches for the person.
        if (SsoUserName.IsMarked(account.UserName)) return [accounts.ErrorDescriber.InvalidUserName(account.UserName)];
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
        if (await accounts.IsOfSsoAsync(account)) return [$"{account.UserName} signs in by the single sign-on and has no password here."];
        // Whoever the account is: its roles are replaced below, when the trail's lock is held already.
        await Administrators.TakeTurnAsync(Of(transaction));
        await AttemptGate.TakeTurnAsync(Of(transaction), account.Id);
        await accounts.ReloadAsync(account);
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
        await sessions.EndAllAsync(Of(transaction), account.Id, SessionEnds.PasswordChanged, by);
        switch (await roles.ReplaceAsync(Of(transaction), account.Id, role, by))
        {
            case RoleRefusal.None: break;
            case RoleRefusal.LastAdministrator: return [$"{account.UserName} is the last administrator, and somebody must be left who gives rights: make another one first."];
            case var refusal: return [refusal.ToString()];
        }

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
