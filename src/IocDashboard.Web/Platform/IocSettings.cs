using IocDashboard.Web.Platform.Limits;
using IocDashboard.Web.Platform.Mail;
using IocDashboard.Web.Platform.Webhooks;

namespace IocDashboard.Web.Platform;

/// <summary>Settings of section <c>Ioc</c>: environment variables <c>Ioc__DataDirectory</c>, <c>Ioc__TimeZone</c>, <c>Ioc__Demo</c>, …</summary>
public sealed class IocSettings
{
    public const string Section = "Ioc";

    private const int MostPeriodsAhead = 24;

    /// <summary>The embedded server's data, keys, logs, exports. Relative to the working directory; absolute once read.</summary>
    public string DataDirectory { get; set; } = "var";

    public string TimeZone { get; set; } = "Asia/Ho_Chi_Minh";

    /// <summary>Load illustrative history into an empty database and run the simulated agencies. Null: only on an empty database.</summary>
    public bool? Demo { get; set; }

    /// <summary>Directory of the server programs (<c>initdb</c>, <c>postgres</c>, <c>pg_ctl</c>). Null: they are looked for.</summary>
    public string? PostgresPrograms { get; set; }

    /// <summary>Bring the schema up to date at start. Null: yes, except in environment Production, where <c>ioc migrate</c> does it.</summary>
    public bool? Migrate { get; set; }

    /// <summary>Log to the console too, and not only to <c>{DataDirectory}/logs</c>.</summary>
    public bool LogToConsole { get; set; } = true;

    /// <summary>Addresses or networks of proxies on other machines whose forwarding headers are believed, separated by commas.</summary>
    public string? TrustedProxies { get; set; }

    /// <summary>Whoever sits at the server may look without signing in. Null: in a demonstration only. docs/decisions/0025-who-may-look.md.</summary>
    public bool? TrustThisMachine { get; set; }

    /// <summary>A directory of files named like settings, e.g. <c>ConnectionStrings__Ioc</c>. Null: none.</summary>
    public string? SecretsDirectory { get; set; }

    /// <summary>How much one caller may ask for.</summary>
    public LimitSettings Limits { get; set; } = new();

    /// <summary>The server that takes letters.</summary>
    public MailSettings Mail { get; set; } = new();

    /// <summary>Where notices may be posted to.</summary>
    public WebhookSettings Webhooks { get; set; } = new();

    /// <summary>
    /// Networks that count as inside, separated by commas; from elsewhere nobody gets in without a second factor. Null: this
    /// machine and the private ranges. docs/decisions/0022-second-factor.md.
    /// </summary>
    public string? OwnNetworks { get; set; }

    /// <summary>Administrators need a second factor inside too. Null: except in a demonstration.</summary>
    public bool? AdministratorsNeedSecondFactor { get; set; }

    /// <summary>Walls show verified figures only, whatever their address says.</summary>
    public bool WallVerifiedOnly { get; set; }

    /// <summary>How many periods ahead obligations are opened, so that an agency sees what it will owe.</summary>
    public int PeriodsAhead { get; set; } = 3;

    public string PathOf(string name) => Path.Combine(DataDirectory, name);

    /// <summary>Reads, checks and completes the settings.</summary>
    /// <exception cref="StartFailureException">A setting cannot be used.</exception>
    public static IocSettings Read(IConfiguration configuration)
    {
        IocSettings settings;
        try
        {
            settings = configuration.GetSection(Section).Get<IocSettings>() ?? new IocSettings();
        }
        catch (InvalidOperationException e)
        {
            throw new StartFailureException(ExitCodes.BadSettings, $"A setting of section {Section} cannot be read: {e.Message}", e);
        }
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(settings.TimeZone, out _))
            throw new StartFailureException(ExitCodes.BadSettings,
                $"Ioc__TimeZone is \"{settings.TimeZone}\", which this machine does not know. Use a name such as Asia/Ho_Chi_Minh; if that one is unknown, install the package tzdata.");
        if (settings.PeriodsAhead is < 1 or > MostPeriodsAhead)
            throw new StartFailureException(ExitCodes.BadSettings, $"Ioc__PeriodsAhead is {settings.PeriodsAhead}; it can be 1 to {MostPeriodsAhead}.");
        if (settings.Mail.Problem() is { } mail) throw new StartFailureException(ExitCodes.BadSettings, mail);
        if (settings.Webhooks.Problem() is { } webhooks) throw new StartFailureException(ExitCodes.BadSettings, webhooks);
        if (settings.Limits.Problem() is { } limit) throw new StartFailureException(ExitCodes.BadSettings, limit);
        _ = Access.Factors.OwnNetworks.Of(settings.OwnNetworks);
        settings.DataDirectory = Path.GetFullPath(string.IsNullOrWhiteSpace(settings.DataDirectory) ? "var" : settings.DataDirectory);
        try
        {
            Directory.CreateDirectory(settings.DataDirectory);
            var probe = settings.PathOf($".write-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailureException(ExitCodes.BadSettings, $"The data directory {settings.DataDirectory} (Ioc__DataDirectory) cannot be written: {e.Message}", e);
        }
        return settings;
    }
}
