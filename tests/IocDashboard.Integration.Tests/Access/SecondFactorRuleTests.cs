using System.Net;
using IocDashboard.Web.Platform;
using IocDashboard.Web.Platform.Access.Factors;

namespace IocDashboard.Tests.Access;

/// <summary>Who needs a second factor, what counts as inside, and what a code is worth: pure rules.</summary>
public sealed class SecondFactorRuleTests
{
    [Theory]
    // Inside
    [InlineData(false, false, false, false, true, FactorDemand.None)]
    [InlineData(false, false, true, false, true, FactorDemand.Enrol)]
    [InlineData(false, true, true, false, true, FactorDemand.Refused)]
    [InlineData(true, true, true, false, true, FactorDemand.None)]
    [InlineData(false, false, true, false, false, FactorDemand.None)]
    // Outside
    [InlineData(false, false, false, true, true, FactorDemand.Refused)]
    [InlineData(false, true, false, true, true, FactorDemand.Refused)]
    [InlineData(true, true, false, true, true, FactorDemand.None)]
    [InlineData(false, false, true, true, false, FactorDemand.Refused)]
    [InlineData(true, false, true, true, true, FactorDemand.None)]
    public void Session_IsAskedFor(bool isStrong, bool hasSecondFactor, bool isAdministrator, bool isOutside, bool administratorsNeed, FactorDemand expected) =>
        SecondFactorRule.Of(isStrong, hasSecondFactor, isAdministrator, isOutside, administratorsNeed).ShouldBe(expected);

    [Theory]
    [InlineData(false, false, false, FactorDemand.None)]
    [InlineData(false, true, false, FactorDemand.Refused)]
    [InlineData(false, false, true, FactorDemand.Refused)]
    [InlineData(true, true, true, FactorDemand.None)]
    public void SessionOfTheSingleSignOn_ShowsItsSecondFactorThere(bool isStrong, bool isAdministrator, bool isOutside, FactorDemand expected) =>
        SecondFactorRule.Of(isStrong, hasSecondFactor: false, isAdministrator, isOutside, administratorsNeed: true, isBySso: true).ShouldBe(expected);

    [Theory]
    [InlineData(null, "127.0.0.1", true)]
    [InlineData(null, "10.20.30.40", true)]
    [InlineData(null, "172.31.255.255", true)]
    [InlineData(null, "172.32.0.1", false)]
    [InlineData(null, "192.168.1.1", true)]
    [InlineData(null, "203.113.131.1", false)]
    [InlineData(null, "::1", true)]
    [InlineData(null, "fd12:3456::1", true)]
    [InlineData(null, "fe80::1", true)]
    [InlineData(null, "2001:ee0::1", false)]
    [InlineData(null, "::ffff:192.168.1.1", true)]
    [InlineData(null, "::ffff:203.113.131.1", false)]
    [InlineData("10.1.0.0/16, 203.113.131.7, 2001:ee0::/32", "10.1.2.3", true)]
    [InlineData("10.1.0.0/16, 203.113.131.7, 2001:ee0::/32", "203.113.131.7", true)]
    [InlineData("10.1.0.0/16, 203.113.131.7, 2001:ee0::/32", "203.113.131.8", false)]
    [InlineData("10.1.0.0/16, 203.113.131.7, 2001:ee0::/32", "2001:ee0:1::9", true)]
    [InlineData("10.1.0.0/16, 203.113.131.7, 2001:ee0::/32", "127.0.0.1", false)]
    public void OwnNetworks_Contain(string? setting, string address, bool expected) => OwnNetworks.Of(setting).Contain(IPAddress.Parse(address)).ShouldBe(expected);

    [Fact]
    public void OwnNetworks_DoNotContainAnAddressThatNobodyTold() => OwnNetworks.Of(null).Contain(null).ShouldBeFalse();

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("văn phòng")]
    public void OwnNetworks_ThatCannotBeRead_AreABadSetting(string setting) =>
        Should.Throw<StartFailureException>(() => OwnNetworks.Of(setting)).Message.ShouldContain(setting);

    /// <summary>Appendix B of RFC 6238, the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_OfTheStandardsExamples_IsKnown(long seconds, string code)
    {
        const string key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Totp.StepOf(key, code, at).ShouldBe(seconds / 30);
        Totp.StepOf(key, code, at.AddSeconds(30)).ShouldBe(seconds / 30, "a step late");
        Totp.StepOf(key, code, at.AddSeconds(-30)).ShouldBe(seconds / 30, "a step early");
        Totp.StepOf(key, code, at.AddSeconds(60)).ShouldBeNull();
        if (seconds > 60) Totp.StepOf(key, code, at.AddSeconds(-60)).ShouldBeNull();
    }

    [Theory]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708x")]
    [InlineData("")]
    [InlineData("２８７０８２")]
    public void Code_OfAnotherShape_IsNone(string code) => Totp.StepOf("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", code, DateTimeOffset.FromUnixTimeSeconds(59)).ShouldBeNull();
}
