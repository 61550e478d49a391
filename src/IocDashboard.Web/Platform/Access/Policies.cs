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

    /// <summary>To see focal points: the centre's people those of every agency, an agency's people its own (<see cref="AgencyScope"/>).</summary>
    public const string ViewFocalPoints = "view-focal-points";

    /// <summary>To name and end focal points: an agency's head its own; the managing agency, the supervisor and the administrator all.</summary>
    public const string RecordFocalPoints = "record-focal-points";

    /// <summary>To fill in and send one's own agency's reports: whoever reports for it, and its head.</summary>
    public const string Report = "report";

    /// <summary>To issue, rotate and revoke machine keys: whoever administers rights.</summary>
    public const string ManageKeys = "manage-keys";

    /// <summary>To record and end sharing agreements: the managing agency, and whoever administers.</summary>
    public const string RecordAgreements = "record-agreements";

    /// <summary>To see people and their sessions, and to give and take rights: whoever administers.</summary>
    public const string Administer = "administer";

    /// <summary>To see how the centre is secured: whoever administers, and auditors.</summary>
    public const string ViewSecurity = "view-security";

    /// <summary>To see the half-yearly review of rights: whoever may record one, and the supervisor of a shift.</summary>
    public const string ReviewRights = "review-rights";

    /// <summary>To record a review of rights.</summary>
    public const string RecordReview = "record-review";

    /// <summary>To see the rules by which reports are judged: whoever is of the centre.</summary>
    public const string ViewRules = "view-rules";

    /// <summary>To put such rules into the book, in trial, and to switch them on and off: the steward, the managing agency and the operating unit.</summary>
    public const string SwitchRules = "switch-rules";

    /// <summary>To verify figures, to send them back (article 11.2) and to ask for corrections: the operating unit, the supervisor, the managing agency.</summary>
    public const string Verify = "verify";

    /// <summary>To except from locks, and to set when forms open and lock, who verifies them and which sources are trusted.</summary>
    public const string GovernReporting = "govern-reporting";

    /// <summary>To ask agencies for data and to judge what they answer (article 6.1): the PPC Office, leaders, the managing agency, the operating unit.</summary>
    public const string AskForData = "ask-for-data";

    /// <summary>To urge agencies, to follow reports in person and to note what was learned (articles 4.2, 6.1): the operating unit, the supervisor, the managing agency, the PPC Office.</summary>
    public const string Urge = "urge";

    /// <summary>To see what is proposed for the indicator set and what was decided: whoever is of the centre.</summary>
    public const string ViewProposals = "view-proposals";

    /// <summary>To propose changes of the indicator set: the steward alone (article 7.1).</summary>
    public const string ProposeIndicators = "propose-indicators";

    /// <summary>To record the Chairman's decision (article 9.1c): the managing agency and the owning authority.</summary>
    public const string RecordDecisions = "record-decisions";

    /// <summary>To read what the ladder tells the bodies that urge, each person their own body's: leaders, the PPC Office's people, and whoever else runs the centre.</summary>
    public const string ReadNotices = "read-notices";

    internal static void Register(AuthorizationBuilder authorization)
    {
        authorization
            .AddPolicy(View, p => p.AddRequirements(new ViewRequirement(displays: false, readers: false)))
            .AddPolicy(ShowWall, p => p.AddRequirements(new ViewRequirement(displays: true, readers: false)))
            .AddPolicy(Listen, p => p.AddRequirements(new ViewRequirement(displays: true, readers: true)))
            .AddPolicy(Operate, p => p.RequireAuthenticatedUser().RequireRole(Roles.RunsTheCentre))
            .AddPolicy(ReadAudit, p => p.RequireAuthenticatedUser().RequireRole(Roles.ReadsTheAudit))
            .AddPolicy(AuthoriseDisplays, p => p.RequireAuthenticatedUser().RequireRole(Roles.Operator, Roles.Supervisor, Roles.Administrator))
            .AddPolicy(ViewFocalPoints, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.SeesEveryFocalPoint, .. Roles.SeesOwnFocalPoints]))
            .AddPolicy(RecordFocalPoints, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.RecordsEveryFocalPoint, .. Roles.RecordsOwnFocalPoints]))
            .AddPolicy(Report, p => p.RequireAuthenticatedUser().RequireRole(Roles.Reports))
            .AddPolicy(ManageKeys, p => p.RequireAuthenticatedUser().RequireRole(Roles.Administrator))
            .AddPolicy(RecordAgreements, p => p.RequireAuthenticatedUser().RequireRole(Roles.ManagingAgency, Roles.Administrator))
            .AddPolicy(Administer, p => p.RequireAuthenticatedUser().RequireRole(Roles.Administrator))
            .AddPolicy(ViewSecurity, p => p.RequireAuthenticatedUser().RequireRole(Roles.Administrator, Roles.Auditor))
            .AddPolicy(ReviewRights, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.RecordsReviews, Roles.Supervisor]))
            .AddPolicy(RecordReview, p => p.RequireAuthenticatedUser().RequireRole(Roles.RecordsReviews))
            .AddPolicy(ViewRules, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.SwitchesRules, Roles.Leader, Roles.PpcOffice, Roles.Auditor, Roles.Administrator]))
            .AddPolicy(SwitchRules, p => p.RequireAuthenticatedUser().RequireRole(Roles.SwitchesRules))
            .AddPolicy(Verify, p => p.RequireAuthenticatedUser().RequireRole(Roles.Verifies))
            .AddPolicy(GovernReporting, p => p.RequireAuthenticatedUser().RequireRole(Roles.GovernsReporting))
            .AddPolicy(AskForData, p => p.RequireAuthenticatedUser().RequireRole(Roles.AsksForData))
            .AddPolicy(Urge, p => p.RequireAuthenticatedUser().RequireRole(Roles.Urges))
            .AddPolicy(ViewProposals, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.SwitchesRules, Roles.Leader, Roles.PpcOffice, Roles.Auditor, Roles.Administrator]))
            .AddPolicy(ProposeIndicators, p => p.RequireAuthenticatedUser().RequireRole(Roles.ProposesIndicators))
            .AddPolicy(RecordDecisions, p => p.RequireAuthenticatedUser().RequireRole(Roles.RecordsDecisions))
            .AddPolicy(ReadNotices, p => p.RequireAuthenticatedUser().RequireRole([.. Roles.RunsTheCentre, Roles.Leader]))
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
    /// <summary>Code of the agency that the account or the key belongs to, or that the person who paired the display belongs to.</summary>
    public const string Agency = "agency";

    /// <summary>One claim for each scope of a machine key; a person's session has none.</summary>
    public const string Scope = "scope";

    /// <summary>Id of the machine key.</summary>
    public const string Key = "key";

    /// <summary>Where a person's request came from, for the audit trail: a circuit keeps the caller's claims and not the request.</summary>
    public const string Address = "address";

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

    internal static readonly string[] SeesEveryFocalPoint = [Leader, PpcOffice, ManagingAgency, Supervisor, Operator, Auditor, Administrator];

    internal static readonly string[] SeesOwnFocalPoints = [AgencyHead, AgencyReporter, IndicatorSteward];

    internal static readonly string[] RecordsEveryFocalPoint = [ManagingAgency, Supervisor, Administrator];

    internal static readonly string[] RecordsOwnFocalPoints = [AgencyHead];

    internal static readonly string[] Reports = [AgencyReporter, AgencyHead];

    /// <summary>Who may say that rights were reviewed: not whoever merely has to know them.</summary>
    internal static readonly string[] RecordsReviews = [Administrator, Auditor, ManagingAgency];

    internal static readonly string[] SwitchesRules = [IndicatorSteward, ManagingAgency, Supervisor, Operator];

    /// <summary>The operating unit verifies figures; what is reported at all is not its to decide (article 2).</summary>
    internal static readonly string[] Verifies = [Operator, Supervisor, ManagingAgency];

    internal static readonly string[] GovernsReporting = [Supervisor, ManagingAgency];

    internal static readonly string[] AsksForData = [PpcOffice, Leader, ManagingAgency, Supervisor, Operator];

    internal static readonly string[] Urges = [Operator, Supervisor, ManagingAgency, PpcOffice];

    internal static readonly string[] ProposesIndicators = [IndicatorSteward];

    /// <summary>Who sees the whole set, also what is specific: it holds no figures, and they keep it.</summary>
    internal static readonly string[] KeepsTheSet = [IndicatorSteward, ManagingAgency];

    /// <summary>Nobody who runs the centre approves an indicator (article 2).</summary>
    internal static readonly string[] RecordsDecisions = [ManagingAgency, Leader];

    internal static readonly string[] RunsTheCentre = [Operator, Supervisor, ManagingAgency, PpcOffice, Administrator];
}

/// <summary>Codes of refusals at the door; their texts are among the interface's own.</summary>
internal static class AccessCodes
{
    public const string NoToken = "no-token", BadToken = "bad-token", ExpiredToken = "expired-token",
        MissingScope = "missing-scope", NotAllowed = "not-allowed";
}
