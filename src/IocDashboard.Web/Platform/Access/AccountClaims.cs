using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace IocDashboard.Web.Platform.Access;

/// <summary>Puts the agency beside name and roles into a person's session.</summary>
internal sealed class AccountClaims(UserManager<UserAccount> accounts, RoleManager<IdentityRole> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<UserAccount, IdentityRole>(accounts, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(UserAccount user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new(AccessClaims.Agency, user.Agency));
        if (user.MustChangePassword) identity.AddClaim(new(AccessClaims.MustChangePassword, "true"));
        return identity;
    }
}
