using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Observations;

/// <summary>The letter by which table <c>observation</c> names a rhythm: D W M Q S Y.</summary>
public static class PeriodLetter
{
    /// <summary>The period of the letter's rhythm that contains the day.</summary>
    public static ReportingPeriod PeriodOf(char letter, DateOnly day) => ReportingPeriod.Containing(
        letter switch
        {
            'D' => Rhythm.Daily,
            'W' => Rhythm.Weekly,
            'M' => Rhythm.Monthly,
            'Q' => Rhythm.Quarterly,
            'S' => Rhythm.HalfYearly,
            'Y' => Rhythm.Yearly,
            _ => throw new ArgumentOutOfRangeException(nameof(letter), letter, "Not a rhythm of reports."),
        }, day);
}
