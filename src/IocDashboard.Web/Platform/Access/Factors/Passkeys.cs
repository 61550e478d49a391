using System.Net;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Access.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>A passkey as its owner knows it.</summary>
public sealed record PasskeyRow(byte[] Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);

/// <summary>
/// Passkeys by ASP.NET Core Identity. What was asked waits for its answer in an encrypted cookie of five minutes, of its own:
/// Identity would overwrite the one that says whose second step it is.
/// </summary>
public sealed class Passkeys(
    IPasskeyHandler<UserAccount> handler, AccountManager accounts, AccountSignIn signIn, NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider clock)
{
    private const string CookieName = "ioc.passkey";

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("IocDashboard.Passkeys").ToTimeLimitedDataProtector();

    /// <summary>A passkey belongs to a host name; browsers make none for an address (WebAuthn, 5.1.2).</summary>
    public static bool ArePossible(HttpRequest request) => request.Host.HasValue && !IPAddress.TryParse(request.Host.Host.Trim('[', ']'), out _);

    /// <summary>Asks the browser for any passkey of this site: it needs no user name, and so tells nothing about one.</summary>
    public async Task<string> AskAsync(HttpContext http)
    {
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        Keep(http, asked.AssertionState);
        return asked.RequestOptionsJson;
    }

    /// <returns>The account and what to answer; no account when no passkey of ours was shown.</returns>
    public async Task<(UserAccount? Account, SignInResult Result)> SignInAsync(HttpContext http, string credential)
    {
        if (Kept(http) is not { } state || !ArePossible(http.Request)) return (null, SignInResult.Failed);
        var shown = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = credential, AssertionState = state });
        if (!shown.Succeeded) return (null, SignInResult.Failed);
        if (!await signIn.CanSignInAsync(shown.User)) return (shown.User, SignInResult.NotAllowed);
        // Whoever signs in elsewhere does so each time: a passkey would outlive what the provider says of them.
        if (shown.User.PasswordHash is null) return (shown.User, SignInResult.NotAllowed);
        // Its counter must only grow: a copy of the key would show the old one.
        if (!(await accounts.AddOrUpdatePasskeyAsync(shown.User, shown.Passkey)).Succeeded) return (shown.User, SignInResult.Failed);
        await UsedAsync(shown.Passkey.CredentialId);
        // No guess opens a passkey, so guessing locks none: a stranger would keep the owner out. What was guessed stays locked.
        if (!await accounts.IsLockedOutAsync(shown.User)) await accounts.ResetAccessFailedCountAsync(shown.User);
        signIn.Method = SignInMethods.Passkey;
        await signIn.SignInAsync(shown.User, isPersistent: false);
        return (shown.User, SignInResult.Success);
    }

    public async Task<string> AskForNewAsync(HttpContext http, UserAccount account)
    {
        var asked = await handler.MakeCreationOptionsAsync(
            new() { Id = account.Id, Name = account.UserName!, DisplayName = account.FullName is { Length: > 0 } name ? name : account.UserName! }, http);
        Keep(http, asked.AttestationState);
        return asked.CreationOptionsJson;
    }

    /// <summary>Null when the browser's answer is none, or another account's.</summary>
    public async Task<UserPasskeyInfo?> AnsweredAsync(HttpContext http, UserAccount account, string credential)
    {
        if (Kept(http) is not { } state) return null;
        var made = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = credential, AttestationState = state });
        return made.Succeeded && made.UserEntity.Id == account.Id ? made.Passkey : null;
    }

    public async Task<IReadOnlyList<PasskeyRow>> ListAsync(UserAccount account)
    {
        await using var select = database.CreateCommand("""select "CredentialId", "LastUsedAt" from identity.account_passkey where "UserId" = $1""");
        select.Parameters.Add(new() { Value = account.Id });
        var used = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        await using (var reader = await select.ExecuteReaderAsync())
            while (await reader.ReadAsync())
                if (!reader.IsDBNull(1)) used[Convert.ToHexString(reader.GetFieldValue<byte[]>(0))] = reader.GetFieldValue<DateTimeOffset>(1);
        return [.. (await accounts.GetPasskeysAsync(account)).OrderBy(p => p.CreatedAt)
            .Select(p => new PasskeyRow(p.CredentialId, p.Name ?? "", p.CreatedAt, used.TryGetValue(Convert.ToHexString(p.CredentialId), out var at) ? at : null))];
    }

    private async Task UsedAsync(byte[] id)
    {
        await using var update = database.CreateCommand("""update identity.account_passkey set "LastUsedAt" = $2 where "CredentialId" = $1""");
        update.Parameters.AddRange((NpgsqlParameter[])[new() { Value = id }, new() { Value = clock.GetUtcNow() }]);
        await update.ExecuteNonQueryAsync();
    }

    private void Keep(HttpContext http, string? state)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Cookies.Append(CookieName, _protector.Protect(state ?? "", AnswerWithin), new CookieOptions
        {
            HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, IsEssential = true, MaxAge = AnswerWithin,
        });
    }

    private string? Kept(HttpContext http)
    {
        if (http.Request.Cookies[CookieName] is not { } cookie) return null;
        http.Response.Cookies.Delete(CookieName);
        try
        {
            return _protector.Unprotect(cookie);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }
}
