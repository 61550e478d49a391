using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Demo.Figures;
using IocDashboard.Web.Features;

namespace IocDashboard.Web.Demo.History;

/// <summary>One report, from its opening until now. <paramref name="isSilent"/>: never sent; <paramref name="isReturned"/>: sent, and returned since.</summary>
internal sealed class ReportLife(Stage stage, Form form, ReportOpened opened, bool isSilent, bool isReturned)
{
    /// <summary>Daily reports that are older were received without being verified one by one.</summary>
    private static readonly TimeSpan DailyVerification = TimeSpan.FromDays(120);

    /// <summary>Ids of the messages of illustrative history begin with it.</summary>
    public const string MessagePrefix = "illustrative-";

    private readonly ReportingPeriod _period = ReportingPeriod.Parse(opened.Period);
    private readonly string _key = ReportKey.Of(form.Code, form.Agency, ReportingPeriod.Parse(opened.Period));
    private readonly ulong _seed = Noise.Seed(form.Code, opened.Period);
    private readonly List<Happening> _told = [];

    private DateTimeOffset Now => stage.Now;

    public IEnumerable<Happening> Tell()
    {
        Add(opened.OpensAt, () => opened);
        var received = Receipt();
        if (opened.DueAt <= Now && !(received <= opened.DueAt))
            Add(opened.DueAt.AddMilliseconds(400), () => new ReportFellOverdue(opened.DueAt, opened.DueAt.AddMilliseconds(400)));
        if (received is { } at && at <= Now) Submitted(at);
        if (opened.LockAt is { } lockAt && lockAt <= Now) Add(lockAt, () => new ReportLocked(lockAt));
        return _told;
    }

    private void Submitted(DateTimeOffset at)
    {
        var punctuality = at <= opened.DueAt ? Punctuality.OnTime : Punctuality.Late;
        Submit(1, at, punctuality);
        if (isReturned || Chance(3) < 0.02)
        {
            var returned = at + Span(4, TimeSpan.FromHours(1), Habits.LongestDelay(form.Rhythm) / 4);
            if (!Allowed(returned)) return;
            var column = form.Indicators[0];
            Add(returned, () => new ReportReturned(1, [new(column.Code, column.Areas[^1], DemoTexts.Vietnamese("ReturnReason"))], "truc.ban", returned));
            var again = returned + Span(5, TimeSpan.FromHours(1), Habits.LongestDelay(form.Rhythm) / 3);
            if (isReturned || !Allowed(again)) return;
            Submit(2, again, punctuality);
            Verify(2, again);
            return;
        }

        var verified = Verify(1, at);
        if (form.Agency != "CTK" && Chance(6) > 0.06) return;
        var revised = verified + Span(7, TimeSpan.FromHours(12), Habits.LongestDelay(form.Rhythm) * 1.5);
        if (!Allowed(revised)) return;
        Submit(2, revised, punctuality);
        Verify(2, revised);
    }

    private void Submit(int revision, DateTimeOffset at, Punctuality punctuality) => Add(at, () => new ReportSubmitted(
        Guid.CreateVersion7(at), $"{MessagePrefix}{_key}-{revision}", revision, Complete: true, ReportValues.Draw(stage, form, _period, revision), punctuality, form.Agency, "illustrative", at));

    /// <returns>When it was verified, or would have been.</returns>
    private DateTimeOffset Verify(int revision, DateTimeOffset received)
    {
        var at = received + Span(8 + revision, TimeSpan.FromMinutes(20), form.Rhythm == Rhythm.Daily ? TimeSpan.FromHours(5) : TimeSpan.FromHours(40));
        var isLookedAt = form.Rhythm != Rhythm.Daily || Now - at < DailyVerification;
        if (isLookedAt && Allowed(at) && Chance(10) < 0.94) Add(at, () => new ReportVerified(revision, "truc.ban", at));
        return at;
    }

    /// <summary>When the report arrives, if ever; null when it has not been sent by now.</summary>
    private DateTimeOffset? Receipt()
    {
        if (isSilent || Chance(0) > 0.997) return null;
        var (_, last) = DeadlineRule.Parse(stage.Catalogue.Indicators[form.Indicators[0].Code].DeadlineRule).Covers(_period);
        var ended = stage.Time.StartOf(last.AddDays(1));
        // A figure that is due before its period ends is an estimate.
        var earliest = ended < opened.DueAt ? ended : opened.DueAt.AddDays(-4);
        if (Chance(1) > Habits.Reliability(form.Agency))
        {
            var late = opened.DueAt + Span(2, TimeSpan.FromMinutes(6), Habits.LongestDelay(form.Rhythm));
            return opened.LockAt <= late ? null : late;
        }

        var room = opened.DueAt - earliest;
        var lead = Habits.LongestLead(form.Rhythm) < room * 0.9 ? Habits.LongestLead(form.Rhythm) : room * 0.9;
        return Micros.Truncate(opened.DueAt - (lead * Math.Pow(Chance(2), 1.6)) - TimeSpan.FromSeconds(50));
    }

    private bool Allowed(DateTimeOffset at) => at <= Now && !(opened.LockAt <= at);

    private void Add(DateTimeOffset at, Func<object> @event) => _told.Add(new(at, _key, @event));

    private double Chance(int die) => Noise.Uniform(_seed, die);

    private TimeSpan Span(int die, TimeSpan least, TimeSpan most)
    {
        var drawn = least + ((most - least) * Math.Pow(Chance(die), 2));
        return TimeSpan.FromMilliseconds(Math.Floor(drawn.TotalMilliseconds));
    }
}
