using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access;

/// <summary>A person's account. Everyone belongs to one agency (article 1.2 of the regulation).</summary>
public sealed class UserAccount : IdentityUser
{
    /// <summary>Code in the agency register.</summary>
    public string Agency { get; set; } = "";

    /// <summary>Its password was set by somebody else and opens nothing but the page that changes it.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>How often in a row it was locked, since the last sign-in that succeeded.</summary>
    public int LockCount { get; set; }
}
