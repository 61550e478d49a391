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

    /// <summary>Of the panel's text column, in the wall's root unit.</summary>
    private const double WhatWidth = 300;

    public static OverdueModel Of(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var overdue = board.Reports.Values.Where(r => r.IsOwed && r.DueAt <= now)
            .OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal).ToImmutableArray();
        var worst = overdue.Length == 0 ? 0 : Weight(now - overdue[0].DueAt);
        var rows = overdue.Take(Shown).Select(r => Row(board, r, worst, time, culture, now));
        return new(
            WallText.Get("Overdue.Title", culture), CountText(overdue.Length, culture), new(rows),
            overdue.Length == 0 ? WallText.Get("Overdue.None", culture) : null,
            overdue.Length == 0 ? NextText(board, time, culture, now) : null);
    }

    private static string? CountText(int all, CultureInfo culture) => all switch
    {
        0 => null,
        <= Shown => WallText.Format("Overdue.All", culture, all),
        _ => WallText.Format("Overdue.Count", culture, Shown, all),
    };

    /// <summary>Logarithm of hours: the first hours are told apart as well as the first weeks.</summary>
    private static double Weight(TimeSpan overdue) => Math.Log(1 + Math.Max(0, overdue.TotalHours));

    private static OverdueRow Row(BoardState board, OpenReport report, double worst, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var due = time.Local(report.DueAt);
        var share = worst <= 0 ? 100 : (int)Math.Round(100 * Weight(now - report.DueAt) / worst);
        return new(
            report.Id, report.Agency.ShortName.In(culture), What(board, report, culture),
            WallText.Format("Overdue.Due", culture, SurfaceText.Format(now - report.DueAt < ExactFor ? "Time.DayHour" : "Time.Day", culture, due)),
            WallText.Get($"Overdue.State.{report.State}", culture), report.State != ReportState.Open,
            AgeMark.Of(report.DueAt, now, culture, isDouble: true), Math.Max(1, share).ToString(CultureInfo.InvariantCulture) + "%");
    }

    /// <summary>A form of one indicator is named by it; a longer one by its period and how many figures are owed.</summary>
    private static string What(BoardState board, OpenReport report, CultureInfo culture)
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
        return wordings.FirstOrDefault(w => TextWidth.OfText(w, 22) <= WhatWidth) ?? period;
    }

    private static string? NextText(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now) =>
        board.Reports.Values.Where(r => r.IsOwed && r.DueAt > now).OrderBy(r => r.DueAt).ThenBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault() is { } next
            ? WallText.Format(
                "Overdue.Next", culture, next.Agency.ShortName.In(culture), PeriodText.Long(next.Period, culture),
                SurfaceText.Format("Time.DayHour", culture, time.Local(next.DueAt)))
            : null;
}

/// <param name="Bar">Its length, a percentage of the worst.</param>
/// <param name="IsStarted">Something was received, though it does not settle the obligation.</param>
public sealed record OverdueRow(string Id, string Agency, string What, string Due, string State, bool IsStarted, AgeMark Age, string Bar);
