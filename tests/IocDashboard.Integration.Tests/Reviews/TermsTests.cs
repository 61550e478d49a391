using System.Net;
using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Jobs;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Access.Keys;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IocDashboard.Integration.Tests.Reviews;

/// <summary>Terms of forms, exceptions from locks and trusted sources, over a centre whose clock is moved.</summary>
public sealed class TermsTests : IAsyncLifetime
{
    private const string Missed = "SYT-D/SYT/2026-11-23";
    private static readonly AuditActor Bao = new(AuditActor.Person, "bao", "IOC", null, null);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobCalls.StartAtRestAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    private CatalogueSnapshot Catalogue => Get<CatalogueCache>().Current;

    [Fact]
    public async Task Exception_LetsALockedReportIn_LateItStays_AndEndsByItself()
    {
        await LockAsync();
        (await SubmitAsync()).ShouldBe(ReportState.Locked);
        var until = _clock.GetUtcNow().AddDays(3);

        (await Get<ExtendLockHandler>().Handle(Missed, until, "Công văn 118/UBND-TH", "Trạm mất điện", Bao, default)).ShouldBeEmpty();
        (await RowAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(ReportState.Open), r => r.LocksAt.ShouldBe(until));
        await _host.SweepAsync();
        (await WriteCellAsync()).Accepted.ShouldBeTrue();
        (await SubmitAsync()).ShouldBe(ReportState.Submitted);
        (await RowAsync()).Punctuality.ShouldBe(Punctuality.Late);

        _clock.Advance(TimeSpan.FromDays(3));
        (await SubmitAsync()).ShouldBe(ReportState.Locked);
        while (await _host.SweepAsync() > 0) { }
        (await RowAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(ReportState.Locked), r => r.LockedFrom.ShouldBe(ReportState.Submitted));
        (await Get<FindLockExceptions>().Handle(default)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => e.Authority.ShouldBe("Công văn 118/UBND-TH"), e => e.HoldsAt(_clock.GetUtcNow()).ShouldBeFalse());
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task Exception_TakenBack_LocksAtOnce_AndBothAreOnTheTrail()
    {
        await LockAsync();
        await Get<ExtendLockHandler>().Handle(Missed, _clock.GetUtcNow().AddDays(3), "118/UBND-TH", "Trạm mất điện", Bao, default);
        _clock.Advance(TimeSpan.FromHours(1));

        (await Get<ExtendLockHandler>().End(Missed, Bao, default)).ShouldBeEmpty();
        (await SubmitAsync()).ShouldBe(ReportState.Locked);
        (await Get<ExtendLockHandler>().End(Missed, Bao, default)).ShouldHaveSingleItem().Code.ShouldBe(ReviewCodes.NoException);
        (await Get<FindAudit>().Handle(new(null, Missed, null, null), null, 10, default)).Select(e => e.Action)
            .ShouldBe([AuditActions.LockExtensionEnded, AuditActions.LockExtended]);
        while (await _host.SweepAsync() > 0) { }
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    [Fact]
    public async Task Terms_OfAForm_HoldForObligationsOpenedFromThenOn()
    {
        await _host.OpenAsync();
        var before = await RowAsync();

        (await Get<SetTermsHandler>().SetForm("SYT-D", new(0, 5, 1), "Theo Quyết định 12/QĐ-UBND", Bao, default)).ShouldBe(TermsOutcome.Set);
        _clock.Advance(TimeSpan.FromDays(1));
        await _host.OpenAsync();

        (await RowAsync()).LockAt.ShouldBe(before.LockAt);
        var fresh = await RowAsync("SYT-D/SYT/2026-11-27");
        fresh.LockAt.ShouldBe(fresh.DueAt.AddDays(5));
        (await Get<SetTermsHandler>().SetForm("SYT-D", new(0, 5, 3), "?", Bao, default)).ShouldBe(TermsOutcome.NotPossible);
        (await Get<SetTermsHandler>().SetForm("SYT-D", new(0, 5, 1), " ", Bao, default)).ShouldBe(TermsOutcome.NoReason);
        (await Get<SetTermsHandler>().SetForm("NO-D", new(0, 5, 1), "?", Bao, default)).ShouldBe(TermsOutcome.Unknown);
    }

    [Fact]
    public async Task TrustedSource_IsVerifiedByRule_AndSaysSo()
    {
        var feed = Catalogue.FeedList.First(f => f.Indicators.Sum(i => i.Areas.Length) > 1);
        await MeasureAsync(feed, 0);
        (await Get<SetTermsHandler>().Trust(feed.Code, "Đã kiểm định trạm 20/11/2026", Bao, default)).ShouldBe(TermsOutcome.Set);
        await MeasureAsync(feed, 1);
        (await Get<SetTermsHandler>().EndTrust(feed.Code, "Hết hạn kiểm định", Bao, default)).ShouldBe(TermsOutcome.Set);
        await MeasureAsync(feed, 2);

        (await VerificationsAsync()).ShouldBe([VerificationState.Unverified, VerificationState.Verified, VerificationState.Unverified]);
        await Ledger.ShouldAgreeAsync(_host.Services);
    }

    private async Task LockAsync()
    {
        await _host.OpenAsync();
        _clock.Advance(TimeSpan.FromDays(40));
        while (await _host.SweepAsync() > 0) { }
        (await RowAsync()).ShouldSatisfyAllConditions(r => r.State.ShouldBe(ReportState.Locked), r => r.LockedFrom.ShouldBe(ReportState.Open));
    }

    private async Task<ReportState> SubmitAsync()
    {
        var form = Catalogue.Forms["SYT-D"];
        SubmittedValue[] values =
        [
            .. form.Indicators.SelectMany(i => i.Areas, (i, area) => (i.Code, area)).Select((c, at) => new SubmittedValue(at, c.Code, c.area, Messages.Plausible(Catalogue, c.Code, _clock.GetUtcNow().Day % 3), "final", null)),
        ];
        var outcome = await Get<SubmitReportHandler>().Handle(
            new(new(Guid.CreateVersion7().ToString(), "SYT-D", "SYT", "2026-11-23", true, values), [], "SYT", "Châu", "portal", _clock.GetUtcNow(), DryRun: false), default);
        return outcome switch
        {
            SubmissionOutcome.Refused { Kind: Refusal.Locked } => ReportState.Locked,
            SubmissionOutcome.Refused refused => throw new InvalidOperationException(string.Join(", ", refused.Errors)),
            _ => outcome.ReceiptOf()!.State,
        };
    }

    private Task<WriteOutcome> WriteCellAsync()
    {
        var column = Catalogue.Forms["SYT-D"].Indicators[0];
        return Get<WriteCellsHandler>().Handle(Missed, [new(new(column.Code, column.Areas[0]), "1", 1, null, null, 0)], AgencyScope.Of("SYT"), "Châu", default);
    }

    private async Task MeasureAsync(Feed feed, int minute)
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        var token = (await Get<MachineKeys>().AddAsync(feed.Agency, [KeyScopes.Submit], null, "test")).Token;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/feeds/{feed.Code}/measurements")
        {
            Content = new StringContent(new JsonArray(Messages.Measurement(Catalogue, feed, 0, _clock.GetUtcNow(), minute)).ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", token);
        using var answer = await _host.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<List<VerificationState>> VerificationsAsync()
    {
        await using var command = _host.Database.CreateCommand("select verification from observation where rhythm = 'I' order by time_key");
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<VerificationState>();
        while (await reader.ReadAsync()) found.Add((VerificationState)reader.GetInt16(0));
        return found;
    }

    private async Task<Report> RowAsync(string report = Missed)
    {
        await using var command = _host.Database.CreateCommand($"select {ReportRows.Columns} from report where id = $1");
        command.Parameters.Add(new() { Value = report });
        await using var reader = await command.ExecuteReaderAsync();
        return (await ReportRows.ReadAsync(reader, default))!;
    }
}
