using System.Globalization;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Platform.Audit;
using Npgsql;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>What waits for one address goes out as one letter, each notice once; what cannot go is shown and can be tried again.</summary>
public sealed class DigestTests : IAsyncLifetime
{
    private readonly int _port = TestPaths.FreePort();
    private EscalationHost _at = null!;

    public async ValueTask InitializeAsync()
    {
        _at = await EscalationHost.StartAsync(new(StringComparer.Ordinal)
        {
            ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = _port.ToString(CultureInfo.InvariantCulture), ["Ioc:Mail:From"] = "ioc@ioc.example", ["Ioc:Mail:Security"] = "None",
        });
        await _at.NameAsync("SYT", "lan@syt.example");
        // Before and at the deadline, while the server is away: two notices at least.
        _at.GoTo(26, 7);
        await _at.TakeAsync();
        (await _at.SendAsync()).ShouldBe(0);
        _at.GoTo(26, 8, 1);
        await _at.Host.SweepAsync();
        await _at.TakeAsync();
        await _at.SendAsync();
        _at.GoTo(26, 9);
    }

    public ValueTask DisposeAsync() => _at.DisposeAsync();

    [Fact]
    public async Task WhatAFailingServerHeldBack_GoesOutAsOneLetter_EachNoticeOnce()
    {
        var waiting = (await _at.ColumnAsync<long>("select id from notice where address = 'lan@syt.example' order by id")).Count;
        waiting.ShouldBeGreaterThan(1);
        await using var server = await MailServer.StartAsync(_port);

        (await Task.WhenAll(_at.SendAsync(), _at.SendAsync())).Sum().ShouldBe(1);

        var letter = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Taken.ShouldHaveSingleItem().Text)));
        letter.Subject.ShouldNotBeNull().ShouldStartWith($"Trung tâm IOC: {waiting} thông báo về ");
        var text = letter.TextBody.ShouldNotBeNull();
        text.ShouldMatch($@"\[\d/{waiting}\] Nhắc việc");
        text.ShouldContain($"[{waiting}/{waiting}] Quá hạn");
        text.ShouldMatch($@"\[\d/{waiting}\] Reminder");
        (await _at.ColumnAsync<bool>("select sent_at is not null from notice where address = 'lan@syt.example'")).ShouldAllBe(sent => sent);
        (await _at.Of<FindDeliveries>().Handle(default)).Unsent.ShouldBeEmpty();
        (await _at.Of<FindNotices>().Handle("SYT", default)).Count.ShouldBe(waiting, "the inbox keeps each");
        _at.GoTo(26, 12);
        (await _at.SendAsync()).ShouldBe(0);
        server.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task NoticeThatTheServerRefuses_TakesNoOtherAlong_AndIsTriedAgainOnlyWhenSomebodySaysSo()
    {
        var ids = await _at.ColumnAsync<long>("select id from notice where address = 'lan@syt.example' order by id");
        const string texts = """{"Vi":{"Subject":"a","Body":"REFUSE-THIS"},"En":{"Subject":"a","Body":"REFUSE-THIS"}}""";
        await _at.ExecuteAsync("update notice set texts = $1::jsonb where id = $2", texts, ids[0]);
        await using var server = await MailServer.StartAsync(_port);

        (await _at.SendAsync()).ShouldBe(ids.Count - 1);

        var failed = (await _at.Of<FindDeliveries>().Handle(default)).Unsent.ShouldHaveSingleItem();
        failed.Id.ShouldBe(ids[0]);
        failed.Error.ShouldNotBeNull().ShouldStartWith("554 Content not accepted");
        failed.NextAt.ShouldBeNull();
        _at.GoTo(27, 12);
        (await _at.SendAsync()).ShouldBe(0);

        await _at.ExecuteAsync("update notice set texts = null where id = $1", ids[0]);
        var minh = new AuditActor(AuditActor.Person, "minh", "IOC", null, null);
        (await _at.Of<FindDeliveries>().TryAgain(ids[0], minh, default)).ShouldBeTrue();
        (await _at.SendAsync()).ShouldBe(1);
        (await _at.Of<FindDeliveries>().TryAgain(ids[0], minh, default)).ShouldBeFalse("it has arrived");
        (await _at.ColumnAsync<string>("select actor || ' ' || subject from audit_entry where action = 'notice-retried'")).ShouldBe([$"minh {ids[0]}"]);
    }

    [Fact]
    public async Task WhatWasGivenUp_IsDismissedOnce_WithAReason_AndIsSentNoMore()
    {
        var minh = new AuditActor(AuditActor.Person, "minh", "IOC", null, null);
        var ids = await _at.ColumnAsync<long>("select id from notice where address = 'lan@syt.example' order by id");
        await _at.ExecuteAsync("update notice set failed_at = made_at, error = '550 No such user here', attempts = 1 where id = $1", ids[0]);
        var find = _at.Of<FindDeliveries>();
        (await find.Dismiss(ids[1], "Đã gọi điện", minh, default)).ShouldBeFalse("it is not given up");
        await Should.ThrowAsync<ArgumentException>(() => find.Dismiss(ids[0], "  ", minh, default));

        (await Task.WhenAll(find.Dismiss(ids[0], " Đã gọi điện ", minh, default), find.Dismiss(ids[0], "Đã gọi điện", minh, default))).Count(d => d).ShouldBe(1);

        var (counts, unsent) = await find.Handle(default) is var d ? (d.Counts, d.Unsent) : default;
        (counts.Failed, unsent.Any(u => u.Id == ids[0])).ShouldBe((0, false));
        (await find.TryAgain(ids[0], minh, default)).ShouldBeFalse("nobody waits for it");
        (await _at.ColumnAsync<string>("select dismissed_by || ': ' || dismiss_reason from notice where dismissed_at is not null")).ShouldBe(["minh: Đã gọi điện"]);
        (await _at.ColumnAsync<string>("select actor || ' ' || subject from audit_entry where action = 'notice-dismissed'")).ShouldBe([$"minh {ids[0]}"]);
    }

    [Fact]
    public async Task TwoWhoMarkAtOnce_LockTheirNoticesInOneOrder()
    {
        var ids = await _at.ColumnAsync<long>("select id from notice where reader = 'SYT' and channel = 0 and read_at is null order by id");
        ids.Count.ShouldBeGreaterThan(1);
        // A row that was written anew lies behind the others: whoever goes by where they lie meets it last.
        await _at.ExecuteAsync("update notice set send_at = send_at where id = $1", ids[0]);
        await using var connection = await _at.Host.Database.OpenConnectionAsync();
        await using var other = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("select 1 from notice where id = $1 for update", connection) { Parameters = { new() { Value = ids[0] } } }) await hold.ExecuteNonQueryAsync();

        var marking = _at.Of<FindNotices>().Read("SYT", long.MaxValue, "lan", default);
        await Live.BoardRows.EventuallyAsync(
            () => _at.ColumnAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'").GetAwaiter().GetResult()[0], waiting => waiting > 0, seconds: 20);

        await using (var hold = new NpgsqlCommand("select 1 from notice where id = $1 for update nowait", connection) { Parameters = { new() { Value = ids[^1] } } })
            await hold.ExecuteNonQueryAsync();
        await other.RollbackAsync();
        await marking;
        (await _at.Of<FindNotices>().Unread("SYT", default)).ShouldBe(0);
    }

    [Fact]
    public async Task WhatWaits_IsShownWithItsErrorAndNextTry()
    {
        await _at.NameAsync("SNNPTNT", "later@snn.example");
        await using var server = await MailServer.StartAsync(_port);
        _at.GoTo(27, 8, 31);
        await _at.Host.SweepAsync();
        await _at.TakeAsync();
        await _at.SendAsync();
        await _at.SendAsync();

        var (counts, unsent) = await _at.Of<FindDeliveries>().Handle(default) is var d ? (d.Counts, d.Unsent) : default;
        unsent.ShouldAllBe(u => u.To == "later@snn.example");
        counts.Retrying.ShouldBe(unsent.Count);
        unsent.ShouldNotBeEmpty();
        unsent[0].ShouldSatisfyAllConditions(
            u => u.Error.ShouldNotBeNull().ShouldStartWith("450"), u => u.Attempts.ShouldBe(1), u => u.NextAt.ShouldBe(_at.At(27, 8, 32)), u => u.FailedAt.ShouldBeNull());
    }
}
