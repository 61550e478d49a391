using System.Diagnostics.CodeAnalysis;

namespace IocDashboard.Domain.Reporting;

/// <summary>The key of a report and of its stream: <c>FORM/AGENCY/PERIOD</c>, as in <c>SKHDT-M/SKHDT/2026-10</c>.</summary>
public static class ReportKey
{
    public static string Of(string form, string agency, ReportingPeriod period) => $"{form}/{agency}/{period}";

    /// <summary>Of a key that the centre itself wrote.</summary>
    public static (string Form, string Agency, ReportingPeriod Period) Parse(string key) =>
        TryParse(key, out var form, out var agency, out var period) ? (form, agency, period) : throw new FormatException($"Not a report's key: {key}");

    public static bool TryParse(
        [NotNullWhen(true)] string? key,
        [NotNullWhen(true)] out string? form, [NotNullWhen(true)] out string? agency, out ReportingPeriod period)
    {
        form = agency = null;
        period = default;
        if (key?.Split('/') is not [{ Length: > 0 } f, { Length: > 0 } a, var p] || !ReportingPeriod.TryParse(p, out period)) return false;
        (form, agency) = (f, a);
        return true;
    }
}
