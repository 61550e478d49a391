namespace IocDashboard.Web.Platform.Access.Rights;

/// <summary>
/// One role of one account, from an instant on until another (half-open, UTC; null: until it is ended). Never deleted, so that
/// who might do what on any day can be told (article 1.2 of the regulation).
/// </summary>
/// <param name="Account">Id of the account.</param>
/// <param name="Source"><see cref="RoleSources"/>.</param>
/// <param name="Reason">Why it was given: a decision's number, in whoever's words.</param>
public sealed record RoleAssignment(
    Guid Id, string Account, string Role, DateTimeOffset ValidFrom, DateTimeOffset? ValidTo, string Source, string Reason,
    string GrantedBy, DateTimeOffset GrantedAt, string? EndedBy, DateTimeOffset? EndedAt)
{
    public bool IsValidAt(DateTimeOffset instant) => ValidFrom <= instant && (ValidTo is null || instant < ValidTo);

    /// <summary>Whether the two are in force together at any moment from <paramref name="now"/> on.</summary>
    public bool Meets(DateTimeOffset from, DateTimeOffset? to, DateTimeOffset now)
    {
        var start = ValidFrom > from ? ValidFrom : from;
        if (start < now) start = now;
        return (ValidTo is null || start < ValidTo) && (to is null || start < to);
    }
}

/// <summary>Who says that an account has a role.</summary>
public static class RoleSources
{
    /// <summary>A person who administers, or a command.</summary>
    public const string Local = "local";

    /// <summary>The provincial single sign-on, at the last sign-in.</summary>
    public const string Sso = "sso";
}
