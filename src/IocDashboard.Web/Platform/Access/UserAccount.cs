using Microsoft.AspNetCore.Identity;

namespace IocDashboard.Web.Platform.Access;

/// <summary>A person's account. Everyone belongs to one agency (article 1.2 of the regulation).</summary>
public sealed class UserAccount : IdentityUser
{
    /// <summary>Code in the agency register.</summary>
    public string Agency { get; set; } = "";
}
