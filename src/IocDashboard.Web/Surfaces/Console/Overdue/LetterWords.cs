using System.Globalization;
using System.Resources;
using System.Text;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

/// <summary>
/// What a letter of urging says before anybody writes into it: what is owed since when, what was asked and promised before, on which
/// clauses it rests and by when to answer. From <c>LetterWords.resx</c>; letters between authorities are Vietnamese, whatever language
/// their sender reads.
/// </summary>
public sealed class LetterWords(CatalogueSnapshot catalogue, ProvinceTime time, DateTimeOffset now)
{
    private static readonly ResourceManager Resources = new(typeof(LetterWords));
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>What a head of an agency is called in a letter.</summary>
    public static string Head => Word("Head");

    public (string Subject, string Text) Of(LetterDraft draft)
    {
        var text = new StringBuilder();
        var sender = Word(draft.IsOffice ? "Office" : "Centre");
        Line(text, "To", draft.Reports[0].Agency.Name.In(Vietnamese));
        if (draft.Reports is [var only])
            text.Append(SentenceOf(only, sender)).Append("\n\n");
        else
        {
            Line(text, "Many", At(now), sender, draft.Reports.Length);
            for (var i = 0; i < draft.Reports.Length; i++)
                text.Append(ItemOf(i + 1, draft.Reports[i])).Append('\n');
            text.Append('\n');
        }

        if (draft.Reports.Select(r => r.Pursuit.LastUrging).OfType<UrgingMark>().MaxBy(u => u.SentAt) is { } last)
            Line(text, last.PromisedFor is null ? "Before" : "Before.Promised", draft.Time, At(last.SentAt), last.PromisedFor is { } day ? day.ToString("dd/MM/yyyy", Vietnamese) : "");
        Line(text, draft.IsOffice ? "Ask.Office" : "Ask.Centre", At(draft.AnswerBy));
        return (
            draft.Reports is [var one] ? Word(draft.Time > 1 ? "Subject.One.Again" : "Subject.One", TitleOf(one), draft.Time) : Word(draft.Time > 1 ? "Subject.Many.Again" : "Subject.Many", draft.Reports.Length, draft.Time),
            text.ToString().TrimEnd());
    }

    /// <summary>What was received and sent back is not said to be missing.</summary>
    private string SentenceOf(OpenReport report, string sender) => report switch
    {
        { State: ReportState.Returned, MendBy: { } by } => Word("One.Returned.By", At(now), TitleOf(report), sender, At(by)),
        { State: ReportState.Returned } => Word("One.Returned", At(now), TitleOf(report), sender),
        { Update: { } update } => Word("One.Changed", At(now), TitleOf(report), At(update.ChangedAt), At(report.DueAt), OverdueOf(report)),
        _ => Word("One", At(now), sender, TitleOf(report), At(report.DueAt), OverdueOf(report)),
    };

    private string ItemOf(int number, OpenReport report) => report switch
    {
        { State: ReportState.Returned, MendBy: { } by } => Word("Item.Returned.By", number, TitleOf(report), At(by)),
        { State: ReportState.Returned } => Word("Item.Returned", number, TitleOf(report)),
        { Update: { } update } => Word("Item.Changed", number, TitleOf(report), At(update.ChangedAt), At(report.DueAt), OverdueOf(report)),
        _ => Word("Item", number, TitleOf(report), At(report.DueAt), OverdueOf(report)),
    };

    private string TitleOf(OpenReport report) => $"{FormTitle.Of(report.Form, catalogue.At(report.Period.FirstDay), Vietnamese)}, {PeriodText.Long(report.Period, Vietnamese)} ({report.Form.Code})";

    /// <summary>Empty while the deadline lies ahead.</summary>
    private string OverdueOf(OpenReport report)
    {
        if (now <= report.DueAt) return "";
        var days = ReportRows.WorkingDays(catalogue.CalendarOf(report.Agency.Code), time.DayOf(report.DueAt), time.DayOf(now));
        return days > 0 ? Word("Overdue.Days", days) : Word("Overdue.Hours", AgeScale.Words(now - report.DueAt, Vietnamese));
    }

    private string At(DateTimeOffset instant) => Word("At", time.Local(instant));

    private static void Line(StringBuilder text, string name, params object[] values) => text.Append(Word(name, values)).Append("\n\n");

    private static string Word(string name, params object[] values) =>
        string.Format(Vietnamese, Resources.GetString(name, CultureInfo.InvariantCulture) ?? throw new ArgumentException($"No text named {name}.", nameof(name)), values);
}
