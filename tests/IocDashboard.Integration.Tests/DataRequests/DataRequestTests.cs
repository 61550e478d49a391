using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Integration.Tests.DataRequests;

/// <summary>What is asked, typed and answered, over the real rows; and that nobody else's hands reach it.</summary>
public sealed class DataRequestTests(Centre centre)
{
    private static readonly TimeSpan Within = TimeSpan.FromDays(9);

    private IocHost Host => centre.Host;

    [Fact]
    public async Task Request_AskedAtOnceByMany_GetsEachItsNumber_AndTheSameTwiceOne()
    {
        var commands = Enumerable.Range(0, 6).Select(_ => Host.Ask(Within, ["SYT"])).ToList();
        var outcomes = await Task.WhenAll(commands.Concat(commands).Select(c => Host.AskAsync(c)));

        outcomes.Select(o => o.Number).Distinct().Count().ShouldBe(6);
        outcomes.ShouldAllBe(o => o.Number!.StartsWith("YC-2026-"));
        var ordinals = outcomes.Select(o => int.Parse(o.Number!.Split('-')[2], System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        (ordinals[^1] - ordinals[0]).ShouldBeLessThan(100);
        (await centre.EventTypesAsync(outcomes[0].Number!)).ShouldBe(["data_requested"]);
    }

    [Fact]
    public async Task Number_BeginsAnewEachYearOfTheProvince()
    {
        await using var own = new Centre(new DateTimeOffset(2026, 12, 31, 16, 0, 0, TimeSpan.Zero));
        await own.InitializeAsync();
        (await own.Host.AskedAsync(Within, "SYT")).ShouldBe("YC-2026-001");
        (await own.Host.AskedAsync(Within, "SYT")).ShouldBe("YC-2026-002");
        own.Clock.Advance(TimeSpan.FromHours(1));
        (await own.Host.AskedAsync(Within, "SYT")).ShouldBe("YC-2027-001");
    }

    [Fact]
    public async Task Question_AboutAnIndicator_TakesItsUnitAndRange_AndShowsWhatWasKnown()
    {
        var message = centre.NextMessage();
        await centre.SubmitAsync(message);
        var (code, agency) = ((string)message["values"]![0]!["indicator"]!, (string)message["agency"]!);
        var indicator = centre.Catalogue.Indicators[code];
        var outcome = await Host.AskAsync(Host.Ask(Within, [agency], Requests.Figure(code) with { Area = (string)message["values"]![0]!["area"]! }), agency);
        outcome.Errors.ShouldBeEmpty();

        var own = (await Host.OwnAsync(outcome.Number!, agency)).ShouldNotBeNull();
        var question = own.Request.Questions.ShouldHaveSingleItem();
        (question.Text, question.Unit, question.Decimals, question.Most).ShouldBe((indicator.Name.Vi, indicator.Unit.Vi, indicator.Decimals, indicator.PlausibleMax));
        own.Previous["q1"].Value.ShouldNotBeNull();
        (await Host.AnswerAsync(outcome.Number!, agency, indicator.PlausibleMax + 1)).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.OutOfRange);
    }

    [Fact]
    public async Task SpecificIndicator_IsAskedOnlyByWhoSeesIt_OfWhoSeesIt_AndAnswersAreHiddenFromOthers()
    {
        var secret = centre.Catalogue.IndicatorList.First(i => i.Sharing == SharingClass.Specific);
        var other = secret.Agency == "SYT" ? "STC" : "SYT";
        (await Host.AskAsync(Host.Ask(Within, [secret.Agency], Requests.Figure(secret.Code)), other)).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.UnknownIndicator);
        (await Host.AskAsync(Host.Ask(Within, [other], Requests.Figure(secret.Code)), secret.Agency)).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.UnseenByAgency);

        var number = (await Host.AskAsync(Host.Ask(Within, [secret.Agency], Requests.Figure(secret.Code), Requests.Text()), secret.Agency)).Number!;
        (await Host.AnswerAsync(number, secret.Agency, secret.LeastPlausible(null) + 1)).Errors.ShouldBeEmpty();
        var whole = Host.Get<CatalogueCache>().Current;
        var request = await Host.RequestAsync(number);
        var hidden = request.SeenBy(whole.SeenBy(Host.Get<Sights>().Of(other)), whole);
        hidden.Questions.ShouldHaveSingleItem().Id.ShouldBe("q2");
        hidden.Agencies[0].Answers.ShouldBeEmpty();
        request.SeenBy(whole.SeenBy(Host.Get<Sights>().Of(secret.Agency)), whole).Agencies[0].Answers.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Draft_IsWrittenByCompareAndSet_AndSentWithWhatStoodBefore()
    {
        var number = await Host.AskedAsync(Within, "SYT", "STC");
        (await Host.TypeAsync(number, "SYT", "Hồng", new("q1", "12,5", 12.5m, null, 0))).Draft!.Version.ShouldBe(1);
        var late = await Host.TypeAsync(number, "SYT", "Duyên", new("q1", "13", 13, null, 0));
        (late.Conflict, late.Draft!.Content, late.Draft.By).ShouldBe((true, "12,5", "Hồng"));
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q1", "13", 13, null, 1))).Draft!.Version.ShouldBe(2);
        // Both people's words are kept: the late entry, and what the second one typed over; not what one types over themselves.
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q1", "13", 13, "ước", 2))).Draft!.Version.ShouldBe(3);
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q1", "13", 13, null, 3))).Draft!.Version.ShouldBe(4);
        (await Host.OwnAsync(number, "SYT"))!.Past.Select(p => (p.Question, p.Content, p.By, p.NotTaken)).ShouldBe(
            [("q1", "13", "Duyên", true), ("q1", "12,5", "Hồng", false)], ignoreOrder: true);
        (await Host.OwnAsync(number, "STC"))!.Past.ShouldBeEmpty("what was typed is its own agency's alone");
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q9", "13", 13, null, 0))).Error!.Code.ShouldBe(RequestCodes.Unknown);
        (await Host.OwnAsync(number, "STC"))!.Drafts.ShouldBeEmpty("a draft is its own agency's alone");

        var send = Host.Get<AnswerDataRequestHandler>();
        (await send.SendDrafts(number, 1, AgencyScope.Of("SYT"), "Duyên", default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.DraftChanged);
        (await send.SendDrafts(number, 4, AgencyScope.Of("SYT"), "Duyên", default)).Receipt!.ShouldSatisfyAllConditions(r => r.Revision.ShouldBe(1), r => r.Punctuality.ShouldBe(Punctuality.OnTime));
        (await send.SendDrafts(number, 2, AgencyScope.Of("SYT"), "Duyên", default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.DraftEmpty);

        // Only one answer is typed anew: the other stands as it was.
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q2", "Không", null, null, 0))).Draft.ShouldNotBeNull();
        (await send.SendDrafts(number, 1, AgencyScope.Of("SYT"), "Duyên", default)).Errors.ShouldBeEmpty();
        (await Host.RequestAsync(number)).Find("SYT")!.Answers.ShouldBe([new("q1", 13, null, null), new("q2", null, "Không", null)]);

        // What cannot be read is said and not sent.
        (await Host.TypeAsync(number, "SYT", "Duyên", new("q1", "1.2.3", null, null, 0))).Draft.ShouldNotBeNull();
        (await send.SendDrafts(number, 1, AgencyScope.Of("SYT"), "Duyên", default)).Errors.ShouldHaveSingleItem().Code.ShouldBe(JudgementCodes.UnreadableNumber);
    }

    [Fact]
    public async Task AnotherAgencysRequest_IsNotThere()
    {
        var number = await Host.AskedAsync(Within, "SYT");
        (await Host.OwnAsync(number, "STC")).ShouldBeNull();
        (await Host.TypeAsync(number, "STC", "X", new("q1", "1", 1, null, 0))).Error!.Code.ShouldBe(RequestCodes.Unknown);
        (await Host.AnswerAsync(number, "STC")).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Unknown);
        (await Host.AnswerAsync(number, "")).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Unknown);
        (await Host.Get<FindOwnRequests>().Handle(AgencyScope.Of("STC"), DateTimeOffset.UnixEpoch, 1_000, default)).ShouldAllBe(r => r.Request.Number != number);
        (await Host.Get<FindOwnRequests>().Handle(AgencyScope.None, DateTimeOffset.UnixEpoch, 1_000, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Withdrawal_LocksTheRequest_AndEveryActIsOnTheTrail()
    {
        var number = await Host.AskedAsync(Within, "SYT", "STC");
        var review = Host.Get<ReviewAnswersHandler>();
        await Host.AnswerAsync(number, "SYT");
        (await review.Return(number, new("SYT", 1, "Thiếu", Host.Now().AddDays(1), "An", Host.Now()), Requests.Office, default)).ShouldBeEmpty();
        await Host.AnswerAsync(number, "SYT", 6);
        (await review.Accept(number, new("SYT", 2, "An", Host.Now()), Requests.Office, default)).ShouldBeEmpty();
        (await review.Extend(number, new("STC", Host.Now().AddDays(20), "Chờ", "An", Host.Now()), Requests.Office, default)).ShouldBeEmpty();
        (await review.Withdraw(number, new("Đã có", "An", Host.Now()), Requests.Office, default)).ShouldBeEmpty();

        (await Host.AnswerAsync(number, "STC")).Errors.ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Withdrawn);
        (await Host.TypeAsync(number, "STC", "X", new("q1", "1", 1, null, 0))).Draft.ShouldBeNull();
        (await review.Extend(number, new(null, Host.Now().AddDays(30), "Chờ", "An", Host.Now()), Requests.Office, default)).ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Withdrawn);
        (await review.Withdraw("YC-1999-001", new("Đã có", "An", Host.Now()), Requests.Office, default)).ShouldHaveSingleItem().Code.ShouldBe(RequestCodes.Unknown);
        var entries = (await Host.Get<FindAudit>().Handle(new(null, number, null, null), null, 100, default)).Reverse().ToList();
        entries.Select(e => e.Action).ShouldBe(
        [
            AuditActions.DataRequested, AuditActions.DataRequestReturned, AuditActions.DataRequestAccepted, AuditActions.DataRequestExtended, AuditActions.DataRequestWithdrawn,
        ]);
        entries.ShouldAllBe(e => e.Actor.Name == "van.phong" && e.Actor.Address == "10.1.1.1");
        entries[^1].After.ShouldBe("""{"reason":"Đã có"}""");
    }

    [Fact]
    public async Task Counts_SayWhatWaits()
    {
        var number = await Host.AskedAsync(Within, "SYT", "STC", "SXD");
        var before = await Host.Get<FindDataRequests>().Count(default);
        await Host.AnswerAsync(number, "SYT");

        (await Host.Get<FindDataRequests>().Count(default)).Waiting.ShouldBeGreaterThanOrEqualTo(before.Waiting);
        (await Host.Get<FindDataRequests>().Handle(default)).Single(r => r.Request.Number == number)
            .ShouldSatisfyAllConditions(r => r.Asked.ShouldBe(3), r => r.Answered.ShouldBe(1), r => r.Waiting.ShouldBe(1), r => r.Overdue.ShouldBe(0), r => r.IsClosed.ShouldBeFalse());
    }
}
