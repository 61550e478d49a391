namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>What a session has to show before it may go on.</summary>
public enum FactorDemand
{
    /// <summary>Nothing more.</summary>
    None,

    /// <summary>Its owner sets up a second factor first, and gets nowhere else until then.</summary>
    Enrol,

    /// <summary>It opens nothing: one has to sign in with a second factor.</summary>
    Refused,
}

/// <summary>
/// Who needs a second factor (level 3, TCVN 11930): administrators, and anybody from outside the centre's own networks. From
/// outside none can be set up: whoever guessed a password would set up theirs.
/// </summary>
public static class SecondFactorRule
{
    /// <param name="isStrong">The session was begun with a second factor, or a passkey that is two.</param>
    /// <param name="hasSecondFactor">The account has one set up.</param>
    /// <param name="isOutside">The request comes from outside the centre's own networks.</param>
    /// <param name="administratorsNeed">False in a demonstration, unless the setting says otherwise.</param>
    /// <param name="isBySso">Begun by the single sign-on: then the second factor is shown there, and one set up here would never be asked for.</param>
    public static FactorDemand Of(bool isStrong, bool hasSecondFactor, bool isAdministrator, bool isOutside, bool administratorsNeed, bool isBySso = false) =>
        isStrong || !IsNeeded(isAdministrator, isOutside, administratorsNeed) ? FactorDemand.None
        : isOutside || hasSecondFactor || isBySso ? FactorDemand.Refused
        : FactorDemand.Enrol;

    /// <summary>Whether the account must not turn its second factor off.</summary>
    public static bool IsNeeded(bool isAdministrator, bool isOutside, bool administratorsNeed) => isOutside || (isAdministrator && administratorsNeed);
}
