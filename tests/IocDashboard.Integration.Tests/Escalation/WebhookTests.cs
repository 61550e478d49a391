using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Webhooks;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Notices arrive signed at a real server, once each under one id, later when it is away, never when it says so for good.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly AuditActor Admin = new(AuditActor.Person, "quan.tri", "IOC", null, null);

    private EscalationHost _at = null!;

    public async ValueTask InitializeAsync() => _at = await EscalationHost.StartAsync(new(StringComparer.Ordinal) { ["Ioc:Webhooks:Patience"] = "00:00:02" });

    public ValueTask DisposeAsync() => _at.DisposeAsync();

    [Fact]
    public async Task Notices_ArriveSigned_OfTheOwnAgencyAlone_AndTheProvincesOfAll()
    {
        await using var own = await Receiver.StartAsync();
        await using var all = await Receiver.StartAsync();
        var secret = await RegisterAsync("SYT", own.Url);
        await RegisterAsync("", all.Url);
        _at.GoTo(26, 8, 1);
        await _at.TakeAsync();

        // Two nodes at once.
        await Task.WhenAll(PostAsync(), PostAsync());

        var posted = own.All;
        posted.ShouldNotBeEmpty();
        posted.Select(p => p.Id).ShouldBeUnique();
        posted.ShouldAllBe(p => IsSigned(p, secret));
        posted.ShouldAllBe(p => p.Type == "application/json; charset=utf-8");
        foreach (var body in posted.Select(p => JsonDocument.Parse(p.Body).RootElement))
        {
            body.GetProperty("reader").GetString().ShouldBe("SYT");
            body.GetProperty("vi").GetProperty("subject").GetString().ShouldNotBeNullOrEmpty();
        }

        var report = posted.Select(p => JsonDocument.Parse(p.Body).RootElement).SelectMany(b => b.GetProperty("reports").EnumerateArray()).Single(r => r.GetProperty("form").GetString() == "SYT-D" && r.GetProperty("period").GetString() == "2026-11-25");
        report.GetProperty("dueAt").GetDateTimeOffset().ShouldBe(_at.At(26, 8));
        (await _at.ColumnAsync<long>("select count(*) from notice where channel = 0")).Single().ShouldBe(all.All.Count);
        (await _at.ColumnAsync<bool>("select sent_at is not null from notice where channel = 2")).ShouldAllBe(sent => sent);
        (await _at.ColumnAsync<string>("select secret from webhook")).ShouldAllBe(kept => !kept.Contains(secret, StringComparison.Ordinal) && !kept.StartsWith("whsec", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(500), InlineData(503), InlineData(429), InlineData(408), InlineData(302), InlineData(0)]
    public async Task WhatPasses_IsTriedAgain_UnderTheSameId_AndSignedAnew(int answer)
    {
        await using var receiver = await Receiver.StartAsync();
        var secret = await RegisterAsync("SYT", receiver.Url);
        await OneNoticeAsync();
        receiver.Answer(answer);

        (await PostAsync()).ShouldBe(0);
        (await PostAsync()).ShouldBe(0, "it waits a minute");
        var waiting = (await _at.Of<FindDeliveries>().Handle(default)).Unsent.ShouldHaveSingleItem();
        waiting.FailedAt.ShouldBeNull();
        waiting.Error.ShouldNotBeNullOrEmpty();
        waiting.To.ShouldBe(new Uri(receiver.Url).Authority);
        _at.Clock.Advance(TimeSpan.FromSeconds(61));
        (await PostAsync()).ShouldBe(1);

        receiver.All.Count.ShouldBe(2);
        receiver.All.ShouldAllBe(p => p.Path == "/ioc" && IsSigned(p, secret));
        receiver.All[0].Id.ShouldBe(receiver.All[1].Id);
        receiver.All[0].Timestamp.ShouldNotBe(receiver.All[1].Timestamp);
        receiver.All[0].Body.ShouldBe(receiver.All[1].Body);
    }

    [Theory]
    [InlineData(410), InlineData(404), InlineData(401)]
    public async Task WhatIsForGood_IsNotTriedAgain(int answer)
    {
        await using var receiver = await Receiver.StartAsync();
        await RegisterAsync("SYT", receiver.Url);
        await OneNoticeAsync();
        receiver.Answer(answer);

        (await PostAsync()).ShouldBe(0);
        _at.Clock.Advance(TimeSpan.FromDays(1));
        (await PostAsync()).ShouldBe(0);

        receiver.All.ShouldHaveSingleItem();
        (await _at.Of<FindDeliveries>().Handle(default)).Unsent.ShouldHaveSingleItem().Error.ShouldNotBeNull().ShouldStartWith(answer.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task ReceiverThatIsAway_DelaysAndLosesNothing_AndOneThatEnded_GetsNothing()
    {
        var port = TestPaths.FreePort();
        await RegisterAsync("SYT", $"http://127.0.0.1:{port}/ioc");
        await OneNoticeAsync();
        (await PostAsync()).ShouldBe(0);
        await using (var receiver = await Receiver.StartAsync(port))
        {
            _at.Clock.Advance(TimeSpan.FromSeconds(61));
            (await PostAsync()).ShouldBe(1);
            receiver.All.ShouldHaveSingleItem();
        }

        var id = (await Webhooks.ReadAllAsync(_at.Host.Database, default)).ShouldHaveSingleItem().Id;
        (await _at.Of<RegisterWebhook>().End(id, Admin, default)).ShouldBeTrue();
        (await _at.Of<RegisterWebhook>().End(id, Admin, default)).ShouldBeFalse();
        await _at.ExecuteAsync("update notice set sent_at = null, attempts = 0, send_at = $1 where channel = 2", _at.Clock.GetUtcNow());
        (await PostAsync()).ShouldBe(0);
        (await _at.ColumnAsync<bool>("select failed_at is not null from notice where channel = 2")).ShouldBe([true]);
        var listed = await _at.Of<FindDeliveries>().Handle(default);
        listed.Unsent.ShouldNotContain(u => u.Channel == Domain.Escalation.NoticeChannel.Webhook, "it was ended on purpose");
        listed.Counts.Failed.ShouldBe(0);
        (await _at.ColumnAsync<string>("select action from audit_entry where action like 'webhook%' order by seq")).ShouldBe(["webhook-registered", "webhook-ended"]);
    }

    [Fact]
    public async Task InternalAddress_IsJudgedWhenItIsConnectedTo()
    {
        await RegisterAsync("SYT", "https://10.255.255.1/ioc");
        await OneNoticeAsync();

        (await PostAsync()).ShouldBe(0);

        (await _at.Of<FindDeliveries>().Handle(default)).Unsent.ShouldHaveSingleItem().Error.ShouldBe(Webhooks.NotAllowedCode);
    }

    private static bool IsSigned(Received posted, string secret)
    {
        var signed = Encoding.UTF8.GetBytes($"{posted.Id}.{posted.Timestamp}.{Encoding.UTF8.GetString(posted.Body)}");
        return posted.Signature == "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }

    private Task<int> PostAsync() => _at.Of<PostNotices>().Handle(default);

    private async Task<string> RegisterAsync(string agency, string url)
    {
        var (outcome, secret) = await _at.Of<RegisterWebhook>().Handle(agency, url, Admin, default);
        outcome.ShouldBe(WebhookRegistration.Registered);
        return secret.ShouldNotBeNull();
    }

    /// <summary>One notice alone waits.</summary>
    private async Task OneNoticeAsync()
    {
        _at.GoTo(26, 7);
        await _at.TakeAsync();
        await _at.ExecuteAsync("delete from notice where channel = 2 and id <> (select min(id) from notice where channel = 2)");
        (await _at.ColumnAsync<long>("select count(*) from notice where channel = 2")).ShouldBe([1]);
    }
}
