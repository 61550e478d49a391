using System.Collections.Immutable;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using Measure = IocDashboard.Domain.Reporting.Timeliness;

namespace IocDashboard.Components.Tests.Wall.Discipline;

/// <summary>The floods' board with measures of the thirty days before: every state that the discipline scene shows.</summary>
internal static class DisciplineBoards
{
    private static DateOnly Today => Boards.Time.DayOf(Boards.Now);

    public static BoardState Floods() => Boards.Floods() with { Discipline = Measured() };

    /// <summary>Every form's agency and every district owed something; the figures are of all levels.</summary>
    public static ReportingDiscipline Measured() => new(
        Boards.Now.AddMinutes(-4), Today, new(1284, 1082, 115, 87),
        [.. Boards.Catalogue.FormList.Select(f => f.Agency).Concat(Boards.Catalogue.AreaList.Where(a => a.IsDistrict).Select(a => a.Code)).Distinct().Select(AgencyOf)],
        [.. Enumerable.Range(1, 30).Select(day => new DateOnly(2021, 11, day)).Select(DayOf)],
        [
            Due("SYT-D", "2021-11-17", 17), Due("SGDDT-D", "2021-11-18", 17), Due("STTTT-D", "2021-11-17", 17), Due("CAT-D", "2021-11-17", 17),
            Due("STC-M", "2021-10", 16), Due("CTK-M", "2021-11", 23),
        ]);

    public static OpenReport Urged(string form, string period, params UrgingMark[] letters) => Boards.Report(form, period) with { Pursuit = new(new([]), new(letters), null) };

    public static OpenReport Told(string form, string period, string step, DateTimeOffset at, params Audience[] to) =>
        Boards.Report(form, period) with { Pursuit = new(new([new LadderMark(step, at, new(to), StepOutcome.Told, null)]), new([]), null) };

    public static UrgingMark Letter(int time, DateTimeOffset at, string to = "Nguyễn Văn Bình") =>
        new(Guid.Empty, time, UrgingLevel.Head, at, to, at.AddDays(2), null, null, null);

    public static BoardState With(params OpenReport[] reports) =>
        Boards.Silent() with { Reports = reports.ToImmutableDictionary(r => r.Id) };

    private static AgencyDiscipline AgencyOf(string agency, int index) => new(
        agency, index % 11 == 10 ? new(3, 0, 1, 2) : new Measure(50, 50 - (index % 9 * 2), index % 9, index % 9), index % 7 == 0 ? Measure.None : new(50, 45, 3, 2));

    private static DisciplineDay DayOf(DateOnly day) => new(
        day, Boards.Catalogue.Calendar.IsWorkingDay(day), day > Today ? Measure.None : day.Day switch
        {
            5 => new(40, 33, 4, 3), 15 => new(42, 29, 8, 5), 16 => new(40, 36, 4, 0), 13 => Measure.None, _ => new(40, 39, 1, 0),
        },
        day < Today ? 0 : day.DayOfWeek == DayOfWeek.Sunday ? 0 : 38);

    private static DueReport Due(string form, string period, int hour)
    {
        var agency = form.Split('-')[0];
        return new(ReportKey.Of(form, agency, ReportingPeriod.Parse(period)), form, agency, period, new(Today.ToDateTime(new(hour, 0)), TimeSpan.FromHours(7)));
    }
}
