using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>Addresses within the portal.</summary>
public static class PortalLinks
{
    public const string Root = "/portal", Forms = Root + "/forms", Results = Root + "/results", Calendar = Root + "/calendar", Notices = Root + "/notices",
        Urgings = Root + "/urgings";

    public static string Request(string number) => $"{Root}/requests/{Uri.EscapeDataString(number)}";

    /// <summary>The calendar of a year, with the month in words that a day lies in.</summary>
    public static string Month(DateOnly day) => $"{Calendar}?month={ReportingPeriod.Containing(Rhythm.Monthly, day)}";

    public static string Year(int year) => $"{Calendar}?year={year.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>All periods of one form.</summary>
    public static string Form(string code) => $"{Forms}?form={Uri.EscapeDataString(code)}";

    public static string Sheet(Report report) => $"{Root}/reports/{Uri.EscapeDataString(report.Form)}/{report.Period}";
}
