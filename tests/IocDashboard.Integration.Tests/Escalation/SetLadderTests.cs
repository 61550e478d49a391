using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Escalation.Mail;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>Who sets a ladder changes what is still to come, at once and for no more than its rhythm.</summary>
public sealed class SetLadderTests : IAsyncLifetime
{
    private static readonly AuditActor Minh = new(AuditActor.Person, "minh", "IOC", "10.1.1.1", null);

    private EscalationHost _at = null!;

    public async ValueTask InitializeAsync() => _at = await EscalationHost.StartAsync();

    public ValueTask DisposeAsync() => _at.DisposeAsync();

    [Fact]
    public async Task NewLadder_MovesWhatIsToCome_AtOnce_WithReasonHistoryAndTrail()
    {
        var others = await _at.ColumnAsync<string>("select report || step || at from report_step where report not like '%-D/%' order by 1");
        var usual = Ladder.Usual(Rhythm.Daily);
        // The centre a day later, the office not at all.
        var wanted = usual with { Steps = [.. usual.Steps.Take(2), usual.Steps[2] with { WorkingDays = 2 }] };

        var preview = await _at.Of<SetLadderHandler>().Preview(wanted, default);
        (await StepsAsync()).ShouldContain(("office", _at.At(30, 8, 30).AddDays(1)), "nothing is kept by a look");
        var outcome = await _at.Of<SetLadderHandler>().Handle(new(wanted, DateTimeOffset.UnixEpoch, "Công văn 12"), Minh, default);

        outcome.Findings.ShouldBeEmpty();
        outcome.Moved.ShouldBe(preview.Moved);
        var climbing = (await _at.ColumnAsync<long>("select count(distinct report) from report_step where report ~ '/[0-9]{4}-[0-9]{2}-[0-9]{2}$' and step = 'centre' and done_at is null")).Single();
        climbing.ShouldBeGreaterThan(1);
        outcome.Moved.ShouldBe((int)climbing);
        (await StepsAsync()).ShouldBe([("remind", _at.At(26, 7)), ("due", _at.At(26, 8)), ("centre", _at.At(30, 8, 30))]);
        (await _at.ColumnAsync<string>("select report || step || at from report_step where report not like '%-D/%' order by 1")).ShouldBe(others, "another rhythm's stay");
        var held = await _at.Of<FindLadders>().Handle(Rhythm.Daily, default);
        held.History.ShouldHaveSingleItem().ShouldSatisfyAllConditions(h => h.By.ShouldBe("minh"), h => h.Reason.ShouldBe("Công văn 12"), h => h.Ladder.Steps.Length.ShouldBe(3));
        (await _at.ColumnAsync<string>("select action || ' ' || subject || ' ' || (after ->> 'reason') from audit_entry where action = 'ladder-set'")).ShouldBe(["ladder-set Daily Công văn 12"]);
    }

    [Fact]
    public async Task OverdueReport_WhoseStepsAreStillToCome_ClimbsTheNewLadder_AndWhatWasToldStaysTold()
    {
        _at.GoTo(26, 9);
        await _at.Host.SweepAsync();
        await _at.TakeAsync();
        var usual = Ladder.Usual(Rhythm.Daily);
        var wanted = usual with { Steps = [usual.Steps[0] with { WorkingDays = -1 }, usual.Steps[1], usual.Steps[2] with { WorkingDays = 2 }, usual.Steps[3]] };

        (await _at.Of<SetLadderHandler>().Handle(new(wanted, DateTimeOffset.UnixEpoch, "Thử"), Minh, default)).Findings.ShouldBeEmpty();

        (await StepsAsync("done_at is not null")).ShouldBe([("remind", _at.At(26, 7)), ("due", _at.At(26, 8))]);
        (await StepsAsync("done_at is null")).ShouldBe([("centre", _at.At(30, 8, 30)), ("office", _at.At(30, 8, 30).AddDays(1))]);
        // No step of the past comes to life with it.
        _at.GoTo(26, 10);
        (await _at.TakeAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task LadderThatCannotBeUsed_OrWasChangedMeanwhile_OrHasNoReason_IsRefusedByItsCode()
    {
        var set = _at.Of<SetLadderHandler>();
        var usual = Ladder.Usual(Rhythm.Daily);
        var other = usual with { Quiet = usual.Quiet with { WorkingDaysOnly = false } };

        (await set.Handle(new(other, DateTimeOffset.UnixEpoch, " "), Minh, default)).Findings.ShouldHaveSingleItem().Code.ShouldBe(SetLadderHandler.NoReason);
        (await set.Handle(new(usual, DateTimeOffset.UnixEpoch, "x"), Minh, default)).Findings.ShouldHaveSingleItem().Code.ShouldBe(SetLadderHandler.Same);
        (await set.Handle(new(other with { Steps = [] }, DateTimeOffset.UnixEpoch, "x"), Minh, default)).Findings.ShouldHaveSingleItem().Code.ShouldBe(LadderRules.NoSteps);
        // Two who have the same ladder before them: one of them sets it.
        var both = await Task.WhenAll(
            set.Handle(new(other, DateTimeOffset.UnixEpoch, "một"), Minh, default),
            set.Handle(new(other with { Steps = [.. other.Steps.Take(2)] }, DateTimeOffset.UnixEpoch, "hai"), Minh, default));
        both.Count(o => o.Findings.Count == 0).ShouldBe(1);
        both.Single(o => o.Findings.Count > 0).Findings.ShouldHaveSingleItem().Code.ShouldBe(SetLadderHandler.ChangedMeanwhile);
        (await _at.ColumnAsync<long>("select count(*) from ladder")).ShouldBe([1]);
    }

    [Fact]
    public async Task ClockThatLags_SetsALadderLaterThanTheOneBefore()
    {
        var usual = Ladder.Usual(Rhythm.Daily);
        (await _at.Of<SetLadderHandler>().Handle(new(usual with { Steps = [.. usual.Steps.Take(2)] }, DateTimeOffset.UnixEpoch, "một"), Minh, default)).Findings.ShouldBeEmpty();
        // Another node's clock may be ahead.
        await _at.ExecuteAsync("update ladder set set_at = set_at + interval '1 minute'");
        var held = await _at.Of<FindLadders>().Handle(Rhythm.Daily, default);

        (await _at.Of<SetLadderHandler>().Handle(new(usual, held.Since, "hai"), Minh, default)).Findings.ShouldBeEmpty();

        (await _at.Of<FindLadders>().Handle(Rhythm.Daily, default)).Ladder.Steps.Length.ShouldBe(4);
        (await StepsAsync()).Select(s => s.Step).ShouldBe(["remind", "due", "centre", "office"]);
    }

    [Fact]
    public async Task OwnWords_StandInTheNotice_InBothLanguages()
    {
        var usual = Ladder.Usual(Rhythm.Daily);
        var texts = new StepTexts(new("{agency}: {count} biểu", "Kính gửi {agency}.\nHạn sớm nhất {due}."), new("{agency}: {count} forms", "Dear {agency},\n{reports}\nthe earliest is due {due}."));
        (await _at.Of<SetLadderHandler>().Handle(new(usual with { Steps = [usual.Steps[0] with { Means = new(true, true, texts) }, .. usual.Steps.Skip(1)] }, DateTimeOffset.UnixEpoch, "x"), Minh, default)).Findings.ShouldBeEmpty();

        _at.GoTo(26, 7);
        await _at.TakeAsync();

        var notice = (await _at.Of<FindNotices>().Handle("SYT", default)).First(n => n.Items.Any(i => i.Report == EscalationHost.Report));
        notice.Texts.ShouldBe(texts);
        var letter = Letters.Of([new(notice.Kind, notice.Agency, [notice.Items.Single(i => i.Report == EscalationHost.Report)], notice.Texts)], _at.Of<CatalogueCache>().Current, _at.Of<ProvinceTime>());
        letter.Subject.ShouldBe("Sở Y tế: 1 biểu");
        letter.Body.ShouldContain("Kính gửi Sở Y tế.\r\nHạn sớm nhất 26/11/2026 08:00.\r\n\r\n– Biểu SYT-D, kỳ 2026-11-25, hạn 26/11/2026 08:00");
        letter.Body.ShouldContain("– Form SYT-D, period 2026-11-25, due 26/11/2026 08:00\r\nthe earliest is due 26/11/2026 08:00.");
        letter.Body.ShouldContain("không phải văn bản đôn đốc");
    }

    [Fact]
    public async Task StepWithoutLetters_WritesNone()
    {
        await using var at = await EscalationHost.StartAsync(new(StringComparer.Ordinal) { ["Ioc:Mail:Host"] = "127.0.0.1", ["Ioc:Mail:Port"] = "9" });
        await at.NameAsync("SYT", "lan@syt.example");
        var usual = Ladder.Usual(Rhythm.Daily);
        (await at.Of<SetLadderHandler>().Handle(new(usual with { Steps = [usual.Steps[0] with { Means = StepMeans.Usual with { ByEmail = false } }, .. usual.Steps.Skip(1)] }, DateTimeOffset.UnixEpoch, "x"), Minh, default)).Findings.ShouldBeEmpty();

        at.GoTo(26, 7);
        await at.TakeAsync();
        (await at.ColumnAsync<long>("select count(*) from notice where channel = 1 and items::text like '%\"remind\"%' and items::text like '%2026-11-25%'")).ShouldBe([0]);
        at.GoTo(26, 8, 1);
        await at.TakeAsync();
        (await at.ColumnAsync<long>("select count(*) from notice where channel = 1 and items::text like '%\"due\"%' and items::text like '%SYT-D/SYT/2026-11-25%'")).ShouldBe([1]);
    }

    private async Task<IReadOnlyList<(string Step, DateTimeOffset At)>> StepsAsync(string where = "true") =>
        [.. (await _at.ColumnAsync<string>($"select step || ' ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from report_step where report = '{EscalationHost.Report}' and {where} order by at"))
            .Select(s => s.Split(' ')).Select(s => (s[0], DateTimeOffset.Parse(s[1], System.Globalization.CultureInfo.InvariantCulture)))];
}
