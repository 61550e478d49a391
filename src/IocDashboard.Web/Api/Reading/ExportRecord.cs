using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Api.Reading;

/// <summary>Figures that leave as a table are on the audit trail: who, which question, how many rows. Written before they are sent.</summary>
internal static class ExportRecord
{
    private const int MostOfTheQuestion = 1_000;

    /// <param name="http">Its query was read, so it holds nothing but the parameters that exist.</param>
    public static Task WriteAsync(this AuditTrail audit, HttpContext http, string format, int rows, CancellationToken cancellation)
    {
        var question = http.Request.QueryString.Value ?? "";
        return audit.RecordAsync(
            AuditActions.FiguresExported, question.Length > MostOfTheQuestion ? question[..MostOfTheQuestion] + "…" : question, AuditOutcome.Done,
            after: new() { ["format"] = format, ["rows"] = rows }, cancellation: cancellation);
    }
}
