using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Reporting;

/// <summary>A source that says that its figures have changed (article 9.1b), with a clock of the test's own.</summary>
public sealed class SourceChangeTests : IAsyncLifetime
{
    private const string Report = "SYT-D/SYT/2026-11-24";

    /// <summary>A Wednesday, 08:30 in the province.</summary>
    private static readonly DateTimeOffset Start = new(2026, 11, 25, 1, 30, 0, TimeSpan.Zero);

    /// <summary>The Thursday, 17:00.</summary>
    private static readonly DateTimeOffset Due = new(2026, 11, 26, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Start);
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
        await _host.SweepAsync();
        await SubmitAsync();
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Change_IsDueTheDayAfter_FallsOverdueAtItsInstant_AndIsSettledByTheNextReport()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        var told = await TellAsync(_clock.GetUtcNow().AddMinutes(-10));
        (told.State, told.DueAt).ShouldBe((SourceStanding.Due, Due));
        (await LiveAsync()).ShouldNotBeNull().ShouldSatisfyAllConditions(
            r => r.Update.ShouldNotBeNull().ChangedAt.ShouldBe(Start.AddMinutes(50)), r => r.DueAt.ShouldBe(Due), r => r.IsOwed.ShouldBeTrue(), r => r.Punctuality.ShouldBe(Punctuality.NotDue));
        (await StateAsync(Due.AddTicks(-10))).ShouldBe(ObligationState.DueSoon);

        await GoToAsync(Due.AddMinutes(5));
        (await TakeStepsAsync()).ShouldBeGreaterThan(0);
        (await TakeStepsAsync()).ShouldBe(0);

        foreach (var reader in new[] { "SYT", "IOC" })
            (await NoticesAsync(reader)).ShouldHaveSingleItem().Items.Where(i => i.Report == Report).ShouldHaveSingleItem().DueAt.ShouldBe(Due);
        (await _host.EventsAsync(Report)).OfType<ReportEscalated>().ShouldHaveSingleItem().At.ShouldBe(Due);
        (await LiveAsync()).ShouldNotBeNull().ShouldSatisfyAllConditions(r => r.OverdueSince.ShouldBe(Due), r => r.Punctuality.ShouldBe(Punctuality.Overdue));
        (await ListedAsync(ObligationState.Overdue)).ShouldContain(Report);
        (await ListedAsync(ObligationState.Submitted)).ShouldNotContain(Report);
        (await MeasureAsync(_clock.GetUtcNow())).ShouldBe(new(1, 0, 0, 1));
        (await _host.RowAsync(Report)).ShouldSatisfyAllConditions(r => r.Punctuality.ShouldBe(Punctuality.Late), r => r.State.ShouldBe(ReportState.Submitted));

        await SubmitAsync();

        (await LiveAsync()).ShouldBeNull();
        (await StateAsync(_clock.GetUtcNow())).ShouldBe(ObligationState.Submitted);
        (await MeasureAsync(_clock.GetUtcNow())).ShouldBe(new(1, 0, 1, 0));
        (await MeasureAsync(Due.AddMinutes(1))).ShouldBe(new(1, 0, 0, 1), "what was missing then was missing then");
        (await AsOfAsync(Due.AddMinutes(1))).ShouldNotBeNull().OverdueSince.ShouldBe(Due);
        (await AsOfAsync(Start.AddMinutes(59)))?.Update.ShouldBeNull("nobody had said so yet");
    }

    [Fact]
    public async Task Changes_ToldOfTogether_AreOneObligation_AndTellingAgainChangesNothing()
    {
        _clock.Advance(TimeSpan.FromHours(1));
        var first = _clock.GetUtcNow();
        await TellAsync(first);
        for (var i = 1; i <= 3; i++)
        {
            _clock.Advance(TimeSpan.FromHours(10));
            (await TellAsync(_clock.GetUtcNow())).DueAt.ShouldBe(Due, "the first change's term runs on");
        }

        var before = (await _host.EventsAsync(Report)).Count;
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TellAsync(first)));
        (await _host.EventsAsync(Report)).Count.ShouldBe(before);

        // Sent as the source was after the second: the rest is still owed, by its own term.
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SubmitAsync(sourceAt: first.AddHours(10));
        var half = (await _host.RowAsync(Report)).UpdateOwed.ShouldNotBeNull();
        half.ShouldBe(new(first.AddHours(30), new(2026, 11, 27, 10, 0, 0, TimeSpan.Zero)));
        await SubmitAsync();
        (await _host.RowAsync(Report)).UpdateOwed.ShouldBeNull();

        await GoToAsync(half.DueAt.AddDays(1));
        await TakeStepsAsync();
        (await _host.EventsAsync(Report)).ShouldNotContain(e => e is ReportEscalated, "nothing is owed");
        (await MeasureAsync(_clock.GetUtcNow())).ShouldBe(new(2, 2, 0, 0));
    }

    [Fact]
    public async Task Update_OfAReportThatIsDueMuchLater_IsOnBoards_NowAndAsOfThen()
    {
        const string monthly = "SYT-M/SYT/2026-11";
        await SubmitAsync(report: monthly);
        _clock.Advance(TimeSpan.FromHours(1));
        await TellAsync(_clock.GetUtcNow(), report: monthly);
        await GoToAsync(Due.AddMinutes(1));
        await TakeStepsAsync();
        await SubmitAsync();

        (await _host.RowAsync(monthly)).DueAt.ShouldBeGreaterThan(Due + BoardLoader.DueAhead);
        (await LiveAsync(monthly)).ShouldNotBeNull().OverdueSince.ShouldBe(Due);
        await GoToAsync(Due.AddDays(2));
        await SubmitAsync(report: monthly);
        (await LiveAsync(monthly)).ShouldBeNull();
        (await AsOfAsync(Due.AddMinutes(1), monthly)).ShouldNotBeNull().OverdueSince.ShouldBe(Due);
    }

    [Fact]
    public async Task Update_ThatIsExcused_IsOwedNowhere_AndWasWhereItWas()
    {
        await TellAsync(Start.AddSeconds(1), after: TimeSpan.FromMinutes(1));
        await GoToAsync(Due.AddHours(1));
        (await _host.Services.GetRequiredService<Web.Features.Urgings.PursueReportHandler>().Excuse(
            Report, "15/UBND-KSTT", "Bão số 13", new(Web.Platform.Audit.AuditActor.Person, "hanh", "IOC", null, null), default)).ShouldBeEmpty();
        await TakeStepsAsync();

        (await LiveAsync()).ShouldBeNull();
        (await ListedAsync(ObligationState.Overdue)).ShouldNotContain(Report);
        (await MeasureAsync(_clock.GetUtcNow())).ShouldBeNull();
        (await MeasureAsync(Due.AddMinutes(1))).ShouldBe(new(1, 0, 0, 1));
        (await AsOfAsync(_clock.GetUtcNow()))?.Update.ShouldBeNull();
        (await _host.EventsAsync(Report)).ShouldNotContain(e => e is ReportEscalated);
    }

    [Fact]
    public async Task Change_ToldOfTooLate_IsToldOnAtOnce_AndNotAsIfTheCentreHadSlept()
    {
        await GoToAsync(Due.AddHours(5));
        var told = _clock.GetUtcNow();
        (await TellAsync(Start.AddHours(1))).DueAt.ShouldBe(Due);
        await TakeStepsAsync();

        (await NoticesAsync("SYT")).ShouldHaveSingleItem().Items.Where(i => i.Report == Report).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(i => i.DueAt.ShouldBe(Due), i => i.At.ShouldBe(told), i => i.IsMissed.ShouldBeFalse());
        (await LiveAsync()).ShouldNotBeNull().OverdueSince.ShouldBe(Due);
    }

    [Fact]
    public async Task Followed_InPerson_NobodyIsTold_AndBoardsKnowThatItIsOverdue()
    {
        await TellAsync(Start.AddSeconds(1), after: TimeSpan.FromMinutes(1));
        (await _host.Services.GetRequiredService<Web.Features.Urgings.PursueReportHandler>().TakeOver(
            Report, "Gọi trực tiếp", new(Web.Platform.Audit.AuditActor.Person, "hanh", "IOC", null, null), default)).ShouldBeEmpty();
        await GoToAsync(Due);
        var change = await LastChangeAsync();

        await TakeStepsAsync();

        (await NoticesAsync("SYT")).ShouldBeEmpty();
        (await LastChangeAsync()).ShouldBeGreaterThan(change);
        (await LiveAsync()).ShouldNotBeNull().Punctuality.ShouldBe(Punctuality.Overdue);
        await SubmitAsync();
        (await _host.RowAsync(Report)).FollowedBy.ShouldBeNull();
    }

    private async Task<(SourceStanding State, DateTimeOffset? DueAt)> TellAsync(DateTimeOffset changedAt, TimeSpan after = default, string report = Report)
    {
        if (after > TimeSpan.Zero) _clock.Advance(after);
        var answer = await _host.Services.GetRequiredService<TellSourceChangedHandler>().Handle(report, changedAt, "khóa của SYT", default);
        answer.Errors.ShouldBeEmpty();
        return (SourceChangeDecider.StandingOf(answer.Report!, changedAt), answer.Report!.UpdateOwed?.DueAt);
    }

    private async Task SubmitAsync(DateTimeOffset? sourceAt = null, string report = Report) => (await _host.Services.GetRequiredService<SubmitReportHandler>().Handle(
        new(
            new(Guid.CreateVersion7().ToString(), report.Split('/')[0], "SYT", report.Split('/')[2], true, [.. _host.ValuesOf(report.Split('/')[0])]) { SourceAt = sourceAt },
            [], "SYT", "lan", "api", _clock.GetUtcNow(), DryRun: false), default)).ShouldBeOfType<SubmissionOutcome.Accepted>();

    private async Task GoToAsync(DateTimeOffset at)
    {
        _clock.SetUtcNow(at);
        await _host.SweepAsync();
    }

    private Task<int> TakeStepsAsync() => _host.Services.GetRequiredService<TakeSteps>().Handle(TimeSpan.Zero, default);

    private async Task<IReadOnlyList<Notice>> NoticesAsync(string reader) =>
        [.. (await _host.Services.GetRequiredService<FindNotices>().Handle(reader, default)).Where(n => n.Items.Any(i => i.Report == Report))];

    private async Task<OpenReport?> LiveAsync(string report = Report) =>
        (await _host.Services.GetRequiredService<BoardLoader>().LoadAsync(_host.Services.GetRequiredService<CatalogueCache>().Current, default)).Reports.GetValueOrDefault(report) is { IsOwed: true } owed ? owed : null;

    private async Task<OpenReport?> AsOfAsync(DateTimeOffset at, string report = Report) => (await _host.Services.GetRequiredService<AsOfBoards>().ReadAsync(at, default)).Reports.GetValueOrDefault(report);

    private async Task<ObligationState> StateAsync(DateTimeOffset at) => Obligation.StateAt(await _host.RowAsync(Report), at);

    private async Task<IReadOnlyList<string>> ListedAsync(ObligationState state) =>
        [.. (await _host.Services.GetRequiredService<FindObligations>().Handle(new(Sight.OfNobody, state, "SYT", "SYT-D", null, null, null, 1_000, null), default)).Rows.Select(r => r.Report.Id)];

    private async Task<Domain.Reporting.Timeliness?> MeasureAsync(DateTimeOffset asOf) =>
        (await _host.Services.GetRequiredService<MeasureTimeliness>().Handle(Start.AddDays(-20), Start.AddDays(20), TimelinessGroup.Form, Sight.OfNobody, default, asOf))
            .SingleOrDefault(g => g.Group == MeasureTimeliness.OnChange)?.Measure;

    private async Task<long> LastChangeAsync()
    {
        await using var command = _host.Database.CreateCommand("select max(id) from change where $1 = any(reports)");
        command.Parameters.Add(new() { Value = Report });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>The same through the public interface.</summary>
public sealed class SourceChangeApiTests(Centre centre)
{
    [Fact]
    public async Task Source_IsAnsweredHowTheReportStands()
    {
        var message = centre.NextMessage();
        var agency = (string)message["agency"]!;
        var path = $"/api/v1/reports/{Centre.ReportOf(message)}/source";
        string At(TimeSpan after) => new JsonObject { ["changedAt"] = (Centre.Now + after).AddTicks(7).ToString("O") }.ToJsonString();

        (await centre.PostAsync($"/api/v1/reports/{message["form"]}/{agency}/2019-01-01/source", At(TimeSpan.FromHours(-2)), agency)).Status.ShouldBe(HttpStatusCode.NotFound, "no such report was opened");
        message["sourceAt"] = Centre.Now.AddHours(-1).AddTicks(7).ToString("O");
        (await centre.SubmitAsync(message)).Status.ShouldBe(HttpStatusCode.Created);

        var covered = await centre.PostAsync(path, At(TimeSpan.FromHours(-1)), agency);
        (covered.Status, (string?)covered.Json["state"], (string?)covered.Json["dueAt"]).ShouldBe((HttpStatusCode.OK, "covered", null));
        var due = await centre.PostAsync(path, At(TimeSpan.FromMinutes(-30)), agency);
        (due.Status, (string?)due.Json["state"], DateTimeOffset.Parse((string)due.Json["dueAt"]!)).ShouldBe((HttpStatusCode.OK, "due", new DateTimeOffset(2026, 11, 25, 10, 0, 0, TimeSpan.Zero)));
        (await centre.PostAsync(path, At(TimeSpan.FromMinutes(-30)), agency)).Json.ToJsonString().ShouldBe(due.Json.ToJsonString());
    }

    [Theory]
    [InlineData("""{"changedAt":"2026-11-23T10:06:00+07:00"}""", HttpStatusCode.UnprocessableEntity, "/changedAt future-source")]
    [InlineData("""{"changedAt":"2026-11-23"}""", HttpStatusCode.UnprocessableEntity, "/changedAt bad-time")]
    [InlineData("""{}""", HttpStatusCode.UnprocessableEntity, "/changedAt missing-field")]
    [InlineData("""[]""", HttpStatusCode.UnprocessableEntity, " wrong-type")]
    [InlineData("""{""", HttpStatusCode.BadRequest, null)]
    public async Task Source_ThatCannotBeUnderstood_IsToldWhere(string body, HttpStatusCode status, string? error)
    {
        var message = centre.NextMessage();
        (await centre.SubmitAsync(message)).Status.ShouldBe(HttpStatusCode.Created);
        var answer = await centre.PostAsync($"/api/v1/reports/{Centre.ReportOf(message)}/source", body, (string)message["agency"]!);
        answer.ShouldBeProblem((int)status, error);
    }

    [Fact]
    public async Task Source_OfAnotherAgencysReport_IsClosed()
    {
        var message = centre.NextMessage();
        await centre.SubmitAsync(message);
        var stranger = centre.Catalogue.FormList.First(f => f.Agency != (string)message["agency"]!).Agency;
        (await centre.PostAsync($"/api/v1/reports/{Centre.ReportOf(message)}/source", """{"changedAt":"2026-11-23T09:00:00+07:00"}""", stranger)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
