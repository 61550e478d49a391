namespace IocDashboard.Web.Platform.Access.Rights;

/// <summary>The sets of article 2, whoever audits, and everybody else: the PPC Office and agencies' own people.</summary>
public enum RoleSet { OwningAuthority, ManagingAgency, OperatingUnit, Oversight, Elsewhere }

/// <summary>
/// Article 2 of the regulation: the owning authority, the managing agency and the operating unit are three sets of roles that
/// never merge in one account, so that nobody who runs the centre approves an indicator. Whoever audits does nothing else.
/// </summary>
public static class RoleSets
{
    /// <summary>Whether one account must not hold both at the same time.</summary>
    public static bool Exclude(string role, string other)
    {
        var (one, two) = (SetOf(role), SetOf(other));
        if (one == two) return false;
        if (one == RoleSet.Oversight || two == RoleSet.Oversight) return true;
        return one != RoleSet.Elsewhere && two != RoleSet.Elsewhere;
    }

    public static RoleSet SetOf(string role) => role switch
    {
        Roles.Leader => RoleSet.OwningAuthority,
        // Whoever proposes or reviews indicators stands on the managing side (articles 7.1 and 9.1c).
        Roles.ManagingAgency or Roles.IndicatorSteward => RoleSet.ManagingAgency,
        Roles.Operator or Roles.Supervisor or Roles.Administrator => RoleSet.OperatingUnit,
        Roles.Auditor => RoleSet.Oversight,
        _ => RoleSet.Elsewhere,
    };
}
