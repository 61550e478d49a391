namespace IocDashboard.Domain.Escalation;

/// <summary>The bodies that urge, by their codes in the agency register: articles 4.2 and 6.1 of the regulation.</summary>
public static class EscalationBodies
{
    public const string Centre = "IOC", Office = "VPUBND", Leadership = "UBND";

    public static readonly IReadOnlyList<string> All = [Centre, Office, Leadership];

    /// <summary>Whose people a step turns to that concerns the agency's report.</summary>
    public static string ReaderOf(Audience audience, string agency) => audience switch
    {
        Audience.Centre => Centre,
        Audience.Office => Office,
        Audience.Leadership => Leadership,
        _ => agency,
    };
}
