using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Portal;

/// <summary>Addresses within the portal.</summary>
public static class PortalLinks
{
    public const string Root = "/portal", Forms = Root + "/forms", Results = Root + "/results";

    public static string Request(string number) => $"{Root}/requests/{Uri.EscapeDataString(number)}";

    public static string Sheet(Report report) => $"{Root}/reports/{Uri.EscapeDataString(report.Form)}/{report.Period}";
}
