using IocDashboard.Domain.FocalPoints;
using IocDashboard.Web.Surfaces.Console.FocalPoints;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>
/// A letter to a focal point, for the reader's own mail program to open: the centre sends nothing by it. The reader's letter leaves the
/// centre by a way that it does not guard, so a figure of class <em>specific</em> is named and not told.
/// </summary>
internal static class AskMail
{
    /// <summary>Mail programs and the systems that start them cut longer links off; a letter of Vietnamese is three times as long in one.</summary>
    private const int Longest = 1_900;

    public static string LinkTo(Contact contact, ReviewView view, IReadOnlyList<ReviewLine> asked)
    {
        var subject = T("Ver.Mail.Subject", view.Agency, view.Title, view.Period, view.Seen.Report.SubmittedRevision);
        var link = LinkOf(0);
        // Upwards, until it is full: a report may have thousands of cells. The last one stands where it says otherwise that there is one more.
        for (var told = 1; told <= asked.Count; told++)
        {
            var longer = LinkOf(told);
            if (longer.Length <= Longest) link = longer;
            else if (told < asked.Count - 1) break;
        }

        return link;

        string LinkOf(int told) => FocalPointText.MailTo(contact.Email, subject, BodyOf(contact, view, asked, told));
    }

    /// <param name="told">So many of the cells; of the others only that there are some.</param>
    private static string BodyOf(Contact contact, ReviewView view, IReadOnlyList<ReviewLine> asked, int told) => string.Join("\r\n",
    [
        T("Ver.Mail.Dear", contact.Name),
        "",
        T(asked.Count == 0 ? "Ver.Mail.Report" : "Ver.Mail.Cells", view.Title, view.Period, view.Seen.Report.SubmittedRevision),
        .. asked.Take(told).Select((line, i) => $"{i + 1}. {LineOf(line)}"),
        .. asked.Count > told ? [T("Ver.Mail.More", asked.Count - told)] : Array.Empty<string>(),
    ]);

    private static string LineOf(ReviewLine line) => line.IsSpecific
        ? $"{line.Indicator}, {line.Name}"
        : T("Ver.Mail.Cell", line.Indicator, line.Name, $"{line.Value} {line.Unit}".TrimEnd(), line.Previous, line.LastYear, line.Range);
}
