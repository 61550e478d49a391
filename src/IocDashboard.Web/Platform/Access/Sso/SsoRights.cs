using System.Collections.Immutable;
using IocDashboard.Web.Platform.Access.Rights;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>What the provider's groups mean here: roles, and the one agency that a person belongs to (article 1.2 of the regulation).</summary>
/// <param name="Roles">In alphabetical order, each once.</param>
/// <param name="Agency">Null when neither a group nor the person's claim names one.</param>
public sealed record SsoRights(ImmutableArray<string> Roles, string? Agency)
{
    /// <returns>The rights, or one of <see cref="SsoRefusals"/>.</returns>
    public static (SsoRights? Rights, string? Refusal) Of(SsoPerson person, SsoSettings settings, Func<string, bool> isKnownAgency)
    {
        var mapped = settings.Groups.Where(g => person.Groups.Contains(g.Group)).ToList();
        ImmutableArray<string> roles = [.. mapped.Select(g => g.Role).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (roles.Any(one => roles.Any(other => RoleSets.Exclude(one, other)))) return (null, SsoRefusals.Excluded);

        var given = mapped.Select(g => g.Agency).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (given.Count > 1) return (null, SsoRefusals.Agency);
        var agency = given.Count == 1 ? given[0] : person.Agency;
        return agency is not null && !isKnownAgency(agency) ? (null, SsoRefusals.Agency) : (new(roles, agency), null);
    }
}
