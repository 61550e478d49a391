using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Integration.Tests.Jobs;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Features.Urgings;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Urgings;

/// <summary>What is done about reports that do not come, with a clock of the test's own and a real mail server.</summary>
public sealed class UrgingTests : IAsyncLifetime
{
    private const string Daily = "SYT-D/SYT/2026-11-24", NextDaily = "SYT-D/SYT/2026-11-25";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 25, 1, 30, 0, TimeSpan.Zero));
    private readonly int _port = TestPaths.FreePort();
    private readonly AuditActor _hanh = new(AuditActor.Person, "hanh", "IOC", null, null), _lan = new(AuditActor.Person, "lan", "SYT", null, null);
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock, settings: new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = _port.ToString(CultureInfo.InvariantCulture), ["Ioc:Mail:From"] = "ioc@ioc.example", ["Ioc:Mail:Security"] = "None",
        });
        await _host.OpenAsync();
        await _host.SweepAsync();
        await _host.Services.GetRequiredService<PlanSteps>().Handle(default);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Letter_IsNumbered_OnEachReportsHistory_InThePortal_AndAtTheMailServerOnce()
    {
        await using var server = await MailServer.StartAsync(_port);
        var letter = Letter() with { Reports = [Daily, NextDaily] };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UrgeAsync(letter)));

        outcomes.ShouldAllBe(o => o.Number == "1/IOC-ĐĐ", "the same letter sent again is the same letter");
        foreach (var report in letter.Reports)
            (await _host.EventsAsync(report)).OfType<ReportUrged>().ShouldHaveSingleItem().Time.ShouldBe(1);
        (await UrgeAsync(Letter() with { Reports = [Daily] })).Number.ShouldBe("2/IOC-ĐĐ");
        (await _host.EventsAsync(Daily)).OfType<ReportUrged>().Select(e => e.Time).ShouldBe([1, 2]);
        (await NoticesAsync("SYT")).Count(n => n.Kind == NoticeKind.Urging).ShouldBe(2);

        (await _host.Services.GetRequiredService<SendLetters>().Handle(default)).ShouldBe(2);
        server.Taken.Count.ShouldBe(2);
        var mail = MimeKit.MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(server.Taken[0].Text)));
        mail.Subject.ShouldBe(letter.Subject);
        mail.TextBody.ShouldNotBeNull().Trim().ShouldBe(letter.Text);
        mail.Headers["Auto-Submitted"].ShouldBeNull("a person wrote it");
    }

    [Fact]
    public async Task Letter_ThatIsRefused_LeavesNothing()
    {
        (await UrgeAsync(Letter() with { Reports = [Daily, "SYT-D/SYT/2031-01-01"] })).Errors.Single().Code.ShouldBe(UrgingCodes.NotOwed);
        (await UrgeAsync(Letter() with { Reports = [Daily, "STC-D/STC/2026-11-24"] })).Errors.Single().Code.ShouldBe(UrgingCodes.NotOwed);
        (await UrgeAsync(Letter() with { Recipients = [] })).Errors.Single().Code.ShouldBe(UrgingCodes.MissingRecipients);
        (await UrgeAsync(Letter() with { Level = UrgingLevel.Office })).Errors.Single().Code.ShouldBe(UrgingCodes.NotOffice);

        (await _host.EventsAsync(Daily)).OfType<ReportUrged>().ShouldBeEmpty();
        (await CountAsync("select count(*) from urging")).ShouldBe(0);
        (await CountAsync("select count(*) from notice where kind = 2")).ShouldBe(0);
        (await UrgeAsync(Letter())).Number.ShouldBe("1/IOC-ĐĐ", "no number is left out");
    }

    [Fact]
    public async Task Agency_ReadsAndAnswersOnce_AndTheBoardShowsIt_NowAndAsOfThen()
    {
        var letter = Letter();
        await UrgeAsync(letter);
        var sent = _clock.GetUtcNow();
        await PassAsync(TimeSpan.FromHours(1));
        await _host.Services.GetRequiredService<FindUrgings>().Read("SYT", "lan", default);
        await PassAsync(TimeSpan.FromHours(1));

        (await AnswerAsync(letter.Id, "STC")).Single().Code.ShouldBe(UrgingCodes.NothingToAnswer, "another agency's letter is not there");
        (await AnswerAsync(letter.Id, "SYT")).ShouldBeEmpty();
        (await AnswerAsync(letter.Id, "SYT")).Single().Code.ShouldBe(UrgingCodes.NothingToAnswer);

        (await _host.EventsAsync(Daily)).OfType<UrgingAnswered>().ShouldHaveSingleItem().PromisedFor.ShouldBe(new DateOnly(2026, 11, 26));
        var urged = (await LiveAsync(Daily)).ShouldNotBeNull().Pursuit.LastUrging.ShouldNotBeNull();
        (urged.Time, urged.To, urged.ReadAt, urged.RepliedAt, urged.PromisedFor).ShouldBe((1, "Lê Văn Quang", sent.AddHours(1), sent.AddHours(2), new DateOnly(2026, 11, 26)));
        (await AsOfAsync(Daily, sent.AddMinutes(-1))).ShouldNotBeNull().Pursuit.Urgings.ShouldBeEmpty();
        (await AsOfAsync(Daily, sent.AddMinutes(1))).ShouldNotBeNull().Pursuit.LastUrging.ShouldBe(urged with { ReadAt = null, RepliedAt = null, PromisedFor = null });
        (await AsOfAsync(Daily, sent.AddMinutes(90))).ShouldNotBeNull().Pursuit.LastUrging.ShouldBe(urged with { RepliedAt = null, PromisedFor = null });
    }

    [Fact]
    public async Task Excuse_TakesAReportFromBoardLadderAndMeasure_FromThenOn_AndItsEndBringsItBack()
    {
        (await LiveAsync(Daily)).ShouldNotBeNull();
        (await MissingAsync(_clock.GetUtcNow())).ShouldContain(Daily);
        var overdue = _clock.GetUtcNow();
        await PassAsync(TimeSpan.FromHours(1));
        (await Pursue.Excuse(Daily, "15/UBND-KSTT", "Bão số 13", _hanh, default)).ShouldBeEmpty();
        (await Pursue.Excuse(NextDaily, "15/UBND-KSTT", "Bão số 13", _hanh, default)).ShouldBeEmpty();
        var excused = _clock.GetUtcNow();

        await PassAsync(TimeSpan.FromDays(3));
        (await _host.SweepAsync()).ShouldBe(await CountAsync("select count(*) from report where overdue_since > $1", excused), "what is excused does not stand in the sweep's way");
        await _host.Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default);
        (await LiveAsync(Daily)).ShouldBeNull();
        (await AsOfAsync(Daily, overdue)).ShouldNotBeNull();
        (await AsOfAsync(Daily, excused.AddMinutes(1))).ShouldBeNull();
        (await MissingAsync(_clock.GetUtcNow())).ShouldNotContain(Daily);
        (await MissingAsync(_clock.GetUtcNow())).ShouldNotContain(NextDaily);
        (await MissingAsync(overdue)).ShouldContain(Daily, "what was missing then was missing then");
        (await _host.EventsAsync(NextDaily)).ShouldNotContain(e => e is ReportFellOverdue || e is ReportEscalated);

        await Pursue.EndExcuse(NextDaily, "Đã có điện", _hanh, default);
        await _host.SweepAsync();
        var due = (await _host.RowAsync(NextDaily)).DueAt;
        (await _host.EventsAsync(NextDaily)).OfType<ReportFellOverdue>().ShouldHaveSingleItem().At.ShouldBe(due);
        (await MissingAsync(_clock.GetUtcNow())).ShouldContain(NextDaily);
        (await MissingAsync(excused.AddDays(2))).ShouldNotContain(NextDaily);
    }

    [Fact]
    public async Task TakeOver_RestsTheLadder_UntilItIsHandedBack()
    {
        await Pursue.TakeOver(NextDaily, "Gọi trực tiếp", _hanh, default);
        await PassAsync(TimeSpan.FromHours(28));
        await TakeStepsAsync();
        (await _host.EventsAsync(NextDaily)).ShouldNotContain(e => e is ReportReminded || e is ReportEscalated);
        (await LiveAsync(NextDaily)).ShouldNotBeNull().Pursuit.FollowedBy.ShouldBe("hanh");

        (await Pursue.HandBack(NextDaily, _hanh, default)).ShouldBeEmpty();
        await PassAsync(TimeSpan.FromDays(2));
        await TakeStepsAsync();
        (await _host.EventsAsync(NextDaily)).OfType<ReportEscalated>().Select(e => e.Step).ShouldBe(["centre"]);
        (await LiveAsync(NextDaily)).ShouldNotBeNull().Pursuit.FollowedBy.ShouldBeNull();
    }

    [Fact]
    public async Task Notice_ThatIsOpened_MarksTheStepAsSeen()
    {
        await PassAsync(TimeSpan.FromHours(24));
        await TakeStepsAsync();
        (await LiveAsync(NextDaily)).ShouldNotBeNull().Pursuit.LastTold.ShouldNotBeNull().SeenAt.ShouldBeNull();

        await PassAsync(TimeSpan.FromMinutes(5));
        await _host.Services.GetRequiredService<FindNotices>().Read("SYT", long.MaxValue, "lan", default);

        (await LiveAsync(NextDaily)).ShouldNotBeNull().Pursuit.LastTold.ShouldNotBeNull().SeenAt.ShouldBe(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Report_ThatWasSentBack_IsToldOfWhenTheDayToMendItPasses_UnlessItIsMended()
    {
        foreach (var report in new[] { Daily, NextDaily }) await ReturnAsync(report, _clock.GetUtcNow().AddHours(30));
        await SubmitAsync(NextDaily);

        await PassAsync(TimeSpan.FromHours(31));
        await TakeStepsAsync();

        (await _host.EventsAsync(Daily)).OfType<ReportEscalated>().Where(e => e.Step == "mend").ShouldHaveSingleItem();
        (await _host.EventsAsync(NextDaily)).ShouldNotContain(e => e is ReportEscalated && ((ReportEscalated)e).Step == "mend");
        var told = (await NoticesAsync("SYT")).Where(n => n.Items.Any(i => i.Step == "mend")).ShouldHaveSingleItem();
        told.Items.ShouldHaveSingleItem().Report.ShouldBe(Daily);
        (await LiveAsync(Daily)).ShouldNotBeNull().IsMendOverdueAt(_clock.GetUtcNow()).ShouldBeTrue();

        // Mended, and sent back once more: what was told of the first return stays on the record, seen or not.
        await _host.Services.GetRequiredService<FindNotices>().Read("SYT", long.MaxValue, "lan", default);
        await ReturnAsync(Daily, _clock.GetUtcNow().AddHours(2));
        (await MendsAsync(Daily)).ShouldBe(["0 True", " False"]);
        await PassAsync(TimeSpan.FromHours(3));
        await TakeStepsAsync();
        (await MendsAsync(Daily)).ShouldBe(["0 True", "0 False"]);
        (await _host.EventsAsync(Daily)).OfType<ReportEscalated>().Count(e => e.Step == "mend").ShouldBe(2);
        (await LiveAsync(Daily)).ShouldNotBeNull().Pursuit.Steps.Count(s => s.Step == "mend").ShouldBe(2);

        await ReturnAsync(NextDaily, mendBy: null);
        (await CountAsync("select count(*) from report_step where step = 'mend' and done_at is null")).ShouldBe(0, "nobody named a day");
    }

    /// <summary>Each step of a return, the first first: what became of it, and whether somebody has seen that.</summary>
    private async Task<IReadOnlyList<string>> MendsAsync(string report)
    {
        await using var command = _host.Database.CreateCommand("select coalesce(outcome::text, ''), seen_at is not null from report_step where report = $1 and step = 'mend' order by at");
        command.Parameters.Add(new() { Value = report });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add($"{rows.GetString(0)} {rows.GetBoolean(1)}");
        return found;
    }

    private async Task ReturnAsync(string report, DateTimeOffset? mendBy)
    {
        if ((await _host.RowAsync(report)).State != ReportState.Submitted) await SubmitAsync(report);
        var row = await _host.RowAsync(report);
        var indicator = _host.Services.GetRequiredService<Web.Features.Catalogue.CatalogueCache>().Current.Forms["SYT-D"].Indicators[0];
        (await _host.Services.GetRequiredService<ReturnReportHandler>().Handle(
            report, new(row.SubmittedRevision, [new(indicator.Code, indicator.Areas[0], "Lệch")], "duc", _clock.GetUtcNow()) { MendBy = mendBy }, default)).Errors.ShouldBeEmpty();
    }

    private async Task SubmitAsync(string report) => (await _host.Services.GetRequiredService<SubmitReportHandler>().Handle(
        new(new(Guid.CreateVersion7().ToString(), "SYT-D", "SYT", report.Split('/')[2], true, [.. _host.ValuesOf("SYT-D")]), [], "SYT", "lan", "api", _clock.GetUtcNow(), DryRun: false), default))
        .ShouldBeOfType<SubmissionOutcome.Accepted>();

    private PursueReportHandler Pursue => _host.Services.GetRequiredService<PursueReportHandler>();

    private WrittenLetter Letter() => new(
        Guid.CreateVersion7(), "SYT", [Daily], UrgingLevel.Head, [new("Lê Văn Quang", "Giám đốc", "quang@syt.example"), new("Hà", "Đầu mối", null)],
        "V/v đôn đốc báo cáo", "Kính gửi: Sở Y tế", _clock.GetUtcNow().AddDays(1), ByEmail: true);

    private Task<UrgingOutcome> UrgeAsync(WrittenLetter letter) => _host.Services.GetRequiredService<UrgeReportsHandler>().Handle(letter, "IOC", isOffice: false, _hanh, default);

    private async Task<System.Collections.Immutable.ImmutableArray<JudgementError>> AnswerAsync(Guid letter, string agency) =>
        await _host.Services.GetRequiredService<AnswerUrgingHandler>().Handle(letter, agency, "Đang trình lãnh đạo ký", new DateOnly(2026, 11, 26), _lan, default);

    private Task PassAsync(TimeSpan time)
    {
        _clock.Advance(time);
        return Task.CompletedTask;
    }

    private Task<int> TakeStepsAsync() => _host.Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default);

    private Task<IReadOnlyList<Notice>> NoticesAsync(string reader) => _host.Services.GetRequiredService<FindNotices>().Handle(reader, default);

    private async Task<OpenReport?> LiveAsync(string report) =>
        (await _host.Services.GetRequiredService<BoardLoader>().LoadAsync(_host.Services.GetRequiredService<Web.Features.Catalogue.CatalogueCache>().Current, default)).Reports.GetValueOrDefault(report);

    private async Task<OpenReport?> AsOfAsync(string report, DateTimeOffset at) => (await _host.Services.GetRequiredService<AsOfBoards>().ReadAsync(at, default)).Reports.GetValueOrDefault(report);

    private async Task<IReadOnlyList<string>> MissingAsync(DateTimeOffset asOf) =>
        [.. (await _host.Services.GetRequiredService<MeasureTimeliness>().List(
            asOf.AddDays(-20), asOf.AddDays(1), TimelinessGroup.Agency, "SYT", TimelinessPart.Missing, IocDashboard.Domain.Catalogue.Sight.OfNobody, 1_000, default, asOf)).Obligations.Select(o => o.Id)];

    private async Task<int> CountAsync(string sql, DateTimeOffset? instant = null)
    {
        await using var command = _host.Database.CreateCommand(sql);
        if (instant is { } at) command.Parameters.Add(new() { Value = at });
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }
}
