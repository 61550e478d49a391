using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Tests.Reporting.Calendar;

namespace IocDashboard.Integration.Tests.Escalation;

/// <summary>One step that a report has before it, or had.</summary>
internal sealed record SlowStep(LadderStep Step, DateTimeOffset At)
{
    /// <summary>Of a report that was sent back.</summary>
    public const string Mend = "mend";

    public bool IsDone { get; set; }

    public bool IsMend => Step.Code == Mend;
}

/// <summary>What the model knows of one report.</summary>
internal sealed class SlowReport(string id, Form form, string period, string[] rules)
{
    public string Id => id;
    public Form Form => form;
    public string Period => period;
    public string[] Rules => rules;
    public DateTimeOffset OpensAt { get; init; }
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset LockAt { get; set; }
    public DateTimeOffset? SubmittedAt { get; set; }
    public bool IsOverdue { get; set; }
    public bool IsLocked { get; set; }
    public bool IsExcused { get; set; }
    public bool IsFollowed { get; set; }

    /// <summary>Sent back, and not mended yet.</summary>
    public bool IsReturned { get; set; }

    /// <summary>Settled with its first complete submission.</summary>
    public Punctuality? Settled { get; set; }
    public (DateTimeOffset DueAt, DateTimeOffset Since)? Planned { get; set; }
    public List<SlowStep> Steps { get; } = [];

    /// <summary>What must stand in its history, in order, besides openings and submissions.</summary>
    public List<string> Said { get; } = [];

    public bool IsOwed => SubmittedAt is null && !IsLocked;
}

/// <summary>
/// The reference model of obligations: it walks over all reports at each act, however many, and remembers nothing but what was done.
/// Deadlines come from <see cref="SlowCalendar"/>; forms, rules and ladders are its data.
/// </summary>
internal sealed class SlowCentre(IReadOnlyList<Form> forms, Func<Form, string[]> rulesOf, List<SlowDay> calendar, int periodsAhead)
{
    public SortedDictionary<string, SlowReport> Reports { get; } = new(StringComparer.Ordinal);

    /// <summary>When, to whom, about whose reports, of which kind: which reports.</summary>
    public SortedDictionary<string, SortedSet<string>> Notices { get; } = new(StringComparer.Ordinal);

    public void Enter(SlowDay day) => calendar.Add(day);

    /// <summary>From the first whole period of each assignment through so many after the one that is running.</summary>
    public void Open(DateTimeOffset now)
    {
        foreach (var form in forms)
        {
            var days = new List<string>();
            var ahead = -1;
            for (var day = form.AssignedFrom; ahead < periodsAhead; day = day.AddDays(1))
            {
                var period = SlowPeriods.Of(NameOf(form.Rhythm), day);
                if (SlowPeriods.Days(period)[0] != day) continue;
                if (SlowCalendar.At(day, TimeOnly.MinValue) > now) ahead = Math.Max(ahead, 0) + 1;
                days.Add(period);
            }

            foreach (var period in days)
            {
                var id = $"{form.Code}/{form.Agency}/{period}";
                if (Reports.ContainsKey(id)) continue;
                var rules = rulesOf(form);
                var due = Due(form, rules, period, now);
                Reports[id] = new(id, form, period, rules)
                {
                    OpensAt = SlowCalendar.At(rules.Min(r => SlowCalendar.Covers(r, period).First), TimeOnly.MinValue), DueAt = due, LockAt = due.AddDays(Grace(form.Rhythm)),
                };
            }
        }
    }

    /// <summary>Nobody is late for a day that they could not know of: where it would have struck already, a deadline stays.</summary>
    public void Reschedule(DateTimeOffset now)
    {
        foreach (var report in Reports.Values.Where(r => r.IsOwed && !r.IsOverdue && r.DueAt > now))
        {
            var due = Due(report.Form, report.Rules, report.Period, now);
            if (due == report.DueAt || due <= now) continue;
            report.LockAt += due - report.DueAt;
            report.DueAt = due;
            report.Said.Add($"moved to {due:O}");
        }

        Plan(now);
    }

    public void Sweep(DateTimeOffset now)
    {
        foreach (var report in Reports.Values.Where(r => !r.IsLocked))
        {
            if (now >= report.DueAt && !report.IsExcused) FallOverdue(report);
            if (now < report.LockAt) continue;
            report.IsLocked = true;
            report.Said.Add($"locked at {report.LockAt:O}");
        }
    }

    /// <returns>Whether it is let in.</returns>
    public bool Submit(SlowReport report, bool complete, DateTimeOffset now)
    {
        if (report.IsLocked || now >= report.LockAt || now < report.OpensAt) return false;
        if (now > report.DueAt && !report.IsExcused) FallOverdue(report);
        if (!complete) return true;
        report.IsReturned = report.IsFollowed = false;
        if (report.SubmittedAt is not null) return true;
        report.SubmittedAt = now;
        report.Settled = now <= report.DueAt ? Punctuality.OnTime : Punctuality.Late;
        return true;
    }

    /// <summary>What was received needs none; where a lock fell into it, its end finds the deadline that passed. So for each of these: whether it is let in.</summary>
    public static bool Excuse(SlowReport report)
    {
        if (report.SubmittedAt is not null || report.IsExcused) return false;
        return report.IsExcused = true;
    }

    public static bool EndExcuse(SlowReport report)
    {
        if (!report.IsExcused) return false;
        report.IsExcused = false;
        if (report.IsLocked) FallOverdue(report);
        return true;
    }

    public static bool TakeOver(SlowReport report, DateTimeOffset now)
    {
        var isOwed = !report.IsExcused && IsOpen(report, now) && (report.SubmittedAt is null || report.IsReturned);
        if (!isOwed || report.IsFollowed) return false;
        return report.IsFollowed = true;
    }

    public static bool HandBack(SlowReport report)
    {
        if (!report.IsFollowed) return false;
        report.IsFollowed = false;
        return true;
    }

    /// <summary>The day to mend it by takes the place of one that is still to come; of one that has passed somebody was told.</summary>
    public static bool Return(SlowReport report, DateTimeOffset? mendBy, DateTimeOffset now)
    {
        if (report.SubmittedAt is null || report.IsReturned || !IsOpen(report, now)) return false;
        report.IsReturned = true;
        report.Steps.RemoveAll(s => s.IsMend && !s.IsDone);
        if (mendBy is { } at) report.Steps.Add(new(new(SlowStep.Mend, 0, null, [Audience.Reporters, Audience.Head]), at));
        return true;
    }

    private static bool IsOpen(SlowReport report, DateTimeOffset now) => !report.IsLocked && now < report.LockAt && now >= report.OpensAt;

    /// <summary>Each report tells by the highest step whose instant has come and that is not over, each reader hears once of an agency's reports.</summary>
    public void Take(DateTimeOffset now)
    {
        foreach (var report in Reports.Values)
        {
            var due = report.Steps.Where(s => !s.IsDone && s.At <= now).OrderBy(s => s.At).ToList();
            foreach (var step in due) step.IsDone = true;
            if (report.IsLocked || report.IsExcused || report.IsFollowed) continue;
            if (due.LastOrDefault(s => s.IsMend ? report.IsReturned : report.SubmittedAt is null) is not var (told, at)) continue;
            var kind = at < report.DueAt && told.Code != SlowStep.Mend ? NoticeKind.Reminder : NoticeKind.Escalation;
            report.Said.Add($"{kind} {told.Code} of {at:O}");
            foreach (var reader in told.To.Select(to => to switch { Audience.Centre => "IOC", Audience.Office => "VPUBND", Audience.Leadership => "UBND", _ => report.Form.Agency }).Distinct())
            {
                var notice = $"{now:O} {reader} {report.Form.Agency} {kind}";
                if (!Notices.TryGetValue(notice, out var items)) Notices[notice] = items = new(StringComparer.Ordinal);
                items.Add(report.Id);
            }
        }
    }

    /// <summary>Steps to come are laid out anew when the deadline has moved or the calendar has changed since; none is laid into the past.</summary>
    private void Plan(DateTimeOffset now)
    {
        var since = calendar.Max(d => d.RecordedAt);
        foreach (var report in Reports.Values.Where(r => r.IsOwed && (r.DueAt > now || r.Planned is not null) && r.Planned != (r.DueAt, since)))
        {
            report.Steps.RemoveAll(s => !s.IsDone && s.At > now);
            foreach (var step in Ladder.Usual(report.Form.Rhythm).Steps)
            {
                var at = new SlowCalendar(calendar, report.Form.Agency, now).StepAt(report.DueAt, step.WorkingDays, step.At);
                if (at > now && report.Steps.All(s => s.Step.Code != step.Code)) report.Steps.Add(new(step, at));
            }

            report.Planned = (report.DueAt, since);
        }
    }

    private DateTimeOffset Due(Form form, string[] rules, string period, DateTimeOffset now) =>
        rules.Max(r => new SlowCalendar(calendar, form.Agency, now).DueAt(r, period));

    private static void FallOverdue(SlowReport report)
    {
        if (report.IsOverdue || report.SubmittedAt is not null) return;
        report.IsOverdue = true;
        report.Said.Add($"overdue at {report.DueAt:O}");
    }

    private static string NameOf(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Daily => "day", Rhythm.Weekly => "week", Rhythm.Monthly => "month", Rhythm.Quarterly => "quarter", Rhythm.HalfYearly => "half", _ => "year",
    };

    private static int Grace(Rhythm rhythm) => rhythm switch { Rhythm.Daily => 30, Rhythm.Weekly => 60, Rhythm.Monthly => 90, Rhythm.Quarterly => 180, _ => 365 };
}
