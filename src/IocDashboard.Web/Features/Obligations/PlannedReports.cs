using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.Obligations;

/// <summary>
/// Reports that an agency will owe and that are not opened yet: <see cref="OpenObligations"/> looks three periods ahead, a calendar further.
/// Reckoned from forms, deadline rules and the working calendar as they are now; nothing is read.
/// </summary>
public static class PlannedReports
{
    /// <param name="isOpen">Whether the report of this key is opened already.</param>
    /// <returns>Due at or after <paramref name="from"/> and before <paramref name="before"/>, form by form.</returns>
    public static IEnumerable<ReportOpened> Of(
        CatalogueSnapshot catalogue, string agency, Func<string, bool> isOpen, DateTimeOffset from, DateTimeOffset before, ProvinceTime time)
    {
        foreach (var form in catalogue.FormList.Where(f => f.Agency == agency))
        {
            // A period is due within itself or after its end, never before it begins.
            for (var period = ReportingPeriod.Containing(form.Rhythm, time.DayOf(from)).Previous; time.StartOf(period.FirstDay) < before; period = period.Next)
            {
                if (period.FirstDay < form.AssignedFrom || isOpen(ReportKey.Of(form.Code, agency, period))) continue;
                var then = catalogue.At(period.FirstDay);
                if (!then.Forms.TryGetValue(form.Code, out var asked) || asked.Indicators.IsEmpty) continue;
                var planned = ReportSchedule.Open(asked, period, then.Indicators, then.Calendar, time, from, then.TermsOf(form.Code));
                if (planned.DueAt >= from && planned.DueAt < before) yield return planned;
            }
        }
    }
}
