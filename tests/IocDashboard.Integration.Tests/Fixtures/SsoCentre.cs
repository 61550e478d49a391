using System.Globalization;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A running centre with single sign-on by a real provider, both on this machine. Tests keep apart by using different persons.</summary>
public sealed class SsoCentre : IAsyncLifetime
{
    public const string Operators = "ioc-truc-ban", Supervisors = "ioc-truong-ca", Leaders = "lanh-dao-tinh", Reporters = "dau-moi", HealthHeads = "lanh-dao-syt", Administrators = "quan-tri", StrongLevel = "urn:tinh:2fa";

    private string _secretFile = "";

    public OpenIdProvider Provider { get; private set; } = null!;
    public IocHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = TestPaths.FreePort();
        Provider = await OpenIdProvider.StartAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
        _secretFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(_secretFile, OpenIdProvider.ClientSecret + "\n");
        Host = await IocHost.StartAsync(new()
        {
            Settings = new Dictionary<string, string?>(Settings(Provider.Authority), StringComparer.Ordinal)
            {
                ["urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
                ["Ioc:TrustThisMachine"] = "false",
                ["Ioc:Sso:ClientSecret"] = null,
                ["Ioc:Sso:ClientSecretFile"] = _secretFile,
            },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        if (Provider is not null) await Provider.DisposeAsync();
        File.Delete(_secretFile);
    }

    public static Dictionary<string, string?> Settings(Uri authority) => new(StringComparer.Ordinal)
    {
        ["Ioc:Sso:Authority"] = authority.GetLeftPart(UriPartial.Authority),
        ["Ioc:Sso:ClientId"] = OpenIdProvider.ClientId,
        ["Ioc:Sso:ClientSecret"] = OpenIdProvider.ClientSecret,
        ["Ioc:Sso:StrongAcr"] = StrongLevel,
        ["Ioc:Sso:Groups:0:Group"] = Operators, ["Ioc:Sso:Groups:0:Role"] = Roles.Operator, ["Ioc:Sso:Groups:0:Agency"] = "IOC",
        ["Ioc:Sso:Groups:1:Group"] = Supervisors, ["Ioc:Sso:Groups:1:Role"] = Roles.Supervisor, ["Ioc:Sso:Groups:1:Agency"] = "IOC",
        ["Ioc:Sso:Groups:2:Group"] = Leaders, ["Ioc:Sso:Groups:2:Role"] = Roles.Leader, ["Ioc:Sso:Groups:2:Agency"] = "IOC",
        ["Ioc:Sso:Groups:3:Group"] = Reporters, ["Ioc:Sso:Groups:3:Role"] = Roles.AgencyReporter,
        ["Ioc:Sso:Groups:4:Group"] = HealthHeads, ["Ioc:Sso:Groups:4:Role"] = Roles.AgencyHead, ["Ioc:Sso:Groups:4:Agency"] = "SYT",
        ["Ioc:Sso:Groups:5:Group"] = Administrators, ["Ioc:Sso:Groups:5:Role"] = Roles.Administrator, ["Ioc:Sso:Groups:5:Agency"] = "IOC",
    };
}
