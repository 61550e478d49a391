using System.Text.Json;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Feeds;
using IocDashboard.Integration.Tests.DataRequests;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Features.Escalation.Posting;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Who is told that sources were lost, on two nodes. The source in most of them is lost 20 minutes after its last word.</summary>
public sealed class LossNoticesTests : IAsyncLifetime
{
    private const string Feed = "PCQN-RT", Agency = "PCQN";

    /// <summary>Monday, 10:05 in the province.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 5, 0, TimeSpan.Zero);
    private static readonly AuditActor Minh = new(AuditActor.Person, "minh", "IOC", null, null);

    private readonly FakeTimeProvider _clock = new(Start);
    private readonly int _port = TestPaths.FreePort();
    private IocHost _host = null!, _second = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = _port.ToString(System.Globalization.CultureInfo.InvariantCulture), ["Ioc:Mail:From"] = "ioc@ioc.example", ["Ioc:Mail:Security"] = "None",
        };
        _host = await JobCalls.StartAtRestAsync(_clock, settings: settings);
        _second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString, settings: settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task SourcesLostInOneDowntime_AreToldOfTogether_OnceToAgencyAndCentre_OnTwoNodes()
    {
        _clock.Advance(TimeSpan.FromHours(6));
        await EverywhereAsync();
        (await ToldAsync()).ShouldBeEmpty("who only waits to be heard may speak first");

        _clock.Advance(LossDecider.Settle);
        await EverywhereAsync();
        var told = await ToldAsync();
        var lost = _host.Get<Web.Features.Catalogue.CatalogueCache>().Current.FeedList;
        lost.Length.ShouldBeGreaterThan(15);
        told.Where(t => t.Reader == "IOC").SelectMany(t => t.Feeds).Order().ShouldBe(lost.Select(f => f.Code).Order(), "each once at the centre");
        told.Where(t => t.Reader == t.Agency).SelectMany(t => t.Feeds).Order().ShouldBe(lost.Select(f => f.Code).Order(), "and each once at its agency");
        told.Select(t => (t.Reader, t.Agency)).ShouldBeUnique();
        told.Single(t => t is { Reader: "DKTTV" }).Feeds.Order().ShouldBe(["DKTTV-H", "DKTTV-RT"]);
        told.Single(t => t is { Reader: "DKTTV" }).To.ShouldBe([Audience.Reporters, Audience.Head]);
        told.Single(t => t is { Reader: "IOC", Agency: "DKTTV" }).To.ShouldBe([Audience.Centre]);
        told.Single(t => t is { Reader: "IOC", Agency: "IOC" }).To.ShouldBe([Audience.Reporters, Audience.Head, Audience.Centre], "its own sources: one notice, not two");

        _clock.Advance(TimeSpan.FromHours(30));
        await EverywhereAsync();
        (await ToldAsync()).Count.ShouldBe(told.Count, "once for each loss");
        (await CountAsync("select count(*) from feed_loss where told_at is null")).ShouldBe(0);
    }

    [Fact]
    public async Task Loss_ThatIsOverBeforeAnybodyWasTold_IsToldToNobody_AndTheNextOneIs()
    {
        GoTo(21);
        await EverywhereAsync();
        GoTo(22);
        await MeasureAsync(Feed, "CN06", 22);
        GoTo(25);
        await EverywhereAsync();
        (await ToldAsync(Agency)).ShouldBeEmpty();
        (await CountAsync($"select count(*) from feed_loss where feed = '{Feed}' and outcome = {(int)StepOutcome.NotNeeded}")).ShouldBe(1);

        // Lost again at 42, which a delivery of old measurements finds.
        GoTo(43);
        await MeasureAsync(Feed, "CN06", 23);
        GoTo(46);
        await EverywhereAsync();
        var told = await ToldAsync(Agency);
        told.Select(t => t.Reader).Order().ShouldBe(["IOC", Agency]);
        told.ShouldAllBe(t => t.Items.Single().DueAt == Minute(42) && t.Items.Single().LastAt == Minute(23));
    }

    [Fact]
    public async Task Pause_IsSilent_AlsoAboutALossBeforeIt_UntilItEnds()
    {
        GoTo(1);
        (await _host.Get<PauseFeedHandler>().Pause("DSHA-RT", from: null, Minute(300), PauseKind.Maintenance, "Nâng cấp máy chủ", Minh, default)).ShouldBeEmpty();
        // Lost at 20, and found by whoever states the pause.
        GoTo(21);
        (await _host.Get<PauseFeedHandler>().Pause(Feed, from: null, Minute(300), PauseKind.Pause, "Mất điện", Minh, default)).ShouldBeEmpty();
        foreach (var minute in new[] { 25, 200, 299 })
        {
            GoTo(minute);
            await EverywhereAsync();
            (await ToldAsync(Agency)).ShouldBeEmpty($"at minute {minute}");
            (await ToldAsync("DSHA")).ShouldBeEmpty($"at minute {minute}");
        }

        GoTo(301);
        await EverywhereAsync();
        (await ToldAsync(Agency)).ShouldBeEmpty("it may speak first");
        GoTo(303);
        await EverywhereAsync();
        (await ToldAsync(Agency)).Select(t => t.Reader).Order().ShouldBe(["IOC", Agency]);
        (await ToldAsync("DSHA")).ShouldBeEmpty("its rule counts from the window's end");
        foreach (var minute in new[] { 400, 402 })
        {
            GoTo(minute);
            await EverywhereAsync();
        }

        (await ToldAsync(Agency)).Count.ShouldBe(2);
        (await ToldAsync("DSHA")).Select(t => t.Reader).Order().ShouldBe(["DSHA", "IOC"]);
    }

    [Fact]
    public async Task Letters_AndWebhooks_TellOfSources_InBothLanguages_LettersWhenTheOfficeIsOpen()
    {
        await ExecuteAsync("""
            insert into focal_point (id, agency, kind, name, position, phone, email, valid_from, recorded_by, recorded_at)
            values (gen_random_uuid(), 'PCQN', 0, 'Lan', 'Chuyên viên', '0235 3852 000', 'lan@pcqn.example', '2026-01-01', 'test', now())
            """);
        await using var receiver = await Receiver.StartAsync();
        (await _host.Get<RegisterWebhook>().Handle(Agency, receiver.Url, Minh, default)).Outcome.ShouldBe(WebhookRegistration.Registered);
        await using var server = await MailServer.StartAsync(_port);
        // Speaks until half past eight in the evening.
        _clock.SetUtcNow(Start.AddHours(10.5));
        await MeasureAsync(Feed, "CN06", 630);
        _clock.Advance(TimeSpan.FromMinutes(21));
        await EverywhereAsync();
        _clock.Advance(LossDecider.Settle);
        await EverywhereAsync();

        await _host.Get<PostNotices>().Handle(default);
        var posted = JsonDocument.Parse(receiver.All.ShouldHaveSingleItem().Body).RootElement;
        posted.GetProperty("type").GetString().ShouldBe("notice.signalLost");
        posted.GetProperty("reports").GetArrayLength().ShouldBe(0);
        var source = posted.GetProperty("sources").EnumerateArray().ShouldHaveSingleItem();
        (source.GetProperty("feed").GetString(), source.GetProperty("lostAt").GetDateTimeOffset(), source.GetProperty("lastAt").GetDateTimeOffset())
            .ShouldBe((Feed, Minute(650), Minute(630)));

        (await _host.Get<SendLetters>().Handle(default)).ShouldBe(0, "night");
        _clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
        (await _host.Get<SendLetters>().Handle(default)).ShouldBe(1, "the 24th is a day off");
        var letter = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Taken.ShouldHaveSingleItem().Text)));
        letter.Subject.ShouldBe("Mất tín hiệu: 1 nguồn dữ liệu");
        var body = letter.TextBody.ShouldNotBeNull();
        body.ShouldContain("– Nguồn PCQN-RT, mất tín hiệu từ 23/11/2026 20:55, số đo gần nhất 23/11/2026 20:35");
        body.ShouldContain("– Source PCQN-RT, lost since 23/11/2026 20:55, newest measurement 23/11/2026 20:35");
        body.ShouldContain("tự động khi nguồn dữ liệu mất tín hiệu");
    }

    [Fact]
    public async Task Inboxes_OfPortalAndCentre_ShowTheSource_InBothLanguages_AndMarkItSeen()
    {
        GoTo(21);
        await EverywhereAsync();
        GoTo(23);
        await EverywhereAsync();
        using var official = await Visitor.OfAsync(_host, Web.Platform.Access.Roles.AgencyReporter, Agency);
        using var operating = await Visitor.OfAsync(_host, Web.Platform.Access.Roles.Operator, "QTI");

        foreach (var (visitor, path, never, since) in new[]
        {
            (official, "/portal/notices?lang=vi", "chưa từng gửi số đo", "mất tín hiệu từ 23/11/2026 10:25"), (official, "/portal/notices?lang=en", "has never sent a measurement", "lost since 23/11/2026 10:25"),
            (operating, "/console/notices?lang=vi", "chưa từng gửi số đo", "mất tín hiệu từ"), (operating, "/console/notices?lang=en", "has never sent a measurement", "lost since"),
        })
        {
            var page = System.Net.WebUtility.HtmlDecode(await visitor.Client.GetStringAsync(path));
            foreach (var text in new[] { Feed, never, since }) page.ShouldContain(text, customMessage: path);
        }

        var notice = (await _host.Get<FindNotices>().Handle(Agency, default)).ShouldHaveSingleItem();
        await _host.Get<FindNotices>().ReadOne(Agency, notice.Id, "lan", default);
        (await _host.Get<FindNotices>().Handle(Agency, default)).ShouldHaveSingleItem().ReadBy.ShouldBe("lan");
        (await _host.Get<FindNotices>().Unread(Agency, default)).ShouldBe(0);
    }

    /// <summary>Sweeps and tells on both nodes, several at a time.</summary>
    private async Task EverywhereAsync()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            var host = i % 2 == 0 ? _host : _second;
            await host.SweepFeedsAsync();
            await host.Get<TellLosses>().Handle(default);
        }));
        // Who came while another was at it left what it had swept to the next.
        await _host.Get<TellLosses>().Handle(default);
    }

    private sealed record Told(string Reader, string Agency, Audience[] To, NoticeItem[] Items)
    {
        public IEnumerable<string> Feeds => Items.Select(i => i.Feed!);
    }

    private async Task<IReadOnlyList<Told>> ToldAsync(string? agency = null)
    {
        await using var command = _host.Database.CreateCommand("select reader, agency, audiences, items::text from notice where channel = 0 and kind = 3 and ($1::text is null or agency = $1) order by id");
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = agency });
        await using var rows = await command.ExecuteReaderAsync();
        var told = new List<Told>();
        while (await rows.ReadAsync())
            told.Add(new(rows.GetString(0), rows.GetString(1), [.. rows.GetFieldValue<short[]>(2).Select(a => (Audience)a)], JsonSerializer.Deserialize<NoticeItem[]>(rows.GetString(3), Domain.EventJson.Options)!));
        return told;
    }

    private void GoTo(int minute) => _clock.SetUtcNow(Minute(minute));

    private static DateTimeOffset Minute(int minute) => Start.AddMinutes(minute);

    private async Task MeasureAsync(string feed, string indicator, int minute) => (await _host.Get<ReceiveMeasurementsHandler>().Handle(
        new(feed, feed.Split('-')[0], "test", [new SubmittedMeasurement(0, indicator, "QNM", Minute(minute), 300m)], [], _clock.GetUtcNow()), default)).ShouldBeOfType<MeasurementsOutcome.Received>();

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
