using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Demo.History;

/// <summary>
/// The life of each report until now, as its events: opened, received in time or late or not at all, verified or returned,
/// revised, locked. Deadlines are those of the domain; only who keeps them is made up.
/// </summary>
internal sealed class ReportStory(Stage stage)
{
    public IEnumerable<Happening> Of(Form form)
    {
        var opened = Opened(form).ToList();
        var due = opened.Where(o => o.DueAt <= stage.Now).OrderByDescending(o => o.DueAt).ToList();
        var silent = due.Take(Habits.SilentPeriods(form)).ToHashSet();
        var returned = Habits.IsReturned(form) ? due.FirstOrDefault() : null;
        return opened.SelectMany(o => new ReportLife(stage, form, o, silent.Contains(o), o == returned).Tell());
    }

    /// <summary>Owed since the assignment, and open by now.</summary>
    private IEnumerable<ReportOpened> Opened(Form form)
    {
        var period = ReportingPeriod.Containing(form.Rhythm, form.AssignedFrom);
        if (period.FirstDay < form.AssignedFrom) period = period.Next;
        while (true)
        {
            var opened = ReportSchedule.Open(form, period, stage.Catalogue.Indicators, stage.Catalogue.CalendarOf(form.Agency), stage.Time, stage.Now);
            if (opened.OpensAt > stage.Now) yield break;
            yield return opened with { OpenedAt = opened.OpensAt };
            period = period.Next;
        }
    }
}
