using System.Security.Cryptography;
using IocDashboard.Web.Platform.Access.Factors;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>
/// Locks an account after five failures in a row (TCVN 11930), each time in a row for twice as long: a quarter of an hour, half
/// an hour, … a day. A sign-in that succeeds begins anew.
/// </summary>
public sealed class AccountManager(
    IUserStore<UserAccount> store, IOptions<IdentityOptions> options, IPasswordHasher<UserAccount> hasher, IEnumerable<IUserValidator<UserAccount>> users,
    IEnumerable<IPasswordValidator<UserAccount>> passwords, ILookupNormalizer names, IdentityErrorDescriber errors, IServiceProvider services,
    TimeProvider clock, ILogger<AccountManager> log)
    : UserManager<UserAccount>(store, options, hasher, users, passwords, names, errors, services, log)
{
    // Of a recovery code: letters and digits that nobody mistakes for one another, 75 bits in all.
    private const string RecoveryLetters = "23456789BCDFGHJKMNPQRTVWXY";

    internal static readonly TimeSpan LongestLock = TimeSpan.FromDays(1);

    // Of a password that nobody has: what an unknown name costs must not tell it from a wrong password.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<UserAccount>().HashPassword(new(), UserCommands.NewPassword()));

    public override async Task<IdentityResult> AccessFailedAsync(UserAccount user)
    {
        while (true)
        {
            var result = await CountFailureAsync(user);
            if (result.Succeeded || result.Errors.All(e => e.Code != nameof(IdentityErrorDescriber.ConcurrencyFailure))) return result;
            // Of guesses sent together each one counts: whoever came second counts over what the first has written.
            await Kept.ReloadAsync(user, CancellationToken);
        }
    }

    private Task<IdentityResult> CountFailureAsync(UserAccount user)
    {
        if (++user.AccessFailedCount < Options.Lockout.MaxFailedAccessAttempts) return UpdateAsync(user);
        var length = Options.Lockout.DefaultLockoutTimeSpan * Math.Pow(2, Math.Min(user.LockCount, 10));
        user.LockCount++;
        user.AccessFailedCount = 0;
        user.LockoutEnd = clock.GetUtcNow() + (length < LongestLock ? length : LongestLock);
        return UpdateAsync(user);
    }

    /// <summary>By the centre's clock; Identity would ask the machine's.</summary>
    public override Task<bool> IsLockedOutAsync(UserAccount user) => Task.FromResult(user.LockoutEnabled && user.LockoutEnd > clock.GetUtcNow());

    public override Task<IdentityResult> ResetAccessFailedCountAsync(UserAccount user)
    {
        // Identity's own saves nothing where no failure is counted, and after a lock none is.
        if (user.LockCount == 0) return base.ResetAccessFailedCountAsync(user);
        (user.LockCount, user.AccessFailedCount) = (0, 0);
        return UpdateAsync(user);
    }

    /// <summary>The account as the database has it now: what was read before a turn began may be older than the failures before it.</summary>
    public Task ReloadAsync(UserAccount user) => Kept.ReloadAsync(user, CancellationToken);

    /// <summary>Whether its owner comes by the single sign-on: such an account never has a password, which would outlive what the provider says.</summary>
    public async Task<bool> IsOfSsoAsync(UserAccount user) => (await GetLoginsAsync(user)).Count > 0;

    /// <summary>Whether an authenticator app is set up.</summary>
    public async Task<bool> HasAppAsync(UserAccount user) => await GetAuthenticatorKeyAsync(user) is not null;

    public async Task<IdentityResult> SetAuthenticatorKeyAsync(UserAccount user, string key)
    {
        await Kept.SetAuthenticatorKeyAsync(user, key, CancellationToken);
        return await UpdateAsync(user);
    }

    /// <summary>The app, passkeys and recovery codes: all of it.</summary>
    public async Task<IdentityResult> RemoveSecondFactorAsync(UserAccount user)
    {
        foreach (var passkey in await GetPasskeysAsync(user)) await RemovePasskeyAsync(user, passkey.CredentialId);
        await Kept.RemoveAuthenticatorKeyAsync(user, CancellationToken);
        await Kept.ReplaceCodesAsync(user, [], CancellationToken);
        return await SetTwoFactorEnabledAsync(user, false);
    }

    protected override string CreateTwoFactorRecoveryCode() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(RecoveryLetters, 4)));

    private AccountStore Kept => (AccountStore)Store;

    /// <summary>
    /// Works as hard as checking a wrong password and counting the failure, for a sign-in that is refused without: the check, and
    /// what <see cref="AccessFailedAsync"/> reads and writes. The row is one of a thousand, by the name, so that strangers do not
    /// wait for one another; nobody reads it.
    /// </summary>
    public async Task FailNobodyAsync(string userName, string password)
    {
        PasswordHasher.VerifyHashedPassword(new(), NobodysHash.Value, password);
        await FindByNameAsync(userName);
        await Kept.FailNobodyAsync(NormalizeName(userName)!, CancellationToken);
    }
}
