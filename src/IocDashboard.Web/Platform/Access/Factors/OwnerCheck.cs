using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// Checks what a signed-in person shows before a change of how they sign in. Guessing here counts as guessing at the door:
/// failures lock the account.
/// </summary>
public sealed class OwnerCheck(AccountManager accounts, OneTimeCodes codes, AttemptGate gate)
{
    /// <param name="shown">The present password, or a code of the authenticator app.</param>
    public async Task<bool> IsOwnerAsync(UserAccount account, string shown)
    {
        var code = Spaceless(shown);
        var key = code.Length == Totp.Digits && code.All(char.IsAsciiDigit) ? await accounts.GetAuthenticatorKeyAsync(account) : null;
        return await CountedAsync(account, () => key is null ? accounts.CheckPasswordAsync(account, shown) : codes.TakeAsync(account, key, code));
    }

    /// <summary>Both the password and, where an app is set up, its code.</summary>
    public Task<bool> IsOwnerAsync(UserAccount account, string password, string code) => CountedAsync(account, async () =>
        await accounts.CheckPasswordAsync(account, password)
        && (await accounts.GetAuthenticatorKeyAsync(account) is not { } key || await codes.TakeAsync(account, key, Spaceless(code))));

    /// <summary>Apps show a code in two groups of three.</summary>
    public static string Spaceless(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c)));

    private async Task<bool> CountedAsync(UserAccount account, Func<Task<bool>> check)
    {
        await using var turn = await gate.EnterAsync(account.Id);
        if (turn is null) return false;
        // The page read it before its turn, perhaps before the failure that locked it.
        await accounts.ReloadAsync(account);
        if (await accounts.IsLockedOutAsync(account)) return false;
        if (await check()) return true;
        await accounts.AccessFailedAsync(account);
        return false;
    }
}
