using System.Security.Claims;
using IocDashboard.Web.Platform.Access.Factors;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>Signs people in and out: each sign-in is a session of its own in the database, and the cookie names it.</summary>
public sealed class AccountSignIn(
    UserManager<UserAccount> accounts, IHttpContextAccessor requests, IUserClaimsPrincipalFactory<UserAccount> claims, IOptions<IdentityOptions> options,
    ILogger<AccountSignIn> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<UserAccount> confirmation, SessionRegister sessions,
    FactorDemands demands)
    : SignInManager<UserAccount>(accounts, requests, claims, options, log, schemes, confirmation)
{
    /// <summary>The password is right, and from outside the centre's own networks it is not enough.</summary>
    public static readonly SignInResult SecondFactorFirst = new NotFromOutside();

    /// <summary>How the person proves who they are, where it is not a password or a password and a code: one of <see cref="SignInMethods"/>.</summary>
    public string? Method { get; set; }

    public override async Task SignInWithClaimsAsync(UserAccount user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims)
    {
        var method = Method ?? (additionalClaims.Any(c => c is { Type: "amr", Value: "mfa" }) ? SignInMethods.PasswordAndCode : SignInMethods.Password);
        // Whoever signs in anew in the same browser leaves no session behind that its cookie named before.
        if (SessionPrincipal.IdOf(Context.User) is { } before) await sessions.CloseAsync(before, SessionEnds.Replaced, Context.RequestAborted);
        var id = await sessions.StartAsync(
            user.Id, method, IsStrong(method),
            Context.Connection.RemoteIpAddress?.ToString(), Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted);
        var state = await sessions.FindAsync(id, Context.RequestAborted) ?? throw new InvalidOperationException("A session that was just begun is gone.");
        await Context.SignInAsync(AuthenticationScheme, SessionPrincipal.InCookie(state), authenticationProperties ?? new());
        Context.User = SessionPrincipal.Of(state);
    }

    public override Task<bool> CanSignInAsync(UserAccount user) => Task.FromResult(user.ClosedAt is null);

    /// <summary>Whoever has a passkey alone is not let in by the password either.</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(UserAccount user) => Task.FromResult(user.TwoFactorEnabled);

    public override Task RefreshSignInAsync(UserAccount user) =>
        throw new NotSupportedException("A session is not renewed: claims are read from its row for each request.");

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(UserAccount user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false) =>
        !user.TwoFactorEnabled && !IsStrong(Method ?? SignInMethods.Password) && demands.IsOutside(Context.Connection.RemoteIpAddress)
            ? SecondFactorFirst
            : await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);

    private static bool IsStrong(string method) => method is not (SignInMethods.Password or SignInMethods.Sso);

    private sealed class NotFromOutside : SignInResult
    {
        public NotFromOutside() => IsNotAllowed = true;
    }
}
