using System.Net;

namespace IocDashboard.Web.Platform.Access.Sso;

/// <summary>A group of the provider and what whoever is in it may do here.</summary>
public sealed class SsoGroup
{
    /// <summary>As the provider writes it, letter for letter.</summary>
    public string Group { get; set; } = "";

    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = "";

    /// <summary>Code in the agency register; null: the person's own claim says it.</summary>
    public string? Agency { get; set; }
}

/// <summary>What the button on the sign-in page says.</summary>
public sealed class SsoName
{
    public string? Vi { get; set; }
    public string? En { get; set; }
}

/// <summary>
/// Settings of section <c>Ioc:Sso</c>: the province's own sign-in (OpenID Connect). Without the section there is no button, no
/// scheme and no endpoint. docs/operations.md shows an example.
/// </summary>
public sealed class SsoSettings
{
    public const string Section = "Ioc:Sso";

    /// <summary>The provider's address; its <c>/.well-known/openid-configuration</c> is read when somebody first signs in.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>From the environment only; better <see cref="ClientSecretFile"/>.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret and nothing else; read at start.</summary>
    public string? ClientSecretFile { get; set; }

    public SsoName Name { get; set; } = new();

    /// <summary>Separated by spaces.</summary>
    public string Scopes { get; set; } = "openid profile";

    public string GroupsClaim { get; set; } = "groups";
    public string AgencyClaim { get; set; } = "agency";
    public string NameClaim { get; set; } = "name";
    public string UserNameClaim { get; set; } = "preferred_username";

    public List<SsoGroup> Groups { get; set; } = [];

    /// <summary>Values of <c>acr</c> that mean two factors at this provider, separated by spaces; <c>amr</c> is understood without.</summary>
    public string StrongAcr { get; set; } = "";

    /// <summary>
    /// How long ago the person may have proved who they are to the provider. The shortest idle lock: whoever finds a locked desk
    /// must not get in by pressing the button. 0: the provider alone decides, and the lock does not hold against its session.
    /// </summary>
    public int MaxAgeMinutes { get; set; } = 5;

    /// <summary>Signing out here ends the session at the provider too, where it offers that.</summary>
    public bool SignOutAtProvider { get; set; } = true;

    public bool IsOn => Authority is not null;

    public TimeSpan? MaxAge => MaxAgeMinutes == 0 ? null : TimeSpan.FromMinutes(MaxAgeMinutes);

    /// <summary>Reads, checks and completes the settings; not <see cref="IsOn"/> when there are none.</summary>
    /// <exception cref="StartFailureException">A setting is missing or cannot be used. The message never holds the secret.</exception>
    public static SsoSettings Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (!section.Exists()) return new SsoSettings();
        SsoSettings settings;
        try
        {
            settings = section.Get<SsoSettings>() ?? new SsoSettings();
        }
        catch (InvalidOperationException e)
        {
            throw new StartFailureException(ExitCodes.BadSettings, $"A setting of section {Section} cannot be read: {e.Message}", e);
        }

        settings.CheckProvider();
        settings.ReadSecret();
        settings.CheckGroups();
        return settings;
    }

    private void CheckProvider()
    {
        if (string.IsNullOrWhiteSpace(Authority)) throw Unusable("Authority", "is missing: the provider's address, such as https://sso.example.gov.vn/realms/tinh");
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
            throw Unusable("Authority", $"is \"{Authority}\", which is no address");
        if (address.Scheme == "http" && !IsThisMachine(address))
            throw Unusable("Authority", $"is \"{Authority}\": only https, except on this machine, because who signs in where depends on it");
        if (string.IsNullOrWhiteSpace(ClientId)) throw Unusable("ClientId", "is missing: the name under which the provider knows this centre");
        if (!Scopes.Split(' ').Contains("openid")) throw Unusable("Scopes", "must contain openid");
        if (MaxAgeMinutes < 0) throw Unusable("MaxAgeMinutes", $"is {MaxAgeMinutes}: a number of minutes, or 0");
        foreach (var (name, value) in new[] { (nameof(GroupsClaim), GroupsClaim), (nameof(AgencyClaim), AgencyClaim), (nameof(NameClaim), NameClaim), (nameof(UserNameClaim), UserNameClaim) })
            if (string.IsNullOrWhiteSpace(value)) throw Unusable(name, "is empty");
    }

    private void ReadSecret()
    {
        if (ClientSecret is not null && ClientSecretFile is not null) throw Unusable("ClientSecretFile", "and Ioc__Sso__ClientSecret are both set: one of them");
        if (ClientSecretFile is { } file)
        {
            try
            {
                ClientSecret = File.ReadAllText(file).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new StartFailureException(ExitCodes.BadSettings, $"Ioc__Sso__ClientSecretFile cannot be read: {e.Message}", e);
            }
        }

        if (string.IsNullOrWhiteSpace(ClientSecret)) throw Unusable("ClientSecretFile", "(or Ioc__Sso__ClientSecret) is missing or empty");
    }

    private void CheckGroups()
    {
        if (Groups.Count == 0) throw Unusable("Groups__0__Group", "is missing: without a group that maps to a role nobody could sign in");
        foreach (var (i, mapped) in Groups.Index())
        {
            if (string.IsNullOrWhiteSpace(mapped.Group)) throw Unusable($"Groups__{i}__Group", "is missing");
            if (!Roles.All.Contains(mapped.Role)) throw Unusable($"Groups__{i}__Role", $"is \"{mapped.Role}\"; it is one of: {string.Join(", ", Roles.All)}");
        }
    }

    private static bool IsThisMachine(Uri address) => address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static StartFailureException Unusable(string name, string why) => new(ExitCodes.BadSettings, $"Ioc__Sso__{name} {why}.");
}
