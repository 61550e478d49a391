using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Portal.PortalText;

namespace IocDashboard.Web.Surfaces.Portal.Calendar;

/// <summary>An agency's deadlines by day: reports that are opened, those that will be, and what was asked out of any rhythm. Reads nothing itself.</summary>
public sealed class DueCalendar(CatalogueSnapshot catalogue, string agency, DateTimeOffset now, ProvinceTime time, CultureInfo culture)
{
    private readonly Dictionary<(CatalogueSnapshot Then, string Form), string> _titles = [];

    /// <param name="reports">At least all that fall due or are to be mended in these months; others are left out.</param>
    public ImmutableArray<DueMonth> Of(ReportingPeriod first, int months, IReadOnlyCollection<Report> reports, IEnumerable<DeskRequest> requests)
    {
        var (from, before) = (time.StartOf(first.FirstDay), time.StartOf(first.FirstDay.AddMonths(months)));
        var open = reports.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var items = reports.Where(r => catalogue.At(r.Period.FirstDay).Forms.ContainsKey(r.Form)).SelectMany(ItemsOf)
            .Concat(PlannedReports.Of(catalogue, agency, open.Contains, from > now ? from : now, before, time).Select(ItemOf))
            .Concat(requests.Where(r => r.Request.WithdrawnAt is null).Select(ItemOf))
            .ToLookup(i => time.DayOf(i.At));
        var found = ImmutableArray.CreateBuilder<DueMonth>(months);
        for (var month = first; months-- > 0; month = month.Next)
        {
            var calendar = catalogue.CalendarOf(agency);
            var days = Enumerable.Range(0, month.LastDay.Day).Select(d => month.FirstDay.AddDays(d));
            found.Add(new(month, [.. days.Select(d => new DueDay(d, calendar.IsWorkingDay(d), [.. items[d].OrderBy(i => i.At).ThenBy(i => i.Code, StringComparer.Ordinal)]))]));
        }

        return found.MoveToImmutable();
    }

    /// <summary>A report on its own day, or on the day to mend it by; and once more where it is to come again.</summary>
    private IEnumerable<DueItem> ItemsOf(Report report)
    {
        var own = Obligation.StateAt(report with { UpdateOwed = null }, now);
        var returned = own == ObligationState.Returned && report.MendBy is not null;
        var label = ShortOf(report.Period);
        yield return ItemOf(report, own, returned ? report.MendBy!.Value : report.DueAt, returned ? T("Cal.Mend", label) : label);
        if (report.UpdateDue is { } update && own != ObligationState.Locked)
            yield return ItemOf(report, Obligation.StateAt(report, now), update.DueAt, T("Cal.Update", label));
    }

    private DueItem ItemOf(Report report, ObligationState state, DateTimeOffset at, string label) => new(
        at, report.Form, TitleOf(report.Form, report.Period), PeriodText.Long(report.Period, culture), label, PortalLinks.Sheet(report), state, MarkOf(state, report.SubmittedAt is not null), null);

    private DueItem ItemOf(ReportOpened planned)
    {
        var period = ReportingPeriod.Parse(planned.Period);
        return new(planned.DueAt, planned.Form, TitleOf(planned.Form, period), PeriodText.Long(period, culture), ShortOf(period), null, ObligationState.Upcoming, DueMark.Coming, null);
    }

    private DueItem ItemOf(DeskRequest desk)
    {
        var (request, asked) = (desk.Request, desk.Asked);
        var state = asked.StateAt(now);
        return new(
            asked.ActBy, request.Number, request.Title, T("Cal.AdHoc"), T("Cal.AdHoc"), PortalLinks.Request(request.Number), state,
            MarkOf(state, asked.AnsweredAt is not null), asked.State);
    }

    /// <summary>As the form was called in that period: it may be retired since, or ask something else.</summary>
    private string TitleOf(string form, ReportingPeriod period)
    {
        var then = catalogue.At(period.FirstDay);
        if (!_titles.TryGetValue((then, form), out var title)) _titles[(then, form)] = title = FormTitle.Of(then.Forms[form], then, culture);
        return title;
    }

    private string ShortOf(ReportingPeriod period) => PeriodText.Short(period, time.DayOf(now), culture);

    private static DueMark MarkOf(ObligationState state, bool wasSent) => state switch
    {
        ObligationState.Returned or ObligationState.Overdue or ObligationState.DueSoon => DueMark.Hot,
        ObligationState.Open or ObligationState.Draft => DueMark.Open,
        ObligationState.Upcoming => DueMark.Coming,
        ObligationState.Locked when !wasSent => DueMark.Lost,
        _ => DueMark.Done,
    };
}
