using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>
/// The first step of signing in: name and password. Every refusal costs alike, whether the name is anybody's or not: a turn at the
/// gate, one check of a password, as many reads, one row written. The time that an answer takes tells nothing.
/// </summary>
public sealed class FirstStep(AccountSignIn signIn, AccountManager accounts, AttemptGate gate, TimeProvider clock)
{
    /// <summary>Nothing was checked: attempts at this name came faster than they can be.</summary>
    public static readonly SignInResult UnderWay = new();

    public async Task<(UserAccount? Account, SignInResult Result)> PasswordAsync(string userName, string password)
    {
        var account = await accounts.FindByNameAsync(userName);
        await using var turn = await gate.EnterAsync(account?.Id ?? accounts.NormalizeName(userName)!);
        if (turn is null) return (account, UnderWay);
        // In its turn, with all failures before.
        if (account is null) await accounts.FindByNameAsync(userName);
        else await accounts.ReloadAsync(account);

        // Who signs in elsewhere has no password here: that too must not be told by the time it takes.
        if (account is { PasswordHash: not null } && AccountRules.IsOpenAt(account, clock.GetUtcNow()) && !await accounts.IsLockedOutAsync(account))
            return (account, await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true));
        await accounts.FailNobodyAsync(userName, password);
        return (account, account is null ? SignInResult.Failed : await accounts.IsLockedOutAsync(account) ? SignInResult.LockedOut : SignInResult.NotAllowed);
    }
}
