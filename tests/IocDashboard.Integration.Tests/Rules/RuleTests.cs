using System.Net;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Integration.Tests.Live;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace IocDashboard.Integration.Tests.Rules;

/// <summary>Rules at work on messages, from the book to the answer, over HTTP.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private const string Period = "2026-W46", PartRule = "part-ns02-ns01";

    private readonly Centre _centre = new(Centre.Now);

    /// <summary>The shipped rules only ask: what blocks is somebody's decision.</summary>
    private static JudgementRule Blocking(string form) =>
        RuleCentre.Rule("block-ns02", RuleKind.PartOfWhole, RuleEffect.Block, form, ["NS02"], new(), ["NS01"]);

    private IocHost Host => _centre.Host;

    public ValueTask InitializeAsync() => _centre.InitializeAsync();

    public ValueTask DisposeAsync() => _centre.DisposeAsync();

    [Fact]
    public async Task Figure_ThatBreaksARule_IsWhatTheRuleSays()
    {
        var form = FormOf("NS02");
        var message = _centre.Message(_centre.Catalogue.Forms[form], Period);
        message.Cell("NS02")["value"] = (decimal)message.Cell("NS01")["value"]! + 1;
        var at = message.PositionOf("NS02");
        (await _centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK).Warnings().ShouldBeEmpty("it is in trial");

        await Host.OnAsync(Blocking(form));
        var refused = (await _centre.SubmitAsync(message, language: "en")).ShouldBeProblem(422, $"/values/{at}/value part-over-whole");
        ((string)refused.Json["detail"]!).ShouldContain("Please look again");
        ((string)(await _centre.SubmitAsync(message)).Json["detail"]!).ShouldContain("Đề nghị kiểm tra lại");
        (await _centre.KeptAsync(message)).Submissions.ShouldBe(0);
        (await Host.SwitchOffAsync(Blocking(form).Code)).Accepted.ShouldBeTrue();

        await Host.OnAsync(RuleCentre.Rule("explain-ns02", RuleKind.PartOfWhole, RuleEffect.Comment, form, ["NS02"], new(), ["NS01"]));
        (await _centre.SubmitAsync(message)).ShouldBeProblem(422, $"/values/{at}/note comment-required");
        message.Cell("NS02")["note"] = "Chờ Kho bạc đối chiếu";
        (await _centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK).Warnings().ShouldBe([$"/values/{at}/value part-over-whole"]);
        message.Cell("NS02")["note"] = null;
        await Host.SwitchOffAsync("explain-ns02");

        await Host.OnAsync(RuleCentre.Rule("ask-ns02", RuleKind.PartOfWhole, RuleEffect.Ask, form, ["NS02"], new(), ["NS01"]));
        (await _centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created).Warnings().ShouldBe([$"/values/{at}/value part-over-whole"]);
    }

    [Fact]
    public async Task Draft_IsJudgedBesideTheFiguresThatStand()
    {
        var form = FormOf("NS02");
        var message = _centre.Message(_centre.Catalogue.Forms[form], Period);
        (await _centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        await Host.OnAsync(Blocking(form));
        var whole = (decimal)message.Cell("NS01")["value"]!;

        (await _centre.SubmitAsync(message.Only(("NS02", whole + 1)))).ShouldBeProblem(422, "/values/0/value part-over-whole");
        (await _centre.SubmitAsync(message.Only(("NS02", whole)))).ShouldBe(HttpStatusCode.Created);
        (await _centre.SubmitAsync(message.Only(("NS02", whole + 1), ("NS01", whole + 1)))).ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Figure_IsComparedWithLastPeriodLastYearAndAnotherForm()
    {
        await using var old = await new OldCentre(Centre.Now.AddDays(-362)).StartedAsync();
        var (centre, host) = (old.Centre, old.Centre.Host);
        var form = centre.Catalogue.Forms[FormOf("NS02", centre)];
        var lastYear = centre.Message(form, "2025-W47");
        (await centre.SubmitAsync(lastYear)).ShouldBe(HttpStatusCode.Created);
        centre.Clock.SetUtcNow(Centre.Now);
        var other = centre.Catalogue.FormList.Single(f => f.Indicators.Any(c => c.Code == "NS04"));
        (await centre.SubmitAsync(centre.Message(other, "2026-11"))).ShouldBe(HttpStatusCode.Created);
        (await centre.SubmitAsync(centre.Message(form, "2026-W46"))).ShouldBe(HttpStatusCode.Created);

        await host.OnAsync(RuleCentre.Rule("last-week", RuleKind.PreviousChange, RuleEffect.Block, form.Code, ["NS01"], new(Absolute: 10), areas: ["QNM"]));
        await host.OnAsync(RuleCentre.Rule("last-year", RuleKind.YearAgoChange, RuleEffect.Block, form.Code, ["NS02"], new(Absolute: 10), areas: ["QNM"]));
        await host.OnAsync(RuleCentre.Rule("rises", RuleKind.CumulativeNeverFalls, RuleEffect.Block, form.Code, ["NS02"], new(), areas: ["TKY"]));
        await host.OnAsync(RuleCentre.Rule("as-spent", RuleKind.EqualAcrossForms, RuleEffect.Block, form.Code, ["NS01"], new(Absolute: 5_000), ["NS04"], ["HAN"]));
        var message = centre.Message(form, "2026-W47");
        (await centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK);
        message.Cell("NS01")["value"] = (decimal)message.Cell("NS01")["value"]! + 11;
        message.Cell("NS02")["value"] = (decimal)message.Cell("NS02")["value"]! - 11;
        message.Cell("NS02", "TKY")["value"] = (decimal)message.Cell("NS02", "TKY")["value"]! - 1;
        message.Cell("NS01", "HAN")["value"] = 1;

        (await centre.SubmitAsync(message)).ShouldBeProblem(422).Errors.ShouldBe(
        [
            $"/values/{message.PositionOf("NS01")}/value change-too-large", $"/values/{message.PositionOf("NS02")}/value change-too-large",
            $"/values/{message.PositionOf("NS02", "TKY")}/value cumulative-fell", $"/values/{message.PositionOf("NS01", "HAN")}/value differs-from-form",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Rule_SwitchedOnByOneNode_IsUsedByAnother()
    {
        await using var other = await IocHost.StartAsync(new() { ConnectionString = Host.ConnectionString, Time = _centre.Clock });
        bool IsOn() => other.Services.GetRequiredService<CatalogueCache>().Current.Rules.Find(PartRule)!.State == RuleState.On;
        IsOn().ShouldBeFalse();

        await Host.SwitchOnAsync(PartRule);

        await BoardRows.EventuallyAsync(IsOn, on => on, seconds: 2);
        await Host.SwitchOffAsync(PartRule);
        await BoardRows.EventuallyAsync(IsOn, on => !on, seconds: 2);
    }

    [Fact]
    public async Task Rule_FromALaterInstant_JudgesFromThenOn()
    {
        var form = FormOf("NS02");
        var message = _centre.Message(_centre.Catalogue.Forms[form], Period);
        message.Cell("NS02")["value"] = (decimal)message.Cell("NS01")["value"]! + 1;
        await Host.OnAsync(Blocking(form), Centre.Now.AddHours(1));

        (await _centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBe(HttpStatusCode.OK);
        _centre.Clock.Advance(TimeSpan.FromHours(1));
        (await _centre.SubmitAsync(message, query: "?dryRun=true")).ShouldBeProblem(422);
    }

    [Fact]
    public async Task Trial_ShowsHowTheRuleWouldHaveJudgedWhatFirstCame()
    {
        var form = _centre.Catalogue.Forms[FormOf("NS02")];
        var good = _centre.Message(form, "2026-W44");
        var bad = _centre.Message(form, "2026-W45");
        bad.Cell("NS02")["value"] = (decimal)bad.Cell("NS01")["value"]! + 7;
        (await _centre.SubmitAsync(good)).ShouldBe(HttpStatusCode.Created);
        (await _centre.SubmitAsync(bad)).ShouldBe(HttpStatusCode.Created);
        var mended = bad.Again();
        mended.Cell("NS02")["value"] = 1;
        (await _centre.SubmitAsync(mended)).ShouldBe(HttpStatusCode.Created);

        var trial = (await Host.TryAsync(PartRule))!;

        (trial.Reports, trial.Flagged, trial.Figures).ShouldBe((2, 1, 1));
        trial.Violations.ShouldHaveSingleItem().ShouldBe(new(
            ReportingPeriod.Parse("2026-W45"), "NS02", "QNM", (decimal)bad.Cell("NS02")["value"]!, (decimal)bad.Cell("NS01")["value"]!));
        (await Host.TryAsync("no-such-rule")).ShouldBeNull();
    }

    [Fact]
    public async Task Rule_IsTriedBeforeItIsInTheBook()
    {
        var form = _centre.Catalogue.Forms[FormOf("NS02")];
        var message = _centre.Message(form, "2026-W43");
        (await _centre.SubmitAsync(message)).ShouldBe(HttpStatusCode.Created);
        var (booked, value) = (_centre.Catalogue.Rules, (decimal)message.Cell("NS02")["value"]!);

        var trial = (await Host.TryAsync(RuleCentre.Rule("", RuleKind.Range, RuleEffect.Block, form.Code, ["NS02"], new(Most: value - 1), areas: [Area.ProvinceCode])))!;

        trial.Violations.ShouldHaveSingleItem().ShouldBe(new(ReportingPeriod.Parse("2026-W43"), "NS02", Area.ProvinceCode, value, value - 1));
        _centre.Catalogue.Rules.ShouldBeSameAs(booked);
    }

    [Fact]
    public async Task Trial_TellsNothingThatIsHiddenFromItsReader()
    {
        var form = _centre.Catalogue.FormList.First(f => f.Rhythm == Rhythm.Daily && f.Indicators.Any(c => _centre.Catalogue.Indicators[c.Code].Sharing == SharingClass.Specific));
        var hidden = form.Indicators.First(c => _centre.Catalogue.Indicators[c.Code].Sharing == SharingClass.Specific).Code;
        (await _centre.SubmitAsync(_centre.Message(form, "2026-11-20"))).ShouldBe(HttpStatusCode.Created);
        var rule = RuleCentre.Rule("hidden", RuleKind.Range, RuleEffect.Ask, form.Code, [hidden], new(Most: -1_000));

        (await Host.ProposeAsync(rule, reason: " ")).Refusals.ShouldBe([RuleRefusal.UnknownIndicator, RuleRefusal.NoReason]);
        (await Host.ProposeAsync(rule with { Indicators = [] })).Refusals.ShouldBe([RuleRefusal.HiddenColumns]);
        (await Host.TryAsync(rule))!.Figures.ShouldBe(0);
        (await Host.TryAsync(rule with { Indicators = [] }))!.Told.ShouldNotContain(hidden);
        (await Host.TryAsync(rule, Sight.Of(form.Agency, [], default)))!.Told.ShouldContain(hidden);
    }

    [Fact]
    public async Task RuleBook_KeepsWhatWasProposed_AndTellsTheTrail()
    {
        var rule = RuleCentre.Rule("kept", RuleKind.Range, RuleEffect.Ask, FormOf("NS02"), ["NS01"], new(Least: 1));
        (await Host.ProposeAsync(rule)).Rule!.State.ShouldBe(RuleState.Trial);
        (await Host.ProposeAsync(rule)).Refusal.ShouldBe(RuleRefusal.CodeTaken);
        (await Host.SwitchOnAsync("kept", reason: " ")).Refusal.ShouldBe(RuleRefusal.NoReason);
        (await Host.SwitchOnAsync("kept")).Rule!.By.ShouldBe("dau.moi");
        (await Host.SwitchOnAsync("kept")).Refusal.ShouldBe(RuleRefusal.AlreadySo);
        (await Host.SwitchOffAsync("kept")).Accepted.ShouldBeTrue();

        foreach (var action in new[] { AuditActions.RuleProposed, AuditActions.RuleSwitchedOn, AuditActions.RuleSwitchedOff })
        {
            var entries = await Host.Services.GetRequiredService<FindAudit>().Handle(new(action, null, null, null), null, 100, CancellationToken.None);
            entries.Single(e => e.Subject == "kept").Actor.ShouldBe(RuleCentre.Steward);
        }

        foreach (var sql in new[] { "delete from ioc.judgement_rule", "update ioc.judgement_rule set body = '{}'", "truncate ioc.judgement_rule" })
        {
            await using var command = Host.Database.CreateCommand(sql);
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.RestrictViolation);
        }
    }

    [Fact]
    public void Installation_BeginsWithTheShippedRulesInTrial()
    {
        var rules = _centre.Catalogue.Rules.Rules;

        rules.Select(r => r.Rule.Code).ShouldContain(PartRule);
        rules.Select(r => r.Rule.Kind).Distinct().ShouldBe(
            [RuleKind.AreaSum, RuleKind.CumulativeNeverFalls, RuleKind.PartOfWhole, RuleKind.PreviousChange, RuleKind.YearAgoChange], ignoreOrder: true);
        rules.ShouldAllBe(r => r.State == RuleState.Trial);
        foreach (var rule in rules)
            RuleDecider.Propose(rule.Rule, "vì", RuleBook.Empty, _centre.Catalogue.Forms, _centre.Catalogue.Indicators, Sight.Of(_centre.Catalogue.Forms[rule.Rule.Form].Agency, [], default)).ShouldBeEmpty(rule.Rule.Code);
    }

    private string FormOf(string indicator, Centre? centre = null) => (centre ?? _centre).Catalogue.FormList.Single(f => f.Indicators.Any(c => c.Code == indicator)).Code;

    /// <summary>A centre whose clock begins so long ago that the same week of last year is due, and not so long that its keys have ended.</summary>
    private sealed class OldCentre(DateTimeOffset now) : IAsyncDisposable
    {
        public Centre Centre { get; } = new(now);

        public async Task<OldCentre> StartedAsync()
        {
            await Centre.InitializeAsync();
            return this;
        }

        public ValueTask DisposeAsync() => Centre.DisposeAsync();
    }
}
