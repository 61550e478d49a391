using System.Globalization;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>A letter that a server took and that came back later: shown as given up, with what the refusing server said.</summary>
public sealed class BounceTests : IAsyncLifetime
{
    private readonly int _smtp = TestPaths.FreePort(), _imap = TestPaths.FreePort();
    private EscalationHost _at = null!;
    private string _letter = "";

    public async ValueTask InitializeAsync()
    {
        _at = await EscalationHost.StartAsync(new(StringComparer.Ordinal)
        {
            ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = Text(_smtp), ["Ioc:Mail:From"] = "ioc@ioc.example", ["Ioc:Mail:Security"] = "None",
            ["Ioc:Mail:Bounces:Host"] = "127.0.0.1", ["Ioc:Mail:Bounces:Port"] = Text(_imap), ["Ioc:Mail:Bounces:User"] = Mailbox.User, ["Ioc:Mail:Bounces:Password"] = Mailbox.Password,
            ["Ioc:Mail:Bounces:Security"] = "None",
        });
        await _at.NameAsync("SYT", "lan@syt.example");
        await using var server = await MailServer.StartAsync(_smtp);
        // Before and at the deadline: two notices at least, in one letter.
        _at.GoTo(26, 6);
        await _at.TakeAsync();
        _at.GoTo(26, 8, 1);
        await _at.Host.SweepAsync();
        await _at.TakeAsync();
        _at.GoTo(26, 9);
        await _at.SendAsync();
        _letter = server.Taken.ShouldHaveSingleItem().Id;
    }

    public ValueTask DisposeAsync() => _at.DisposeAsync();

    [Fact]
    public async Task Letter_ThatComesBack_IsShownAsGivenUp_WithTheServersWords_Once()
    {
        await using var box = await Mailbox.StartAsync(_imap);
        await box.PutAsync(ReportOn(_letter));
        await box.PutAsync("From: lan@syt.example\nTo: ioc@ioc.example\nSubject: Re\n\nCảm ơn Trung tâm.");
        _at.GoTo(26, 10);

        (await ReadAsync()).ShouldBe(1);
        (await ReadAsync()).ShouldBe(0);

        var given = (await _at.Of<FindDeliveries>().Handle(default)).Unsent.Where(u => u.To == "lan@syt.example").ToList();
        given.Count.ShouldBeGreaterThan(1, "all the notices of the letter");
        given.ShouldAllBe(u => u.FailedAt == _at.At(26, 10, 0) && u.Error == "550 5.1.1 <lan@syt.example>: user unknown");
        (await box.UnseenAsync()).ShouldBe(["Re"], "a person's letter is left to people");
        (await _at.SendAsync()).ShouldBe(0, "it is not sent again by itself");
        (await _at.Of<FindDeliveries>().Handle(default)).Bounces.ShouldBe(new(_at.At(26, 10), IsRead: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nContent-Transfer-Encoding: quoted-printable")]
    public async Task Report_OfHeadersOnly_IsUnderstood_OneOfADelay_OrOfAnotherLetter_IsNot(string encoding)
    {
        await using var box = await Mailbox.StartAsync(_imap);
        await box.PutAsync(ReportOn(_letter, action: "delayed"));
        await box.PutAsync(ReportOn("somebody-elses@example"));
        (await ReadAsync()).ShouldBe(0);
        (await SentAsync()).ShouldAllBe(sent => sent);
        (await box.UnseenAsync()).Count.ShouldBe(2, "whose letter it was has still to see it");

        await box.PutAsync(ReportOn(_letter, returned: $"text/rfc822-headers{encoding}"));
        (await ReadAsync()).ShouldBe(1);
        (await SentAsync()).ShouldAllBe(sent => !sent);
    }

    [Fact]
    public async Task Mailbox_ThatIsAway_OrIsClosed_LosesNothing_AndSaysSo()
    {
        (await ReadAsync()).ShouldBe(0);
        (await _at.ColumnAsync<string>("select error from bounce_check")).ShouldHaveSingleItem().ShouldNotBeNullOrWhiteSpace();

        await using var box = await Mailbox.StartAsync(_imap);
        await box.PutAsync(ReportOn(_letter));
        (await ReadAsync()).ShouldBe(1);
        (await _at.ColumnAsync<bool>("select error is null from bounce_check")).ShouldBe([true]);
    }

    private Task<int> ReadAsync() => _at.Of<ReadBounces>().Handle(default);

    private Task<IReadOnlyList<bool>> SentAsync() => _at.ColumnAsync<bool>("select sent_at is not null from notice where address = 'lan@syt.example'");

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    /// <summary>As mail servers write it (RFC 3464).</summary>
    private static string ReportOn(string letter, string action = "failed", string returned = "message/rfc822") => $"""
        From: MAILER-DAEMON@mx.syt.example
        To: ioc@ioc.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.syt.example
        Arrival-Date: Thu, 26 Nov 2026 09:00:02 +0700

        Final-Recipient: rfc822; lan@syt.example
        Action: {action}
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 <lan@syt.example>: user unknown

        --b1
        Content-Type: {returned}

        From: ioc@ioc.example
        To: lan@syt.example
        Message-Id: <{letter}>
        Subject: =?utf-8?q?Nh=E1=BA=AFc?=

        --b1--

        """;
}
