using System.Security.Claims;

namespace IocDashboard.Web.Platform.Access;

/// <summary>For which agency a caller reads: sharing agreements and drafts are judged by it, and by no role.</summary>
public static class ReadingAgency
{
    /// <summary>The operating unit (article 2 of the regulation): whoever sits at the centre's own machine looks in its name.</summary>
    public const string OperatingUnit = "IOC";

    /// <returns>The agency of the account, the key, or the person who paired the display; null for anybody else.</returns>
    public static string? Of(ClaimsPrincipal? user) =>
        user?.FindFirst(AccessClaims.Agency)?.Value ?? (user?.HasClaim(c => c.Type == AccessClaims.ThisMachine) == true ? OperatingUnit : null);
}
