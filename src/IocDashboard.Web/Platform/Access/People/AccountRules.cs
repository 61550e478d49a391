using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>What accounts keep to: the floor for a level-3 system (TCVN 11930).</summary>
internal static class AccountRules
{
    /// <summary>A password on a slip of paper is found by somebody in the end.</summary>
    public static readonly TimeSpan InitialPasswordLives = TimeSpan.FromDays(7);

    public static bool IsOpenAt(UserAccount account, DateTimeOffset now) =>
        account.ClosedAt is null && !(account.MustChangePassword && now - account.PasswordSetAt >= InitialPasswordLives);

    public static void Configure(IdentityOptions options)
    {
        // Length instead of character classes; without a second factor PasswordRules asks for more.
        options.Password.RequiredLength = PasswordRules.LeastLengthWithSecondFactor;
        options.Password.RequireDigit = false;
        options.Password.RequireLowercase = false;
        options.Password.RequireUppercase = false;
        options.Password.RequireNonAlphanumeric = false;
        options.Password.RequiredUniqueChars = 6;
        options.Lockout.MaxFailedAccessAttempts = 5;
        options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
        options.User.RequireUniqueEmail = false;
        // With passkeys.
        options.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
    }
}
