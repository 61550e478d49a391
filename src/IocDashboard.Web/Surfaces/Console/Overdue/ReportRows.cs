using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.Overview;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overdue;

public enum ReportTab { Overdue, Late, Returned, Soon, All }

/// <summary>Which of them: those whose next step comes today, whose agency has named nobody, that the reader follows in person.</summary>
public enum ReportChip { None, StepToday, NobodyNamed, Mine }

/// <summary>Who looks, and what is known beside the board.</summary>
/// <param name="Unnamed">Agencies without a focal point.</param>
/// <param name="Me">The reader's account.</param>
/// <param name="Letters">Of which agencies they may know whom letters went to and what was answered.</param>
public sealed record ReportReader(IReadOnlySet<string> Unnamed, string Me, AgencyScope Letters)
{
    public static readonly ReportReader Nobody = new(new HashSet<string>(), "", AgencyScope.None);
}

/// <summary>One row of the board, in words.</summary>
/// <param name="Followed">Who follows it in person; null where the ladder does.</param>
public sealed record ReportRow(
    string Id, string Href, FigureState State, string Agency, string Content, string Form, string Period, string Due,
    string Since, string? WorkingDays, string Received, string? Followed, bool CanPursue, ValueList<LadderNode> Ladder);

/// <summary>What the board shows of the reports that a screen knows: overdue worst first, then late, then sent back, then due soon.</summary>
public sealed record ReportRows(ImmutableArray<ReportRow> Rows, int Overdue, int Late, int Returned, int Soon, ImmutableArray<(ReportChip Chip, int Count)> Chips)
{
    public int All => Overdue + Late + Returned + Soon;

    public int Count(ReportTab tab) => tab switch { ReportTab.Overdue => Overdue, ReportTab.Late => Late, ReportTab.Returned => Returned, ReportTab.Soon => Soon, _ => All };

    public static ReportRows Of(
        BoardState board, ReportTab tab, ReportChip chip, string search, ReportReader reader, DateTimeOffset now, DateTimeOffset? asOf, ProvinceTime time, CultureInfo culture)
    {
        var words = PlainText.Words(search);
        var grouped = board.Reports.Values
            .Select(r => (Report: r, Tab: TabOf(r, now))).Where(r => r.Tab is not null)
            .Where(r => words.Length == 0 || PlainText.Matches(TextOf(r.Report, culture), words)).ToList();
        var inTab = grouped.Where(r => tab == ReportTab.All || r.Tab == tab).ToList();
        var shown = inTab.Where(r => IsOf(chip, r.Report, reader, now, time))
            .OrderBy(r => r.Tab).ThenBy(r => OrderOf(r.Report, r.Tab!.Value))
            .ThenBy(r => r.Report.Id, StringComparer.Ordinal)
            .Select(r => RowOf(board, r.Report, r.Tab!.Value, reader, now, asOf, time, culture));
        return new(
            [.. shown], grouped.Count(r => r.Tab == ReportTab.Overdue), grouped.Count(r => r.Tab == ReportTab.Late),
            grouped.Count(r => r.Tab == ReportTab.Returned), grouped.Count(r => r.Tab == ReportTab.Soon),
            [.. new[] { ReportChip.StepToday, ReportChip.NobodyNamed, ReportChip.Mine }.Select(c => (c, inTab.Count(r => IsOf(c, r.Report, reader, now, time))))]);
    }

    private static bool IsOf(ReportChip chip, OpenReport report, ReportReader reader, DateTimeOffset now, ProvinceTime time) => chip switch
    {
        ReportChip.StepToday => report.Pursuit.Next is { } next && time.DayOf(next.At) == time.DayOf(now),
        ReportChip.NobodyNamed => reader.Unnamed.Contains(report.Agency.Code),
        ReportChip.Mine => report.Pursuit.FollowedBy is { } by && string.Equals(by, reader.Me, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    public static ReportTab? TabOf(OpenReport report, DateTimeOffset now) => report switch
    {
        { IsOverdue: true } => ReportTab.Overdue,
        { State: ReportState.Returned } => ReportTab.Returned,
        { IsReceivedLate: true } => ReportTab.Late,
        _ when report.IsDueSoonAt(now) => ReportTab.Soon,
        _ => null,
    };

    /// <summary>The longest overdue first, the last received first, what is to be mended soonest first.</summary>
    private static long OrderOf(OpenReport report, ReportTab tab) => tab switch
    {
        ReportTab.Late => -(report.SubmittedAt ?? report.DueAt).ToUnixTimeSeconds(),
        ReportTab.Returned => report.MendBy?.ToUnixTimeSeconds() ?? long.MaxValue,
        _ => report.DueAt.ToUnixTimeSeconds(),
    };

    private static ReportRow RowOf(BoardState board, OpenReport report, ReportTab tab, ReportReader reader, DateTimeOffset now, DateTimeOffset? asOf, ProvinceTime time, CultureInfo culture)
    {
        var overdue = now - report.DueAt;
        var working = tab == ReportTab.Overdue ? WorkingDays(board.Catalogue.CalendarOf(report.Agency.Code), time.DayOf(report.DueAt), time.DayOf(now)) : 0;
        return new ReportRow(
            report.Id, ConsoleLinks.Report(report.Form.Code, report.Agency.Code, report.Period, asOf),
            tab == ReportTab.Overdue ? AttentionPane.StateOf(overdue) : report.IsMendOverdueAt(now) ? FigureState.Warning : FigureState.Normal,
            report.Agency.ShortName.In(culture), ContentOf(board, report, culture), report.Form.Code, FigureText.PeriodOf(report.Period, culture),
            When(report.DueAt, time),
            tab switch
            {
                ReportTab.Overdue => AgeScale.TwoWords(overdue, culture),
                ReportTab.Late => T("Od.Behind", AgeScale.TwoWords((report.SubmittedAt ?? report.DueAt) - report.DueAt, culture)),
                ReportTab.Returned => MendText(report, now, culture),
                _ => T("Od.Left", AgeScale.TwoWords(-overdue, culture)),
            },
            working > 0 ? T(working == 1 ? "Od.WorkingDay" : "Od.WorkingDays", working) : null,
            ReceivedText(report, time), report.Pursuit.FollowedBy, report.IsPursued && now >= report.OpensAt,
            LadderNodes.Of(report.Pursuit, !reader.Unnamed.Contains(report.Agency.Code), reader.Letters.Covers(report.Agency.Code), now, time));
    }

    private static string ReceivedText(OpenReport report, ProvinceTime time)
    {
        return report switch
        {
            { Update: { } update } => T("Od.ChangedAt", time.Local(update.ChangedAt).ToString("dd/MM", CultureInfo.InvariantCulture)),
            { SubmittedAt: { } at } => T("Od.ReceivedAt", Short(at)),
            _ => T("Od.NotReceived"),
        };

        string Short(DateTimeOffset instant) => time.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);
    }

    private static string MendText(OpenReport report, DateTimeOffset now, CultureInfo culture) => report.MendBy switch
    {
        null => T("Od.Mend.None"),
        { } by when by <= now => T("Od.Mend.Behind", AgeScale.TwoWords(now - by, culture)),
        { } by => T("Od.Mend.Left", AgeScale.TwoWords(by - now, culture)),
    };

    /// <summary>What is in the form: its first indicator, and how many more.</summary>
    internal static string ContentOf(BoardState board, OpenReport report, CultureInfo culture)
    {
        if (report.Form.Indicators.IsEmpty) return report.Form.Code;
        var code = report.Form.Indicators[0].Code;
        var first = board.Catalogue.Indicators.TryGetValue(code, out var indicator) ? indicator.ShortName.In(culture) : code;
        return report.Form.Indicators.Length == 1 ? first : T("Od.More", first, report.Form.Indicators.Length - 1);
    }

    private static string TextOf(OpenReport report, CultureInfo culture) =>
        PlainText.Fold($"{report.Agency.ShortName.In(culture)} {report.Agency.Name.In(culture)} {report.Form.Code} {FigureText.PeriodOf(report.Period, culture)} {report.Period}");

    /// <summary>Working days after the due day up to and including today.</summary>
    internal static int WorkingDays(WorkingCalendar calendar, DateOnly due, DateOnly today)
    {
        var days = 0;
        for (var day = due.AddDays(1); day <= today; day = day.AddDays(1))
        {
            if (calendar.IsWorkingDay(day)) days++;
        }

        return days;
    }

    private static string When(DateTimeOffset instant, ProvinceTime time) => time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
