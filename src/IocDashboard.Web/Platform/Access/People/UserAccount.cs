using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access.People;

/// <summary>A person's account. Everyone belongs to one agency (article 1.2 of the regulation). Instants are UTC. Never deleted: history names it.</summary>
public sealed class UserAccount : IdentityUser
{
    public const int FullNameLength = 160;

    /// <summary>Code in the agency register.</summary>
    public string Agency { get; set; } = "";

    /// <summary>As colleagues know them; empty where nobody wrote it.</summary>
    public string FullName { get; set; } = "";

    /// <summary>Its password was set by somebody else and opens nothing but the page that changes it.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>An initial password that nobody changed opens nothing after <see cref="AccountRules.InitialPasswordLives"/>.</summary>
    public DateTimeOffset PasswordSetAt { get; set; }

    /// <summary>How often in a row it was locked, since the last sign-in that succeeded.</summary>
    public int LockCount { get; set; }

    /// <summary>When it was made, or last opened again.</summary>
    public DateTimeOffset OpenedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary><see cref="CloseUnusedAccounts.Why"/>, or a person's words.</summary>
    public string? ClosedWhy { get; set; }
}
