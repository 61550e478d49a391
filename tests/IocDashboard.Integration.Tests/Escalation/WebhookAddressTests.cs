using System.Net;
using IocDashboard.Integration.Tests.Platform;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Which addresses a webhook may have, and which are connected to.</summary>
public sealed class WebhookAddressTests(RunningHost running) : IClassFixture<RunningHost>
{
    private static readonly AuditActor Admin = new(AuditActor.Person, "quan.tri", "IOC", null, null);

    [Theory]
    [InlineData("http://example.org/x", false)]
    [InlineData("https://example.org/x", true)]
    [InlineData("https://user:word@example.org/", false)]
    [InlineData("ftp://example.org/", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("https:///x", false)]
    [InlineData("ioc", false)]
    public async Task Address_IsHttpsWithAHost(string url, bool isTaken) =>
        (await running.Host.Services.GetRequiredService<RegisterWebhook>().Handle("SYT", url, Admin, default)).Outcome.ShouldBe(isTaken ? WebhookRegistration.Registered : WebhookRegistration.BadUrl);

    [Theory]
    [InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("0.0.0.0"), InlineData("224.0.0.1")]
    [InlineData("fd00::1"), InlineData("fe80::1"), InlineData("::ffff:10.1.2.3"), InlineData("64:ff9b::a01:203"), InlineData("2002:a01:203::1"), InlineData("::")]
    public void InternalAddress_IsNotConnectedTo_UnlessASettingAllowsIt(string address)
    {
        var production = new Microsoft.Extensions.Hosting.Internal.HostingEnvironment { EnvironmentName = "Production" };
        new WebhookGate(new(), production).Allows(IPAddress.Parse(address)).ShouldBeFalse();
        new WebhookGate(new(), production).Allows(IPAddress.Loopback).ShouldBeFalse();
        new WebhookGate(new(), production).Allows(IPAddress.Parse("203.162.4.190")).ShouldBeTrue();
        new WebhookGate(new() { InternalNetworks = "10.1.0.0/16" }, production).Allows(IPAddress.Parse("10.1.2.3")).ShouldBeTrue();
        new WebhookGate(new(), production).Read("http://127.0.0.1/").ShouldBeNull();
    }
}
