using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Features.SecurityFacts;

/// <summary>What a password must be, how it is kept, and what happens to whoever guesses.</summary>
internal sealed class AccountFacts(IOptions<IdentityOptions> identity, IOptions<PasswordHasherOptions> hasher) : ISecurityFacts
{
    public Task<IReadOnlyList<SecurityFact>> ReadAsync(SecurityRequest request, CancellationToken cancellation)
    {
        var lockout = identity.Value.Lockout;
        return Task.FromResult<IReadOnlyList<SecurityFact>>(
        [
            new(SecurityGroups.Passwords, "PasswordLength", PasswordRules.LeastLength),
            new(SecurityGroups.Passwords, "PasswordLengthWithSecondFactor", PasswordRules.LeastLengthWithSecondFactor),
            new(SecurityGroups.Passwords, "PasswordLeft", PasswordRules.LeastLeft),
            new(SecurityGroups.Passwords, "InitialPassword", true),
            new(SecurityGroups.Passwords, "InitialPasswordLives", AccountRules.InitialPasswordLives),
            new(SecurityGroups.Passwords, "Hashing", $"PBKDF2, SHA-512, {hasher.Value.IterationCount:N0}"),
            new(SecurityGroups.Passwords, "LockAfter", lockout.MaxFailedAccessAttempts),
            new(SecurityGroups.Passwords, "LockFor", lockout.DefaultLockoutTimeSpan),
            new(SecurityGroups.Passwords, "LockAtMost", AccountManager.LongestLock),
            new(SecurityGroups.Passwords, "AttemptsAMinute", SignInLimit.AttemptsAMinute),
            new(SecurityGroups.Passwords, "UnusedClosed", CloseUnusedAccounts.After),
        ]);
    }
}
