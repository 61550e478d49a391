using System.Security.Cryptography;
using System.Text;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>Identity's store, with the authenticator key encrypted and recovery codes as hashes: neither is of use to whoever reads the table.</summary>
public sealed class AccountStore(AccountsContext context, IDataProtectionProvider protection, IdentityErrorDescriber? describer = null)
    : UserOnlyStore<UserAccount, AccountsContext>(context, describer)
{
    // Identity's own names for what it keeps as tokens of its own.
    private const string Provider = "[AspNetUserStore]", KeyName = "AuthenticatorKey", CodesName = "RecoveryCodes";

    private readonly IDataProtector _protector = protection.CreateProtector("IocDashboard.AuthenticatorKey");

    public override Task SetAuthenticatorKeyAsync(UserAccount user, string key, CancellationToken cancellationToken) =>
        base.SetAuthenticatorKeyAsync(user, _protector.Protect(key), cancellationToken);

    public override async Task<string?> GetAuthenticatorKeyAsync(UserAccount user, CancellationToken cancellationToken)
    {
        if (await base.GetAuthenticatorKeyAsync(user, cancellationToken) is not { Length: > 0 } kept) return null;
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            // The ring that encrypted it is gone: a recovery code or an administrator helps, a defect's page would not.
            return null;
        }
    }

    /// <summary>The account as the database has it now, whatever this request has read or changed.</summary>
    public Task ReloadAsync(UserAccount user, CancellationToken cancellationToken) => Context.Entry(user).ReloadAsync(cancellationToken);

    /// <summary>A row that stands for the one of an account that there is not.</summary>
    public Task FailNobodyAsync(string name, CancellationToken cancellationToken)
    {
        var row = BitConverter.ToUInt16(SHA256.HashData(Encoding.UTF8.GetBytes(name))) % 1_024;
        return Context.Database.ExecuteSqlAsync($"update identity.nobodys_failure set failures = failures + 1 where row = {row}", cancellationToken);
    }

    public Task RemoveAuthenticatorKeyAsync(UserAccount user, CancellationToken cancellationToken) => RemoveTokenAsync(user, Provider, KeyName, cancellationToken);

    public override Task ReplaceCodesAsync(UserAccount user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        base.ReplaceCodesAsync(user, [.. recoveryCodes.Select(HashOf)], cancellationToken);

    public override async Task<bool> RedeemCodeAsync(UserAccount user, string code, CancellationToken cancellationToken)
    {
        string[] kept = (await GetTokenAsync(user, Provider, CodesName, cancellationToken) ?? "").Split(';');
        var hash = HashOf(code);
        if (!kept.Contains(hash)) return false;
        await base.ReplaceCodesAsync(user, kept.Where(k => k != hash), cancellationToken);
        return true;
    }

    // A code has 75 bits (AccountManager): no salt or work is needed against guessing it from its hash.
    private static string HashOf(string code) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())));
}
