using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// The second step of signing in, after the right password: a code of the app, or a recovery code. A cookie of five minutes
/// says whose turn it is.
/// </summary>
public sealed class SecondStep(AccountSignIn signIn, AccountManager accounts, AttemptGate gate, IHttpContextAccessor requests)
{
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    /// <summary>Null when nobody gave a right password in the last five minutes.</summary>
    public Task<UserAccount?> WhoseAsync() => signIn.GetTwoFactorAuthenticationUserAsync();

    public async Task<SignInResult> CodeAsync(string code) =>
        await InTurnAsync(SignInMethods.PasswordAndCode, () => signIn.TwoFactorAuthenticatorSignInAsync(OwnerCheck.Spaceless(code), isPersistent: false, rememberClient: false));

    public async Task<SignInResult> RecoveryCodeAsync(string code) => await InTurnAsync(SignInMethods.PasswordAndRecoveryCode, async () =>
    {
        var account = (await WhoseAsync())!;
        if (!await signIn.CanSignInAsync(account)) return SignInResult.NotAllowed;
        if (await accounts.IsLockedOutAsync(account)) return SignInResult.LockedOut;
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        // Identity leaves these uncounted.
        if (!result.Succeeded) await accounts.AccessFailedAsync(account);
        return result;
    });

    private async Task<SignInResult> InTurnAsync(string method, Func<Task<SignInResult>> attempt)
    {
        // Whose turn it is says the cookie.
        if (await IdAsync() is not { } id) return SignInResult.Failed;
        await using var turn = await gate.EnterAsync(id);
        if (turn is null) return FirstStep.UnderWay;
        if (await WhoseAsync() is not { } account) return SignInResult.Failed;
        // The page read it before its turn, perhaps before the failure that locked it.
        await accounts.ReloadAsync(account);
        signIn.Method = method;
        return await attempt();
    }

    private async Task<string?> IdAsync() => (await requests.HttpContext!.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal?.Identity?.Name;
}
