using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access.Sso;
using Microsoft.Extensions.Configuration;

namespace IocDashboard.Tests.Access;

public sealed class SsoSettingsTests
{
    [Theory]
    [InlineData("Authority", null)]
    [InlineData("Authority", "sso")]
    [InlineData("Authority", "ftp://sso.example")]
    [InlineData("Authority", "http://sso.example")]
    [InlineData("ClientId", null)]
    [InlineData("ClientSecret", null)]
    [InlineData("ClientSecret", " ")]
    [InlineData("ClientSecretFile", "/nonexistent/secret")]
    [InlineData("Scopes", "profile")]
    [InlineData("GroupsClaim", "")]
    [InlineData("MaxAgeMinutes", "-1")]
    [InlineData("MaxAgeMinutes", "soon")]
    [InlineData("Groups:0:Role", "king")]
    [InlineData("Groups:3:Group", "")]
    public void Setting_ThatCannotBeUsed_IsNamedAndTheSecretIsNot(string name, string? value)
    {
        var settings = SsoCentre.Settings(new Uri("https://sso.example"));
        settings["Ioc:Sso:" + name] = value;

        var failure = Should.Throw<StartFailureException>(() => Read(settings));

        failure.ExitCode.ShouldBe(ExitCodes.BadSettings);
        failure.Message.ShouldContain(name.Replace(":", "__", StringComparison.Ordinal));
        failure.Message.ShouldNotContain(OpenIdProvider.ClientSecret);
    }

    [Fact]
    public void Settings_WithoutAGroup_AreRefused() =>
        Should.Throw<StartFailureException>(() => Read(SsoCentre.Settings(new Uri("https://sso.example")).Where(s => !s.Key.Contains("Groups", StringComparison.Ordinal)))).Message.ShouldContain("Groups__0__Group");

    [Theory]
    [InlineData("https://sso.example/realms/tinh")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080")]
    [InlineData("http://[::1]:8080")]
    public void Authority_IsHttpsOrThisMachine(string authority)
    {
        var settings = SsoCentre.Settings(new Uri("https://sso.example"));
        settings["Ioc:Sso:Authority"] = authority;
        Read(settings).IsOn.ShouldBeTrue();
    }

    [Fact]
    public void NoSettings_MeanNoSingleSignOn() => Read([]).IsOn.ShouldBeFalse();

    private static SsoSettings Read(IEnumerable<KeyValuePair<string, string?>> settings) =>
        SsoSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
