using System.Collections.Frozen;
using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue.Import;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// From when forms are owed on a database that is filled for the first time. The last registration counts; the demonstration asks
/// for the length of its history.
/// </summary>
/// <param name="MonthsBefore">From the first day of the month that lies so many before the current one; null: from now on, see <see cref="Now"/>.</param>
public sealed record FirstAssignment(int? MonthsBefore)
{
    /// <summary>Null: the assignment names no day, and begins now.</summary>
    public DateOnly? From(DateOnly today) => MonthsBefore is { } months ? new DateOnly(today.Year, today.Month, 1).AddMonths(-months) : null;

    /// <summary>
    /// The forms of the set, each owed from the period that is running: one that ended, or was due, before the centre knew the form
    /// would be overdue the moment it opened, and nobody had been asked for it. An operator who wants earlier ones names the day:
    /// <c>./ioc import --assigned-from</c>.
    /// </summary>
    internal static ImmutableArray<Form> Now(ReferenceSet set, ImmutableArray<Indicator> indicators, ProvinceTime time, DateTimeOffset now)
    {
        var byCode = indicators.ToFrozenDictionary(i => i.Code, StringComparer.Ordinal);
        var calendar = new WorkingCalendar(set.Calendar);
        return [.. set.Forms.Select(form => form with { AssignedFrom = ReportSchedule.FirstOwed(form, byCode, calendar, time, now).FirstDay })];
    }
}
