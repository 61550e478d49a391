using System.Collections.Immutable;
using System.Net;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Rules;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace IocDashboard.Integration.Tests.Governance;

/// <summary>The indicator set from proposal to effect, over a real database, by the calls that the pages make; the clock is the test's.</summary>
public sealed class GovernanceTests : IAsyncLifetime
{
    private static readonly DateOnly NewYear = new(2027, 1, 1);

    private readonly FakeTimeProvider _clock = new(Centre.Now);
    private readonly Dictionary<string, AuditActor> _people = [];
    private IocHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await JobCalls.StartAtRestAsync(_clock);
        await _host.OpenAsync();
        foreach (var (role, agency) in new[] { (Roles.IndicatorSteward, "SKHDT"), (Roles.ManagingAgency, "STTTT"), (Roles.Leader, "UBND"), (Roles.Operator, "QTI"), (Roles.Administrator, "QTI") })
        {
            await Visitor.OfAsync(_host, role, agency);
            _people[role] = new(AuditActor.Person, role, agency, null, null);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private CatalogueSnapshot Catalogue => _host.Services.GetRequiredService<CatalogueCache>().Current;

    [Fact]
    public void Set_AtPresent_IsWhatTheFormsAndFeedsFollowFrom()
    {
        var catalogue = Catalogue;
        catalogue.Book.Codes.Count().ShouldBe(122);
        catalogue.At(new(2020, 1, 1)).ShouldBeSameAs(catalogue, "nothing was decided yet");
        var computed = Assignments.Forms(catalogue.IndicatorList, i => catalogue.Book.Of(i.Code)[^1].Areas, code => catalogue.Forms[code].AssignedFrom).OrderBy(f => f.Code, StringComparer.Ordinal).ToList();
        computed.Select(Text).ShouldBe(catalogue.FormList.Select(Text));
    }

    [Fact]
    public async Task OnlyTheSteward_Proposes_AndNeitherProposerNorOperatorRecords()
    {
        var changed = Catalogue.Indicators["KT05"] with { Decimals = 2 };
        foreach (var role in new[] { Roles.Operator, Roles.Administrator, Roles.ManagingAgency, Roles.Leader })
            (await ProposeAsync(changed, role: role)).Refusal.ShouldBe(GovernanceRefusal.NotAllowed, role);
        var proposal = (await ProposeAsync(changed)).Proposal.ShouldNotBeNull();
        foreach (var role in new[] { Roles.Operator, Roles.Administrator, Roles.IndicatorSteward })
            (await DecideAsync(proposal, role: role)).Refusal.ShouldBe(GovernanceRefusal.NotAllowed, role);

        (await DecideAsync(proposal, role: Roles.Leader)).Accepted.ShouldBeTrue();
        (await DecideAsync(proposal)).Refusal.ShouldBe(GovernanceRefusal.NotPending);
        (await _host.EventsAsync($"proposal/{proposal.Id}")).Select(e => e.GetType()).ShouldBe([typeof(ChangeProposed), typeof(ProposalDecided)]);
        foreach (var action in new[] { AuditActions.ChangeProposed, AuditActions.DecisionRecorded })
            (await _host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 10, CancellationToken.None)).ShouldHaveSingleItem().Subject.ShouldBe("KT05");
        foreach (var sql in new[] { "delete from ioc.indicator_proposal", "update ioc.indicator_proposal set state = 'Pending'", "truncate ioc.indicator_proposal cascade" })
        {
            await using var command = _host.Database.CreateCommand(sql);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        }
    }

    [Fact]
    public async Task WhoeverProposed_DoesNotRecord_InAnotherRoleEither()
    {
        await Visitor.OfAsync(_host, Roles.ManagingAgency, "SKHDT", "hai.vai");
        var both = new AuditActor(AuditActor.Person, "hai.vai", "SKHDT", null, null);
        await using (var grant = _host.Database.CreateCommand("""
            insert into identity.role_assignment select (r).* from (
                select jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'role', 'indicator-steward')) r
                from identity.role_assignment r join identity.account a on a."Id" = r.account where a."UserName" = 'hai.vai') x
            """)) await grant.ExecuteNonQueryAsync();
        var proposed = await _host.Services.GetRequiredService<ProposeChangeHandler>().Handle(
            new(ChangeKind.Change, Catalogue.Indicators["KT05"] with { Decimals = 2 }, [], false, NewYear, "vì", both), CancellationToken.None);

        (await _host.Services.GetRequiredService<RecordDecisionHandler>().Handle(new(proposed.Proposal!.Id, true, Paper, NewYear, null, both), CancellationToken.None))
            .Refusal.ShouldBe(GovernanceRefusal.OwnProposal);
    }

    [Fact]
    public async Task Decision_TakesEffectAtItsDaysFirstInstant_OnceUnderTwoNodes()
    {
        await using var other = await JobCalls.StartAtRestAsync(_clock, _host.ConnectionString);
        await ApproveAsync(Catalogue.Indicators["KT05"] with { Agency = "SKHDT" });
        await ApproveAsync(Catalogue.Indicators["KT04"], kind: ChangeKind.Retire);
        await ApproveAsync(New("KT91", Rhythm.Monthly, "SCT"), ChangeKind.New);
        var formerForm = Catalogue.Forms["CTK-M"].Indicators.Any(c => c.Code == "KT05") ? "CTK-M" : Assignments.CodeOf(Catalogue.Indicators["KT05"].Agency, Rhythm.Monthly);

        _clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 16, 59, 59, TimeSpan.Zero));
        (await Task.WhenAll(ApplyAsync(_host), ApplyAsync(other))).Sum().ShouldBe(0, "a second too early in the province");
        Catalogue.Indicators["KT05"].Agency.ShouldNotBe("SKHDT");
        Catalogue.Indicators.ShouldNotContainKey("KT91");

        _clock.SetUtcNow(new DateTimeOffset(2026, 12, 31, 17, 0, 0, TimeSpan.Zero));
        (await Task.WhenAll(ApplyAsync(_host), ApplyAsync(other), ApplyAsync(_host), ApplyAsync(other))).Sum().ShouldBe(3);

        var revised = (await _host.EventsAsync("indicator/KT05")).OfType<IndicatorRevised>().ShouldHaveSingleItem();
        (revised.Decision.Paper, revised.Decision.EffectiveFrom).ShouldBe((Paper, NewYear));
        (await _host.EventsAsync("indicator/KT04")).OfType<IndicatorRetired>().ShouldHaveSingleItem();
        (await _host.EventsAsync("indicator/KT91")).OfType<IndicatorAdded>().ShouldHaveSingleItem();
        (await _host.EventsAsync($"form/{formerForm}")).OfType<FormRevised>().ShouldHaveSingleItem();
        Catalogue.Forms[formerForm].Indicators.ShouldNotContain(c => c.Code == "KT05" || c.Code == "KT04");
        Catalogue.Forms["SKHDT-M"].Indicators.ShouldContain(c => c.Code == "KT05");
        Catalogue.Forms["SCT-M"].Indicators.ShouldContain(c => c.Code == "KT91");
        Catalogue.SeriesByKey.ShouldContainKey(("KT91", Area.ProvinceCode));
        Catalogue.IndicatorList.ShouldNotContain(i => i.Code == "KT04");
        await Live.BoardRows.EventuallyAsync(() => other.Services.GetRequiredService<CatalogueCache>().Current.Indicators["KT05"].Agency, a => a == "SKHDT", seconds: 5);
        await Live.BoardRows.EventuallyAsync(() => other.Services.GetRequiredService<LiveBoard>().Current.Find("KT04", Area.ProvinceCode), f => f is null, seconds: 5);
    }

    [Fact]
    public async Task Move_LeavesPeriodsBeforeItToTheFormerAgency()
    {
        var (former, code) = (Catalogue.Indicators["KT05"].Agency, "KT05");
        var formerForm = Assignments.CodeOf(former, Rhythm.Monthly);
        await PlanAsync();
        (await StepsToComeAsync($"{formerForm}/{former}/2027-01")).ShouldBeGreaterThan(0);
        await ApproveAsync(Catalogue.Indicators[code] with { Agency = "SKHDT" });
        (await StepsToComeAsync($"{formerForm}/{former}/2027-01")).ShouldBe(0, "a released report has nobody to remind");
        await PlanAsync();
        (await StepsToComeAsync($"{formerForm}/{former}/2027-01")).ShouldBeGreaterThan(0, "and opened anew it has");
        var coming = await _host.EventsAsync($"{formerForm}/{former}/2027-01");
        coming.Select(e => e.GetType()).ShouldBe([typeof(ReportOpened), typeof(ReportReleased), typeof(ReportOpened)], "opened ahead, and anew by the set that will hold");
        coming.OfType<ReportOpened>().Last().DueInstants.SelectMany(d => d.Indicators).ShouldNotContain(code);
        (await _host.EventsAsync($"{formerForm}/{former}/2026-12")).Select(e => e.GetType()).ShouldBe([typeof(ReportOpened)], "begun or to begin before it");

        _clock.SetUtcNow(new DateTimeOffset(2027, 1, 4, 3, 0, 0, TimeSpan.Zero));
        await ApplyAsync(_host);
        var december = Catalogue.At(new(2026, 12, 1));
        december.Forms[formerForm].Indicators.ShouldContain(c => c.Code == code);
        december.Indicators[code].Agency.ShouldBe(former);
        var (ours, theirs) = (await SubmitAsync(formerForm, former, "2026-12"), await SubmitAsync("SKHDT-M", "SKHDT", "2027-01"));
        ours.ShouldBe(HttpStatusCode.Created);
        theirs.ShouldBe(HttpStatusCode.Created);
        (await RowsAsync($"select agency from report where form = '{formerForm}' and period = '2026-12'")).ShouldBe([former]);
        (await RowsAsync($"select period from report where form = 'SKHDT-M' and period < '2026-10'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task FormThatNothingIsAskedOfAnyMore_OwesNothingFromThenOn()
    {
        var code = Catalogue.FormList.First(f => f.Rhythm == Rhythm.Monthly && f.Indicators.Length == 1).Indicators[0].Code;
        var form = Catalogue.FormList.Single(f => f.Indicators.Any(c => c.Code == code));
        await ApproveAsync(Catalogue.Indicators[code], kind: ChangeKind.Retire);

        (await RowsAsync($"select period from report where form = '{form.Code}' and period >= '2027-01'")).ShouldBeEmpty();
        (await RowsAsync($"select period from report where form = '{form.Code}' and period = '2026-12'")).ShouldHaveSingleItem();
        _clock.SetUtcNow(new DateTimeOffset(2027, 2, 4, 3, 0, 0, TimeSpan.Zero));
        await ApplyAsync(_host);
        await _host.OpenAsync();
        (await RowsAsync($"select period from report where form = '{form.Code}' and period >= '2027-01'")).ShouldBeEmpty();
        Catalogue.Forms[form.Code].Indicators.ShouldBeEmpty();
        (await SubmitAsync(form.Code, form.Agency, "2027-01", Catalogue.At(new(2026, 12, 1)))).ShouldBeProblem(422).Errors.ShouldContain(e => e.Contains("period-not-open", StringComparison.Ordinal));
        (await _host.Client.GetAsync($"/console/indicators/{code}")).StatusCode.ShouldBe(HttpStatusCode.OK, "retired, and told so");
    }

    [Fact]
    public async Task ChangeOfUnit_KeepsFiguresInTheirOwnVersion_AndComparesNothingAcross()
    {
        var code = "KT05";
        var before = Catalogue.Indicators[code];
        var form = Assignments.CodeOf(before.Agency, Rhythm.Monthly);
        await ApproveAsync(before with { Unit = new("triệu đồng", "million VND"), Decimals = 0, PlausibleMin = 0, PlausibleMax = 99_000_000 });
        _clock.SetUtcNow(new DateTimeOffset(2027, 1, 2, 3, 0, 0, TimeSpan.Zero));
        await ApplyAsync(_host);
        (await SubmitAsync(form, before.Agency, "2026-12")).ShouldBe(HttpStatusCode.Created);
        var old = await FigureAsync(code, "2026-12");
        (old.Indicator.Unit, old.SeriesFrom).ShouldBe((before.Unit, null), "a figure keeps its own unit");

        _clock.SetUtcNow(new DateTimeOffset(2027, 2, 2, 3, 0, 0, TimeSpan.Zero));
        (await SubmitAsync(form, before.Agency, "2027-01")).ShouldBe(HttpStatusCode.Created);
        var now = await FigureAsync(code, "2027-01");
        now.Indicator.Unit.En.ShouldBe("million VND");
        (now.SeriesFrom, now.PreviousValue, now.YearAgoValue, now.Recent.Length).ShouldBe((NewYear, null, null, 1));

        var past = await _host.Services.GetRequiredService<AsOfBoards>().ReadAsync(new DateTimeOffset(2026, 12, 31, 10, 0, 0, TimeSpan.Zero), CancellationToken.None);
        past.Catalogue.Indicators[code].Unit.ShouldBe(before.Unit);
    }

    [Fact]
    public async Task TrialOfARule_JudgesEachPeriodByTheSetOfItsDay()
    {
        var (changed, retired) = (Catalogue.Indicators["KT05"], Catalogue.Indicators["KT04"]);
        var (form, formOfRetired) = (Assignments.CodeOf(changed.Agency, Rhythm.Monthly), Assignments.CodeOf(retired.Agency, retired.Rhythm));
        var step = RuleCentre.Rule("step", RuleKind.PreviousChange, RuleEffect.Ask, form, [changed.Code], new(Absolute: 1), areas: [Area.ProvinceCode]);
        var bound = RuleCentre.Rule("bound", RuleKind.Range, RuleEffect.Ask, formOfRetired, [retired.Code], new(Least: retired.PlausibleMax + 1), areas: [Area.ProvinceCode]);
        await ApproveAsync(changed with { Unit = new("triệu đồng", "million VND"), Decimals = 0, PlausibleMin = 0, PlausibleMax = 99_000_000 });
        await ApproveAsync(retired, kind: ChangeKind.Retire);
        _clock.SetUtcNow(new DateTimeOffset(2027, 2, 2, 3, 0, 0, TimeSpan.Zero));
        await ApplyAsync(_host);
        foreach (var (code, agency, period) in new[] { (form, changed.Agency, "2026-12"), (form, changed.Agency, "2027-01"), (formOfRetired, retired.Agency, "2026-12") }.Distinct())
            (await SubmitAsync(code, agency, period)).ShouldBe(HttpStatusCode.Created);

        var steps = (await _host.TryAsync(step))!;
        (steps.Reports, steps.Figures).ShouldBe((2, 0), "no figure is held against one of another meaning");
        Catalogue.Forms[formOfRetired].Indicators.ShouldNotContain(c => c.Code == retired.Code);
        (await _host.TryAsync(bound))!.Violations.ShouldHaveSingleItem().Period.ShouldBe(ReportingPeriod.Parse("2026-12"), "it was asked for then");
    }

    [Fact]
    public async Task SetAsOfADay_IsTheOneThatHeld_OnThePageAndByTheInterface()
    {
        await ApproveAsync(Catalogue.Indicators["KT05"] with { Agency = "SKHDT" });
        await ApproveAsync(New("KT91", Rhythm.Monthly, "SCT"), ChangeKind.New);
        var token = (await _host.Services.GetRequiredService<Web.Platform.Access.Keys.MachineKeys>().AddAsync("SYT", [KeyScopes.Read], null, "đọc")).Token;

        async Task<System.Text.Json.Nodes.JsonArray> ReadAsync(string query)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/indicators?limit=1000" + query) { Headers = { Authorization = new("Bearer", token) } };
            using var response = await _host.Client.SendAsync(request);
            return (await Answer.ReadAsync(response)).ShouldBe(HttpStatusCode.OK).Json["items"]!.AsArray();
        }

        (await ReadAsync("")).ShouldNotContain(i => (string?)i!["code"] == "KT91");
        var coming = await ReadAsync("&asOf=2027-01-01");
        coming.ShouldContain(i => (string?)i!["code"] == "KT91");
        var moved = coming.Single(i => (string?)i!["code"] == "KT05")!;
        ((string?)moved["agency"], (string?)moved["validFrom"], (string?)moved["decision"]).ShouldBe(("SKHDT", "2027-01-01", Paper.Number));
        (await ReadAsync("&asOf=2026-12-31T16:59:59Z")).ShouldNotContain(i => (string?)i!["code"] == "KT91", "the province's day");
        (await ReadAsync("&asOf=2020-01-01")).ShouldBeEmpty("before the centre knew a set");

        using var person = await Visitor.OfAsync(_host, Roles.ManagingAgency, "STTTT", "in.bo");
        var paper = await person.Client.GetStringAsync("/console/indicator-set?date=01/01/2027&lang=vi");
        paper.ShouldContain("KT91");
        WebUtility.HtmlDecode(paper).ShouldContain("12/QĐ-UBND ngày 20/11/2026, Nguyễn Văn A");
        (await person.Client.GetStringAsync("/console/indicator-set?date=31/12/2026")).ShouldNotContain("KT91");
    }

    [Fact]
    public async Task Import_ThatWouldUndoADecision_IsRefused_AndOneThatDoesNotKeepsIt()
    {
        await ApproveAsync(Catalogue.Indicators["KT05"] with { Agency = "SKHDT" });
        await ApproveAsync(Catalogue.Indicators["KT04"], kind: ChangeKind.Retire);
        var import = new ImportCatalogue(Web.Features.Catalogue.Import.ReferenceSet.ShippedDirectory, ImportCatalogue.RegulationsStructure, null, "UBND", "thử", "thử");
        (await _host.Services.GetRequiredService<ImportCatalogueHandler>().Handle(import, CancellationToken.None)).Findings.ShouldBeEmpty("it is still to come");
        _clock.SetUtcNow(new DateTimeOffset(2027, 1, 4, 3, 0, 0, TimeSpan.Zero));
        await ApplyAsync(_host);

        var outcome = await _host.Services.GetRequiredService<ImportCatalogueHandler>().Handle(import, CancellationToken.None);

        outcome.Findings.ShouldHaveSingleItem().ToString().ShouldBe("indicators.csv:1:code governed KT05");
        Catalogue.Indicators["KT05"].Agency.ShouldBe("SKHDT");
    }

    private static readonly SignedPaper Paper = new("12/QĐ-UBND", new(2026, 11, 20), "Nguyễn Văn A");

    private Indicator New(string code, Rhythm rhythm, string agency) => Catalogue.Indicators["KT05"] with
    {
        Code = code, Name = new("Chỉ số mới " + code, "New indicator " + code), ShortName = new(code, code), Rhythm = rhythm, Agency = agency, Breakdown = Breakdown.Province,
    };

    private Task<GovernanceOutcome> ProposeAsync(Indicator indicator, ChangeKind kind = ChangeKind.Change, string role = Roles.IndicatorSteward) =>
        _host.Services.GetRequiredService<ProposeChangeHandler>().Handle(new(kind, indicator, [], false, NewYear, "Theo đề nghị", _people[role]), CancellationToken.None);

    private Task<GovernanceOutcome> DecideAsync(Proposal proposal, string role = Roles.ManagingAgency) =>
        _host.Services.GetRequiredService<RecordDecisionHandler>().Handle(new(proposal.Id, true, Paper, NewYear, null, _people[role]), CancellationToken.None);

    private async Task ApproveAsync(Indicator indicator, ChangeKind kind = ChangeKind.Change)
    {
        var proposed = await ProposeAsync(indicator, kind);
        proposed.Refusal.ShouldBeNull();
        (await DecideAsync(proposed.Proposal!)).Refusal.ShouldBeNull();
    }

    private static Task<int> ApplyAsync(IocHost host) => host.Services.GetRequiredService<ApplyDecisions>().Handle(TimeSpan.Zero, CancellationToken.None);

    private async Task<Answer> SubmitAsync(string form, string agency, string period, CatalogueSnapshot? by = null)
    {
        var catalogue = by ?? Catalogue.OfPeriod(period);
        var message = Messages.Submission(catalogue, catalogue.Forms[form], period, 0);
        var token = (await _host.Services.GetRequiredService<Web.Platform.Access.Keys.MachineKeys>().AddAsync(agency, [KeyScopes.Submit], null, "gửi " + period)).Token;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions") { Content = new StringContent(message.ToJsonString(), System.Text.Encoding.UTF8, "application/json"), Headers = { Authorization = new("Bearer", token) } };
        using var response = await _host.Client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private async Task<Figure> FigureAsync(string code, string period)
    {
        var board = _host.Services.GetRequiredService<LiveBoard>();
        await Live.BoardRows.EventuallyAsync(() => board.Current.Find(code, Area.ProvinceCode)?.Period?.ToString(), p => p == period, seconds: 5);
        return board.Current.Find(code, Area.ProvinceCode)!;
    }

    private async Task<ImmutableArray<string>> RowsAsync(string sql)
    {
        await using var command = _host.Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows.ToImmutable();
    }

    private static string Text(Form form) => System.Text.Json.JsonSerializer.Serialize(form, Domain.EventJson.Options);

    private Task<int> PlanAsync() => _host.Services.GetRequiredService<PlanSteps>().Handle(default);

    private async Task<long> StepsToComeAsync(string report)
    {
        await using var command = _host.Database.CreateCommand("select count(*) from report_step where report = $1 and done_at is null");
        command.Parameters.Add(new() { Value = report });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
