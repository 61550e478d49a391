using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Features.People;

/// <summary>How an account stands, the most telling first: one that is closed is not also called locked.</summary>
public enum PersonState
{
    /// <summary>Nobody signs in to it until it is opened again.</summary>
    Closed,

    /// <summary>After failures in a row, until an instant.</summary>
    Locked,

    /// <summary>Its owner did not change the password that somebody else set while it opened something (<see cref="AccountRules.InitialPasswordLives"/>).</summary>
    InitialPasswordLapsed,

    /// <summary>Open, and not signed in to for <see cref="FindPeople.UnusedAfter"/> or longer.</summary>
    Unused,

    /// <summary>Its owner has not changed the password that somebody else set.</summary>
    InitialPassword,

    Open,
}
