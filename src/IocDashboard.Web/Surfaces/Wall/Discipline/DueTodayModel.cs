using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Timeliness;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Wall.Panels;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>What is still to fall due today, soonest first: reports of one rhythm and period that are due together are one row.</summary>
/// <param name="None">Said in place of the rows, with what falls due next.</param>
public sealed record DueTodayModel(string Title, string? Count, ValueList<DueRow> Rows, string? None, string? Next)
{
    /// <summary>As many as the panel holds.</summary>
    private const int Shown = 6;

    public static DueTodayModel Of(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var due = DueOf(board, time, now);
        var rows = due.GroupBy(d => (d.DueAt, d.Rhythm, d.Period)).OrderBy(g => g.Key.DueAt).ThenBy(g => g.Key.Rhythm).ThenBy(g => g.Key.Period).ToList();
        return new(
            WallText.Get("Due.Title", culture),
            due.Count == 0 ? null : rows.Count <= Shown ? WallText.Format("Due.Count", culture, due.Count) : WallText.Format("Due.More", culture, due.Count, rows.Count - Shown),
            new(rows.Take(Shown).Select(g => DueRow.Of(board, [.. g], time, culture, now))),
            due.Count == 0 ? WallText.Get("Due.None", culture) : null, due.Count == 0 ? OverdueModel.NextText(board, time, culture, now) : null);
    }

    /// <summary>A report that came today and is to come again today is due twice.</summary>
    private const string Again = "/again";

    /// <summary>
    /// Reports that were measured to fall due today, and those that opened since. What is owed still is told by the board, so that a
    /// report that comes in counts at once.
    /// </summary>
    private static List<DueOne> DueOf(BoardState board, ProvinceTime time, DateTimeOffset now)
    {
        var today = time.DayOf(now);
        var due = new Dictionary<string, DueOne>(StringComparer.Ordinal);
        foreach (var report in board.Discipline?.Due ?? [])
        {
            // What is to come again was received; by when it is to come again is another deadline.
            var onBoard = board.Reports.GetValueOrDefault(report.Id) is { Update: null } open ? open : null;
            if (ReportingPeriod.TryParse(report.Period, out var period) && board.Catalogue.Agencies.TryGetValue(report.Agency, out var agency))
                due[report.Id] = new(onBoard?.DueAt ?? report.DueAt, period.Rhythm, period, agency, onBoard, onBoard is not { IsOwed: true });
        }

        foreach (var report in board.Reports.Values.Where(r => r.IsOwed))
            due[report.Update is null ? report.Id : report.Id + Again] = new(report.DueAt, report.Period.Rhythm, report.Period, report.Agency, report, IsReceived: false);
        return [.. due.Values.Where(d => d.DueAt > now && time.DayOf(d.DueAt) == today).OrderBy(d => d.Agency.Code, StringComparer.Ordinal)];
    }
}

/// <summary>One report that falls due today.</summary>
/// <param name="Open">As the board has it; null of one that was received in time.</param>
internal sealed record DueOne(DateTimeOffset DueAt, Rhythm Rhythm, ReportingPeriod Period, Agency Agency, OpenReport? Open, bool IsReceived);

/// <param name="Left">Null once all have sent.</param>
/// <param name="Pips">One for each agency, true where it has sent; empty where a single agency owes it, and where they are too many.</param>
/// <param name="Part">In place of pips, how many per cent have sent.</param>
/// <param name="Said">«16/18»; of a single agency, how its report stands.</param>
public sealed record DueRow(string Hour, string Name, CountdownMark? Left, string Done, ValueList<bool> Pips, string? Part, string? Said, string? State)
{
    /// <summary>Beyond it a pip could not be told from the next.</summary>
    private const int MostPips = 18;

    /// <summary>Of the row's name, in the wall's root unit, beside the hour and the countdown.</summary>
    private const double NameWidth = 290;

    internal static DueRow Of(BoardState board, IReadOnlyList<DueOne> due, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var (first, sent) = (due[0], due.Count(d => d.IsReceived));
        return new(
            SurfaceText.Format("Time.Hour", culture, time.Local(first.DueAt)), due.Count > 1 ? WallText.Format("Due.Report", culture, PeriodText.Long(first.Period, culture)) : NameOf(board, first, culture),
            sent == due.Count ? null : CountdownMark.Of(first.DueAt, now, culture), WallText.Get("Due.Done", culture),
            new(due.Count is > 1 and <= MostPips ? due.OrderByDescending(d => d.IsReceived).Select(d => d.IsReceived) : []),
            due.Count > MostPips ? $"{100 * sent / due.Count}%" : null,
            due.Count > 1 ? WallText.Format("Due.Sent", culture, sent, due.Count) : null,
            due.Count > 1 ? null : first.Open is { IsOwed: true } open ? OverdueModel.StateText(open, culture) : WallText.Get("Due.State.Received", culture));
    }

    /// <summary>Who owes it, and as much of what as fits.</summary>
    private static string NameOf(BoardState board, DueOne due, CultureInfo culture)
    {
        var agency = due.Agency.ShortName.In(culture);
        var what = due.Open is { Form.Indicators: [var one] } ? board.Catalogue.Indicators.GetValueOrDefault(one.Code)?.ShortName.In(culture) : null;
        string?[] wordings = [what, PeriodText.Long(due.Period, culture), PeriodText.Short(due.Period, due.Period.LastDay, culture)];
        return wordings.OfType<string>().Select(w => SurfaceText.Format("Name.WithArea", culture, agency, w)).FirstOrDefault(w => TextWidth.OfText(w, 22) <= NameWidth) ?? agency;
    }
}
