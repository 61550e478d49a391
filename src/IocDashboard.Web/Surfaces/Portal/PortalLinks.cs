using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>Addresses within the portal.</summary>
public static class PortalLinks
{
    public const string Root = "/portal", Forms = Root + "/forms", Results = Root + "/results";

    public static string Request(string number) => $"{Root}/requests/{Uri.EscapeDataString(number)}";

    /// <summary>All periods of one form.</summary>
    public static string Form(string code) => $"{Forms}?form={Uri.EscapeDataString(code)}";

    public static string Sheet(Report report) => $"{Root}/reports/{Uri.EscapeDataString(report.Form)}/{report.Period}";
}
