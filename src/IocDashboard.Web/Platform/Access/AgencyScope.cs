using System.Security.Claims;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Of which agencies somebody may see or change something. Goes into the query itself, as its parameters: what is outside it
/// is then not found, whatever identifier was guessed.
/// </summary>
public sealed record AgencyScope
{
    private AgencyScope(bool isAll, string agency) => (IsAll, Agency) = (isAll, agency);

    public static AgencyScope All { get; } = new(true, "");

    public static AgencyScope None { get; } = new(false, "");

    public bool IsAll { get; }

    /// <summary>Code of the one agency; empty, and so nobody's, for <see cref="All"/> and <see cref="None"/>.</summary>
    public string Agency { get; }

    public static AgencyScope Of(string agency) => new(false, agency);

    /// <summary>Every agency for the first roles, one's own for the others, none for anybody else.</summary>
    public static AgencyScope Of(ClaimsPrincipal user, string[] allFor, string[] ownFor) =>
        user.Identity is not { IsAuthenticated: true } ? None
        : allFor.Any(user.IsInRole) ? All
        : ownFor.Any(user.IsInRole) && user.FindFirstValue(AccessClaims.Agency) is { Length: > 0 } own ? Of(own)
        : None;

    public bool Covers(string agency) => IsAll || (Agency.Length > 0 && agency == Agency);
}
