using System.Text.Json.Nodes;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// Sets up, changes and turns off an account's second factor. Each change stands on the audit trail and ends every session;
/// whoever made it goes on in a new one.
/// </summary>
public sealed class SecondFactors(AccountManager accounts, Accounts changes, AccountSignIn signIn, PasswordRules passwords, SessionRegister sessions)
{
    public const int RecoveryCodes = 10;

    /// <param name="key">What the person's app has just shown a right code of.</param>
    /// <returns>Recovery codes, to be shown this once; empty where the account has some already.</returns>
    public Task<IReadOnlyList<string>> SetAppAsync(UserAccount account, string key, AuditActor by) =>
        SetAsync(account, "app", SignInMethods.PasswordAndCode, by, () => accounts.SetAuthenticatorKeyAsync(account, key));

    /// <inheritdoc cref="SetAppAsync"/>
    public Task<IReadOnlyList<string>> AddPasskeyAsync(UserAccount account, UserPasskeyInfo passkey, AuditActor by) =>
        SetAsync(account, "passkey", SignInMethods.Passkey, by, () => accounts.AddOrUpdatePasskeyAsync(account, passkey), passkey.Name);

    public async Task<IReadOnlyList<string>> NewRecoveryCodesAsync(UserAccount account, AuditActor by)
    {
        IReadOnlyList<string> made = [];
        await ChangeAsync(account, Told("recovery-codes"), null, by, async () =>
        {
            made = await MakeCodesAsync(account);
            return IdentityResult.Success;
        });
        return made;
    }

    /// <returns>False for the last factor, which is turned off with the password instead, and for a passkey that is none of this account's.</returns>
    public async Task<bool> RemovePasskeyAsync(UserAccount account, byte[] id, AuditActor by)
    {
        if (await accounts.GetPasskeyAsync(account, id) is not { } passkey) return false;
        if (!await accounts.HasAppAsync(account) && (await accounts.GetPasskeysAsync(account)).Count == 1) return false;
        await ChangeAsync(account, Told("passkey-removed", passkey.Name), null, by, () => accounts.RemovePasskeyAsync(account, id));
        return true;
    }

    /// <summary>Whether this password is good enough to be all that is asked for.</summary>
    public async Task<bool> IsEnoughAloneAsync(UserAccount account, string password) =>
        (await passwords.ValidateAloneAsync(account, password)).Succeeded;

    public Task TurnOffAsync(UserAccount account, AuditActor by) =>
        ChangeAsync(account, Told("off"), SignInMethods.Password, by, () => accounts.RemoveSecondFactorAsync(account));

    private async Task<IReadOnlyList<string>> SetAsync(UserAccount account, string what, string method, AuditActor by, Func<Task<IdentityResult>> set, string? name = null)
    {
        IReadOnlyList<string> made = [];
        await ChangeAsync(account, Told(what, name), method, by, async () =>
        {
            if (await set() is { Succeeded: false } refused) return refused;
            if (await accounts.CountRecoveryCodesAsync(account) == 0) made = await MakeCodesAsync(account);
            return await accounts.SetTwoFactorEnabledAsync(account, true);
        });
        return made;
    }

    /// <param name="method">What the new session was begun with; null when that stays as it was.</param>
    private async Task ChangeAsync(UserAccount account, JsonObject after, string? method, AuditActor by, Func<Task<IdentityResult>> change)
    {
        var session = SessionPrincipal.IdOf(signIn.Context.User) is { } id ? await sessions.FindAsync(id) : null;
        await changes.ChangeAsync(account, AuditActions.SecondFactorChanged, SessionEnds.SecondFactorChanged, by, change, after);
        // Whoever adds a passkey to a session that was strong before did not sign in with it.
        signIn.Method = method is null || (method == SignInMethods.Passkey && session is { IsStrong: true }) ? session?.Method : method;
        await signIn.SignInAsync(account, isPersistent: false);
    }

    private async Task<IReadOnlyList<string>> MakeCodesAsync(UserAccount account) => [.. (await accounts.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes))!];

    private static JsonObject Told(string what, string? name = null) => name is null ? new() { ["change"] = what } : new() { ["change"] = what, ["name"] = name };
}
