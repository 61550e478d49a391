using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Timeliness;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.DataRequests;

/// <summary>Deadlines of requests with a clock of the test's own; the scheduler rests, and the sweeps are called.</summary>
public sealed class RequestClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Within = TimeSpan.FromHours(6);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private IocHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await JobCalls.StartAtRestAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Deadline_ThatPasses_IsRecordedOnce_AndDatedAtIt()
    {
        var due = _clock.GetUtcNow() + Within;
        var number = await _host.AskedAsync(Within, "CTHUE", "STC");
        await _host.AnswerAsync(number, "STC");
        _clock.Advance(Within - TimeSpan.FromMilliseconds(1));
        (await _host.SweepRequestsAsync()).ShouldBe(0);

        _clock.Advance(TimeSpan.FromMinutes(7));
        (await _host.SweepRequestsAsync()).ShouldBe(1);
        (await _host.SweepRequestsAsync()).ShouldBe(0);

        var overdue = (await OverduesAsync(number)).ShouldHaveSingleItem();
        (overdue.Agency, overdue.At, overdue.FoundAt).ShouldBe(("CTHUE", due, _clock.GetUtcNow()));
        (await _host.RequestAsync(number)).Find("CTHUE")!.ShouldSatisfyAllConditions(a => a.OverdueSince.ShouldBe(due), a => a.Punctuality.ShouldBe(Punctuality.Overdue));
    }

    [Fact]
    public async Task Deadline_SweptByTwoNodesAtOnce_WhileAgenciesAnswer_IsRecordedOnceEach()
    {
        await using var second = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        string[] agencies = ["CTHUE", "STC", "SYT", "SXD", "SCT", "TKY", "HAN", "DBN"];
        var numbers = new List<string>();
        for (var i = 0; i < 6; i++) numbers.Add(await _host.AskedAsync(Within, agencies));
        _clock.Advance(Within + TimeSpan.FromMinutes(1));

        var sweeps = Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? _host : second).SweepRequestsAsync()).ToList();
        var answers = numbers.SelectMany(n => agencies.Take(4).Select((a, i) => (i % 2 == 0 ? _host : second).AnswerAsync(n, a))).ToList();
        await Task.WhenAll(sweeps);
        (await Task.WhenAll(answers)).ShouldAllBe(a => a.Accepted);
        while (await _host.SweepRequestsAsync() > 0) { }

        foreach (var number in numbers)
        {
            (await OverduesAsync(number)).Select(o => o.Agency).ShouldBe(agencies, ignoreOrder: true);
            var request = await _host.RequestAsync(number);
            request.Agencies.Count(a => a.Punctuality == Punctuality.Late).ShouldBe(4);
            request.Agencies.Count(a => a.Punctuality == Punctuality.Overdue).ShouldBe(4);
            // The rows say what the history says.
            var events = await _host.EventsAsync(number);
            var folded = events.Skip(1).Aggregate(DataRequest.Create((DataRequested)events[0]), (state, e) => state.Apply(e));
            folded.Agencies.Select(a => (a.Agency, a.State, a.Punctuality, a.OverdueSince, a.AnsweredAt, a.SettledAt, a.Revision, a.DueAt))
                .ShouldBe(request.Agencies.Select(a => (a.Agency, a.State, a.Punctuality, a.OverdueSince, a.AnsweredAt, a.SettledAt, a.Revision, a.DueAt)));
        }
    }

    [Fact]
    public async Task Lock_HeldByAnAnswer_IsNotWaitedFor()
    {
        var (held, free) = (await _host.AskedAsync(Within, "CTHUE"), await _host.AskedAsync(Within, "CTHUE"));
        _clock.Advance(Within);
        await using (var connection = await _host.Database.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { WriteLock.Take(WriteLock.OfDataRequest(held)) } };
            await batch.ExecuteNonQueryAsync();

            await _host.SweepRequestsAsync().WaitAsync(TimeSpan.FromSeconds(20));

            (await OverduesAsync(held)).ShouldBeEmpty();
            (await OverduesAsync(free)).ShouldHaveSingleItem();
        }

        await _host.SweepRequestsAsync();
        (await OverduesAsync(held)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Measures_CountEachAgencyOnce_ByTheDeadlineThatItMissed()
    {
        var (from, due) = (_clock.GetUtcNow(), _clock.GetUtcNow() + Within);
        var number = await _host.AskedAsync(Within, "CTHUE", "STC", "SYT", "SXD");
        var withdrawn = await _host.AskedAsync(Within, "CTHUE");
        await _host.Get<ReviewAnswersHandler>().Withdraw(withdrawn, new("Không cần nữa", "An", _clock.GetUtcNow()), Requests.Office, default);
        await _host.AnswerAsync(number, "STC");
        _clock.Advance(Within + TimeSpan.FromMinutes(1));
        // Put off after it was missed: late stays late.
        (await _host.Get<ReviewAnswersHandler>().Extend(number, new("CTHUE", due.AddDays(2), "Chờ quyết toán", "An", _clock.GetUtcNow()), Requests.Office, default)).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromHours(1));
        await _host.AnswerAsync(number, "CTHUE");
        await _host.Get<AnswerDataRequestHandler>().Send(number, new("m", [new("q1", null, null, "Chưa có")], []), Web.Platform.Access.AgencyScope.Of("SXD"), "x", default);

        var settled = await _host.Get<SettledRequests>().Handle(from, due.AddDays(3), default);

        settled.ShouldAllBe(s => s.Number == number && s.Obligation.DueAt == due);
        var measure = TimelinessMeasure.Of(settled.Select(s => s.Obligation), _clock.GetUtcNow());
        // Answered that there is none is no figure, in time or not.
        (measure.Expected, measure.OnTime, measure.Late, measure.Missing).ShouldBe((4, 1, 1, 2));
        await ShouldBeMeasuredAsync(number, from, due.AddDays(3));
        var before = await _host.Get<SettledRequests>().Handle(from, due.AddDays(3), default, asOf: due.AddSeconds(1));
        TimelinessMeasure.Of(before.Select(s => s.Obligation), due.AddSeconds(1)).ShouldBe(new Domain.Reporting.Timeliness(4, 1, 0, 3));
    }

    /// <summary>Beside reports, in every grouping that has a place for them.</summary>
    private async Task ShouldBeMeasuredAsync(string number, DateTimeOffset from, DateTimeOffset before)
    {
        var measure = _host.Get<MeasureTimeliness>();
        foreach (var by in new[] { TimelinessGroup.Form, TimelinessGroup.Period })
        {
            (await measure.Handle(from, before, by, Sight.OfNobody, default)).Single(g => g.Group == MeasureTimeliness.OnRequest).Measure.ShouldBe(new(4, 1, 1, 2));
            var (late, count) = await measure.List(from, before, by, MeasureTimeliness.OnRequest, TimelinessPart.Late, Sight.OfNobody, 10, default);
            late.ShouldHaveSingleItem().ShouldSatisfyAllConditions(o => o.Id.ShouldBe(number), o => o.Agency.ShouldBe("CTHUE"), o => o.Report.ShouldBeNull());
            count.ShouldBe(1);
        }

        var ofAgency = await measure.List(from, before, TimelinessGroup.Agency, "CTHUE", TimelinessPart.Expected, Sight.OfNobody, 1_000, default);
        ofAgency.Obligations.Count(o => o.Id == number).ShouldBe(1);
    }

    [Fact]
    public async Task Measures_ByField_CountARequestOnceInEachFieldThatItAsksOf_AsFarAsItsIndicatorsAreSeen()
    {
        var (from, before) = (_clock.GetUtcNow(), _clock.GetUtcNow() + Within + TimeSpan.FromMinutes(1));
        var catalogue = _host.Get<CatalogueCache>().Current;
        var asked = catalogue.IndicatorList.Where(i => i.Sharing == SharingClass.Default).DistinctBy(i => i.FieldCode).Take(2).ToList();
        var outcome = await _host.AskAsync(_host.Ask(Within, ["CTHUE"], [.. asked.Select(i => Requests.Figure(i.Code)), Requests.Figure(asked[0].Code)]));
        outcome.Errors.ShouldBeEmpty();
        _clock.Advance(Within);

        foreach (var field in catalogue.IndicatorList.Select(i => i.FieldCode).Distinct())
        {
            var (listed, _) = await _host.Get<MeasureTimeliness>().List(from, before, TimelinessGroup.Field, field, TimelinessPart.Expected, Sight.OfNobody, 1_000, default);
            listed.Count(o => o.Id == outcome.Number).ShouldBe(asked.Any(i => i.FieldCode == field) ? 1 : 0, field);
        }
    }

    private async Task<List<DataRequestFellOverdue>> OverduesAsync(string number) => [.. (await _host.EventsAsync(number)).OfType<DataRequestFellOverdue>()];
}
