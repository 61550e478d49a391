using System.Globalization;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.People;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>A letter to oneself says what the server answered, goes to one's own address alone, and few times in an hour.</summary>
public sealed class TestLetterTests
{
    [Fact]
    public async Task Letter_SaysWhatTheServerAnswered_AndIsLimited()
    {
        var port = TestPaths.FreePort();
        await using var at = await StartAsync(port);
        var me = await PersonAsync(at, "thu");
        var letters = at.Of<SendTestLetter>();
        (await letters.Handle(me, default)).Result.ShouldBe(TestLetterResult.NoAddress);
        (await letters.KeepAddress("không phải địa chỉ", me, default)).ShouldBeFalse();
        (await letters.KeepAddress("a@x.example, b@x.example", me, default)).ShouldBeFalse("one address");
        (await letters.KeepAddress("thu@ioc.example", me, default)).ShouldBeTrue();
        (await letters.AddressOf("thu", default)).ShouldBe("thu@ioc.example");

        var away = await letters.Handle(me, default);
        away.Result.ShouldBe(TestLetterResult.Away);
        (away.Answer, away.Why).ShouldBe((null, MailFailure.Unreachable), "words of ours, and none of a library's");
        await using var server = await MailServer.StartAsync(port);
        var taken = await letters.Handle(me, default);
        taken.Result.ShouldBe(TestLetterResult.Taken, taken.Answer);
        taken.Answer.ShouldNotBeNullOrWhiteSpace();
        server.Taken.ShouldHaveSingleItem().To.ShouldBe(["thu@ioc.example"]);

        (await letters.KeepAddress("nobody@ioc.example", me, default)).ShouldBeTrue();
        var refused = await letters.Handle(me, default);
        refused.Result.ShouldBe(TestLetterResult.Refused);
        refused.Answer.ShouldNotBeNull().ShouldStartWith("550 No such user here");

        // Five in an hour, of which three are spent; all at once or not.
        var more = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => letters.Handle(me, default)));
        more.Count(o => o.Result == TestLetterResult.TooMany).ShouldBe(2);
        (await letters.Handle(await PersonAsync(at, "khac"), default)).Result.ShouldBe(TestLetterResult.NoAddress, "another person's count is their own");
        at.Clock.Advance(TimeSpan.FromMinutes(61));
        (await letters.Handle(me, default)).Result.ShouldBe(TestLetterResult.Refused);
        (await at.ColumnAsync<long>("select count(*) from audit_entry where action = 'test-letter-sent' and actor = 'thu'")).ShouldBe([6]);
    }

    [Fact]
    public async Task WithoutAMailServer_ItSaysSo()
    {
        await using var at = await EscalationHost.StartAsync();
        (await at.Of<SendTestLetter>().Handle(await PersonAsync(at, "thu"), default)).Result.ShouldBe(TestLetterResult.NotConfigured);
    }

    private static async Task<AuditActor> PersonAsync(EscalationHost at, string name)
    {
        using var scope = at.Host.Services.CreateScope();
        (await scope.ServiceProvider.GetRequiredService<Accounts>().SetAsync(name, Visitor.Password, Roles.Operator, "IOC")).ShouldBeEmpty();
        return new(AuditActor.Person, name, "IOC", null, null);
    }

    private static Task<EscalationHost> StartAsync(int port) => EscalationHost.StartAsync(new(StringComparer.Ordinal)
    {
        ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = port.ToString(CultureInfo.InvariantCulture), ["Ioc:Mail:From"] = "ioc@ioc.example", ["Ioc:Mail:Security"] = "None",
    });
}
