namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>Why a sign-in by the provider came to nothing. The words for people are among the sign-in page's texts, <c>Sso.…</c>.</summary>
public static class SsoRefusals
{
    /// <summary>Says on the sign-in page which of them.</summary>
    public const string Parameter = "sso";

    /// <summary>The provider does not answer, or not as one.</summary>
    public const string Away = "away";

    /// <summary>The provider does not know this centre, or knows another secret of it.</summary>
    public const string Rejected = "rejected";

    /// <summary>What came back belongs to no sign-in that this browser began, or its token does not hold.</summary>
    public const string Failed = "failed";

    /// <summary>The person or the provider said no.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The person proved who they are too long ago.</summary>
    public const string Stale = "stale";

    /// <summary>No group maps to a role, and no role was given here.</summary>
    public const string NoRole = "no-role";

    /// <summary>Roles that never merge in one account (article 2 of the regulation).</summary>
    public const string Excluded = "excluded";

    /// <summary>No agency, more than one, or one that the register does not know.</summary>
    public const string Agency = "agency";

    /// <summary>The provider took administration away from the last administrator: the role stays until there is another one, and opens nothing.</summary>
    public const string LastAdministrator = "last-administrator";

    public const string Closed = "closed";
}
