using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>Reports that are owed and past their deadline, worst first: who, what, since when, how long.</summary>
/// <param name="Count">«5 trong 12 biểu»; null when nothing is overdue.</param>
/// <param name="None">Said in place of the rows when nothing is overdue, with what falls due next.</param>
public sealed record OverdueModel(string Title, string? Count, ValueList<OverdueRow> Rows, string? None, string? Next)
{
    /// <summary>As many as the panel holds.</summary>
    private const int Shown = 5;

    /// <summary>Of an older deadline the hour no longer matters.</summary>
    private static readonly TimeSpan ExactFor = TimeSpan.FromDays(7);

    /// <summary>Of the panel's text column and of the one beside it, in the wall's root unit.</summary>
    private const double WhatWidth = 300, StateWidth = 164;

    public static OverdueModel Of(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var overdue = WorstFirst(board, now);
        var rows = overdue.Take(Shown).Select(r => Row(board, r, overdue[0], time, culture, now));
        return new(
            WallText.Get("Overdue.Title", culture), CountText(overdue.Length, Shown, culture), new(rows),
            overdue.Length == 0 ? WallText.Get("Overdue.None", culture) : null,
            overdue.Length == 0 ? NextText(board, time, culture, now) : null);
    }

    internal static ImmutableArray<OpenReport> WorstFirst(BoardState board, DateTimeOffset now) =>
        [.. board.Reports.Values.Where(r => r.IsOwed && r.DueAt <= now).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal)];

    internal static string? CountText(int all, int shown, CultureInfo culture) => all == 0
        ? null
        : all <= shown ? WallText.Format("Overdue.All", culture, all) : WallText.Format("Overdue.Count", culture, shown, all);

    internal static string DueText(OpenReport report, ProvinceTime time, CultureInfo culture, DateTimeOffset now) => WallText.Format(
        "Overdue.Due", culture, SurfaceText.Format(now - report.DueAt < ExactFor ? "Time.DayHour" : "Time.Day", culture, time.Local(report.DueAt)));

    /// <summary>Length of its bar, a percentage of the worst one's.</summary>
    internal static string Share(OpenReport report, OpenReport worst, DateTimeOffset now)
    {
        var most = Weight(now - worst.DueAt);
        var share = most <= 0 ? 100 : (int)Math.Round(100 * Weight(now - report.DueAt) / most);
        return Math.Max(1, share).ToString(CultureInfo.InvariantCulture) + "%";
    }

    /// <summary>Logarithm of hours: the first hours are told apart as well as the first weeks.</summary>
    private static double Weight(TimeSpan overdue) => Math.Log(1 + Math.Max(0, overdue.TotalHours));

    private static OverdueRow Row(BoardState board, OpenReport report, OpenReport worst, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        // Something half done says more of a report than whom it was told to.
        var isStarted = report.State == ReportState.Draft;
        var told = isStarted ? null : ToldText.Short(report.Pursuit, StateWidth, time, culture);
        return new(
            report.Id, report.Agency.ShortName.In(culture), What(board, report, WhatWidth, culture), DueText(report, time, culture, now),
            told ?? StateText(report, culture), isStarted, AgeMark.Of(report.DueAt, now, culture, isDouble: true), Share(report, worst, now));
    }

    internal static string StateText(OpenReport report, CultureInfo culture) =>
        WallText.Get(report.Update is null ? $"Overdue.State.{report.State}" : "Overdue.State.Changed", culture);

    /// <summary>A form of one indicator is named by it; a longer one by its period and how many figures are owed.</summary>
    internal static string What(BoardState board, OpenReport report, double width, CultureInfo culture)
    {
        var period = PeriodText.Long(report.Period, culture);
        period = char.ToUpper(period[0], culture) + period[1..];
        var only = report.Form.Indicators is [var one] ? board.Catalogue.Indicators.GetValueOrDefault(one.Code)?.ShortName.In(culture) : null;
        string[] wordings =
        [
            only is null
                ? WallText.Format("Overdue.What", culture, period, report.Form.Indicators.Length)
                : WallText.Format("Overdue.What.One", culture, only, PeriodText.Short(report.Period, report.Period.LastDay, culture)),
            period,
        ];
        return wordings.FirstOrDefault(w => TextWidth.OfText(w, 22) <= width) ?? period;
    }

    internal static string? NextText(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now) =>
        board.Reports.Values.Where(r => r.IsOwed && r.DueAt > now).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault() is { } next
            ? WallText.Format(
                "Overdue.Next", culture, next.Agency.ShortName.In(culture), PeriodText.Long(next.Period, culture),
                SurfaceText.Format("Time.DayHour", culture, time.Local(next.DueAt)))
            : null;
}

/// <param name="Bar">Its length, a percentage of the worst.</param>
/// <param name="State">Whom it was last told to and when; of what nobody was told of, or of what is half done, how it stands.</param>
/// <param name="IsStarted">Something was received, though it does not settle the obligation.</param>
public sealed record OverdueRow(string Id, string Agency, string What, string Due, string State, bool IsStarted, AgeMark Age, string Bar);
