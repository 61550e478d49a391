using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>
/// Reports that an agency will owe and that are not opened yet: <see cref="OpenObligations"/> looks some periods ahead, a calendar further.
/// Reckoned from forms, deadline rules and the working calendar as they are now; nothing is read.
/// </summary>
public static class PlannedReports
{
    /// <param name="isOpen">Whether the report of this key is opened already.</param>
    /// <returns>Due at or after <paramref name="from"/> and before <paramref name="before"/>, form by form.</returns>
    public static IEnumerable<ReportOpened> Of(
        CatalogueSnapshot catalogue, string agency, Func<string, bool> isOpen, DateTimeOffset from, DateTimeOffset before, ProvinceTime time)
    {
        foreach (var form in Forms())
        {
            // A period is due within itself or after its end, never before it begins.
            for (var period = FirstDue(form); time.StartOf(period.FirstDay) < before; period = period.Next)
            {
                if (isOpen(ReportKey.Of(form.Code, agency, period))) continue;
                if (Plan(form, period) is { } planned && planned.DueAt >= from && planned.DueAt < before) yield return planned;
            }
        }

        // Those too that are decided and begin before the window ends.
        IEnumerable<Form> Forms()
        {
            var (first, last) = (time.DayOf(from), time.DayOf(before));
            return catalogue.Book.Boundaries.Where(b => b > first && b <= last).Select(catalogue.At).Prepend(catalogue)
                .SelectMany(c => c.FormList).Where(f => f.Agency == agency).DistinctBy(f => f.Code);
        }

        // A deadline may lie years after its period's end (end+999bd): one period back is not enough.
        ReportingPeriod FirstDue(Form form)
        {
            var first = ReportingPeriod.Containing(form.Rhythm, time.DayOf(from));
            while (Plan(form, first.Previous)?.DueAt >= from) first = first.Previous;
            return first;
        }

        // Null where nothing is asked.
        ReportOpened? Plan(Form form, ReportingPeriod period)
        {
            if (period.FirstDay < form.AssignedFrom) return null;
            var then = catalogue.At(period.FirstDay);
            return then.Forms.TryGetValue(form.Code, out var asked) && !asked.Indicators.IsEmpty
                ? ReportSchedule.Open(asked, period, then.Indicators, then.CalendarOf(agency), time, from, then.TermsOf(form.Code))
                : null;
        }
    }
}
