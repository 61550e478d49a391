namespace IocDashboard.Web.Platform.Access.Rights;

/// <summary>
/// Article 2 of the regulation: the owning authority, the managing agency and the operating unit are three sets of roles that
/// never merge in one account, so that nobody who runs the centre approves an indicator. Whoever audits does nothing else.
/// </summary>
public static class RoleSets
{
    private enum Set { OwningAuthority, ManagingAgency, OperatingUnit, Oversight, Elsewhere }

    /// <summary>Whether one account must not hold both at the same time.</summary>
    public static bool Exclude(string role, string other)
    {
        var (one, two) = (SetOf(role), SetOf(other));
        if (one == two) return false;
        if (one == Set.Oversight || two == Set.Oversight) return true;
        return one != Set.Elsewhere && two != Set.Elsewhere;
    }

    private static Set SetOf(string role) => role switch
    {
        Roles.Leader => Set.OwningAuthority,
        // Whoever proposes or reviews indicators stands on the managing side (articles 7.1 and 9.1c).
        Roles.ManagingAgency or Roles.IndicatorSteward => Set.ManagingAgency,
        Roles.Operator or Roles.Supervisor or Roles.Administrator => Set.OperatingUnit,
        Roles.Auditor => Set.Oversight,
        _ => Set.Elsewhere,
    };
}
