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
        var id = await sessions.StartAsync(
            user.Id, method, SignInMethods.IsStrong(method),
            Context.Connection.RemoteIpAddress?.ToString(), Context.Request.Headers.UserAgent.ToString(), Context.RequestAborted);
        await EnterAsync(id, authenticationProperties);
    }

    /// <summary>This browser goes on in a session that has begun, and leaves none behind that its cookie named before.</summary>
    public async Task EnterAsync(Guid session, AuthenticationProperties? properties = null)
    {
        if (SessionPrincipal.IdOf(Context.User) is { } before) await sessions.CloseAsync(before, SessionEnds.Replaced, Context.RequestAborted);
        var state = await sessions.FindAsync(session, Context.RequestAborted) ?? throw new InvalidOperationException("A session that was just begun is gone.");
        await Context.SignInAsync(AuthenticationScheme, SessionPrincipal.InCookie(state), properties ?? new());
        Context.User = SessionPrincipal.Of(state);
    }

    public override Task<bool> CanSignInAsync(UserAccount user) => Task.FromResult(user.ClosedAt is null);

    /// <summary>Whoever has a passkey alone is not let in by the password either.</summary>
    public override Task<bool> IsTwoFactorEnabledAsync(UserAccount user) => Task.FromResult(user.TwoFactorEnabled);

    public override Task RefreshSignInAsync(UserAccount user) =>
        throw new NotSupportedException("A session is not renewed: claims are read from its row for each request.");

    protected override async Task<SignInResult> SignInOrTwoFactorAsync(UserAccount user, bool isPersistent, string? loginProvider = null, bool bypassTwoFactor = false) =>
        !user.TwoFactorEnabled && !SignInMethods.IsStrong(Method ?? SignInMethods.Password) && demands.IsOutside(Context.Connection.RemoteIpAddress)
            ? SecondFactorFirst
            : await base.SignInOrTwoFactorAsync(user, isPersistent, loginProvider, bypassTwoFactor);

    private sealed class NotFromOutside : SignInResult
    {
        public NotFromOutside() => IsNotAllowed = true;
    }
}
