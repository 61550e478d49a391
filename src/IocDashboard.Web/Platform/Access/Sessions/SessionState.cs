using System.Collections.Immutable;

namespace IocDashboard.Web.Platform.Access.Sessions;

/// <summary>How somebody proved who they are.</summary>
public static class SignInMethods
{
    public const string Password = "password", PasswordAndCode = "password+totp", PasswordAndRecoveryCode = "password+recovery", Passkey = "passkey", Sso = "sso", StrongSso = "sso+mfa";

    /// <summary>With a second factor, or a passkey that is two.</summary>
    public static bool IsStrong(string method) => method is not (Password or Sso);
}

/// <summary>Why a session opens nothing any more. The words for people are among the account pages' texts, <c>Ended.…</c>.</summary>
public static class SessionEnds
{
    /// <summary>Nobody touched it for <see cref="SessionState.IdleLimit"/>.</summary>
    public const string Idle = "idle";

    /// <summary>A shift is over.</summary>
    public const string Expired = "expired";

    public const string SignedOut = "signed-out", Revoked = "revoked", PasswordChanged = "password-changed", AccountClosed = "account-closed", Replaced = "replaced";

    /// <summary>Its owner or an administrator changed how the account signs in.</summary>
    public const string SecondFactorChanged = "second-factor-changed";

    /// <summary>The single sign-on said at a sign-in that its owner has no place here any more.</summary>
    public const string RightsTaken = "rights-taken";

    /// <summary>The single sign-on said that its owner has signed out there, or was.</summary>
    public const string SignedOutAtProvider = "signed-out-at-provider";

    /// <summary>It was begun without a second factor and used where one is needed.</summary>
    public const string SecondFactorNeeded = "second-factor-needed";
}

/// <summary>
/// One sign-in of one account, with what the account may do now. Instants are UTC. Limits are those of a level-3 system (TCVN 11930).
/// </summary>
/// <param name="Roles">Those in force when it was read, in alphabetical order.</param>
/// <param name="IsStrong">With a second factor, or a passkey that is two.</param>
/// <param name="HasSecondFactor">The account could have shown one.</param>
public sealed record SessionState(
    Guid Id, string Account, string UserName, string Agency, ImmutableArray<string> Roles, string Method, bool IsStrong, bool HasSecondFactor,
    bool MustChangePassword, DateTimeOffset StartedAt, DateTimeOffset LastActiveAt, DateTimeOffset? EndedAt, string? EndedWhy, DateTimeOffset? ClosedAt)
{
    /// <summary>After this long a person signs in anew, however busy.</summary>
    public static readonly TimeSpan Shift = TimeSpan.FromHours(12);

    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(15), AdministratorsIdle = TimeSpan.FromMinutes(5);

    public TimeSpan IdleLimit => Roles.Contains(Access.Roles.Administrator) ? AdministratorsIdle : Idle;

    /// <summary>One of <see cref="SessionEnds"/>; null while it is open.</summary>
    public string? EndAt(DateTimeOffset now) =>
        EndedWhy is not null ? EndedWhy
        : ClosedAt is not null ? SessionEnds.AccountClosed
        : now - StartedAt >= Shift ? SessionEnds.Expired
        : now - LastActiveAt >= IdleLimit ? SessionEnds.Idle
        : null;
}

/// <summary>A row of somebody's list of sessions.</summary>
public sealed record SessionRow(
    Guid Id, string Account, string UserName, string Method, DateTimeOffset StartedAt, DateTimeOffset LastActiveAt, DateTimeOffset? EndedAt, string? EndedWhy, string? Address, string? Agent);
