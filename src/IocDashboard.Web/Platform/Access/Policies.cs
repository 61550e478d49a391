using Microsoft.AspNetCore.Authorization;

namespace IocDashboard.Web.Platform.Access;

/// <summary>
/// Who may reach what. Every endpoint names one of these; whatever names none is closed to anybody who has not signed in,
/// and a test fails on it.
/// </summary>
public static class Policies
{
    /// <summary>To look at the console: a person signed in, or a request from this machine itself.</summary>
    public const string View = "view";

    /// <summary>To act in the console: verify, return, urge. Only a person of a role that runs the centre.</summary>
    public const string Operate = "operate";

    /// <summary>To submit reports and measurements: a key of scope <c>submit</c>. A session never counts, so no forged form can submit.</summary>
    public const string SubmitApi = "submit-api";

    /// <summary>To read by the public contract: a key of scope <c>read</c>.</summary>
    public const string ReadApi = "read-api";

    /// <summary>To look up what reporting needs, obligations and forms: a key of scope <c>submit</c> or <c>read</c>.</summary>
    public const string AgencyApi = "agency-api";

    /// <summary>Open to all on purpose: health, sign-in, documentation, styles.</summary>
    public const string Public = "public";

    /// <summary>To read and export the audit trail: auditors, and whoever administers rights.</summary>
    public const string ReadAudit = "read-audit";

    /// <summary>To show the wall: who may look, and a paired display.</summary>
    public const string ShowWall = "show-wall";

    /// <summary>To listen to the live hub: who may show the wall, and a key of scope <c>read</c>.</summary>
    public const string Listen = "listen";

    /// <summary>To one's own account: whoever signed in.</summary>
    public const string OwnAccount = "own-account";

    /// <summary>To pair screens and to revoke them: the operating unit, and whoever administers.</summary>
    public const string AuthoriseDisplays = "authorise-displays";

    internal static void Register(AuthorizationBuilder authorization)
    {
        authorization
            .AddPolicy(View, p => p.AddRequirements(new ViewRequirement(displays: false, readers: false)))
            .AddPolicy(ShowWall, p => p.AddRequirements(new ViewRequirement(displays: true, readers: false)))
            .AddPolicy(Listen, p => p.AddRequirements(new ViewRequirement(displays: true, readers: true)))
            .AddPolicy(Operate, p => p.RequireAuthenticatedUser().RequireRole(Roles.RunsTheCentre))
            .AddPolicy(ReadAudit, p => p.RequireAuthenticatedUser().RequireRole(Roles.ReadsTheAudit))
            .AddPolicy(AuthoriseDisplays, p => p.RequireAuthenticatedUser().RequireRole(Roles.Operator, Roles.Supervisor, Roles.Administrator))
            .AddPolicy(OwnAccount, p => p.RequireAuthenticatedUser().RequireAssertion(c => !c.User.HasClaim(claim => claim.Type is AccessClaims.Key or AccessClaims.Display)))
            .AddPolicy(SubmitApi, p => p.RequireAuthenticatedUser().RequireClaim(AccessClaims.Scope, KeyScopes.Submit))
            .AddPolicy(ReadApi, p => p.RequireAuthenticatedUser().RequireClaim(AccessClaims.Scope, KeyScopes.Read))
            .AddPolicy(AgencyApi, p => p.RequireAuthenticatedUser().RequireClaim(AccessClaims.Scope, KeyScopes.Submit, KeyScopes.Read))
            .AddPolicy(Public, p => p.RequireAssertion(_ => true))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}

/// <summary>Claims beside the standard name and role.</summary>
public static class AccessClaims
{
    /// <summary>Code of the agency that the account or the key belongs to.</summary>
    public const string Agency = "agency";

    /// <summary>One claim for each scope of a machine key; a person's session has none.</summary>
    public const string Scope = "scope";

    /// <summary>Id of the machine key.</summary>
    public const string Key = "key";

    /// <summary>Id of a person's session.</summary>
    public const string Session = "session";

    /// <summary>On a person whose password was set by somebody else.</summary>
    public const string MustChangePassword = "must-change-password";

    /// <summary>On a person who needs a second factor and has set up none.</summary>
    public const string MustSetSecondFactor = "must-set-second-factor";

    /// <summary>On a person whose request came from outside the centre's own networks. A claim, because a circuit keeps the caller's claims and not the address.</summary>
    public const string Outside = "outside";

    /// <summary>Id of the paired display.</summary>
    public const string Display = "display";

    /// <summary>On an unauthenticated request that comes from the machine itself.</summary>
    public const string ThisMachine = "this-machine";
}

/// <summary>What a machine key may do.</summary>
public static class KeyScopes
{
    public const string Submit = "submit", Read = "read", Share = "share";

    public static readonly IReadOnlyList<string> All = [Submit, Read, Share];
}

/// <summary>Roles of accounts, as the public contract names them.</summary>
public static class Roles
{
    public const string Leader = "leader", PpcOffice = "ppc-office", ManagingAgency = "managing-agency",
        Supervisor = "supervisor", Operator = "operator", IndicatorSteward = "indicator-steward",
        AgencyHead = "agency-head", AgencyReporter = "agency-reporter", Auditor = "auditor", Administrator = "administrator";

    public static readonly IReadOnlyList<string> All =
        [Leader, PpcOffice, ManagingAgency, Supervisor, Operator, IndicatorSteward, AgencyHead, AgencyReporter, Auditor, Administrator];

    internal static readonly string[] ReadsTheAudit = [Auditor, Administrator];

    internal static readonly string[] RunsTheCentre = [Operator, Supervisor, ManagingAgency, PpcOffice, Administrator];
}

/// <summary>Codes of refusals at the door; their texts are among the interface's own.</summary>
internal static class AccessCodes
{
    public const string NoToken = "no-token", BadToken = "bad-token", ExpiredToken = "expired-token",
        MissingScope = "missing-scope", NotAllowed = "not-allowed";
}
