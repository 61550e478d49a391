using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using IocDashboard.Web.Surfaces.Wall.Panels;

namespace IocDashboard.Web.Surfaces.Wall.Discipline;

/// <summary>Reports that are owed and past their deadline, worst first: who, what, whom it was told to and by what, how long.</summary>
/// <param name="None">Said in place of the rows when nothing is overdue, with what falls due next.</param>
public sealed record OverdueListModel(string Title, string? Count, ValueList<OverdueListRow> Rows, string? None, string? Next)
{
    /// <summary>As many as the panel holds.</summary>
    private const int Shown = 7;

    /// <summary>Of the column that says what is owed and of the one that says who was told, in the wall's root unit.</summary>
    private const double WhatWidth = 325, ToldWidth = 228;

    public static OverdueListModel Of(BoardState board, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var overdue = OverdueModel.WorstFirst(board, now);
        var rows = overdue.Take(Shown).Select(r =>
        {
            var told = ToldText.Of(r.Pursuit, ToldWidth, time, culture);
            return new OverdueListRow(
                r.Id, r.Agency.ShortName.In(culture), OverdueModel.DueText(r, time, culture, now), What(board, r, culture),
                WallText.Format("Overdue.Period", culture, PeriodText.Long(r.Period, culture)), told.Whom, told.How,
                AgeMark.Of(r.DueAt, now, culture, isDouble: true), OverdueModel.Share(r, overdue[0], now));
        });
        return new(
            WallText.Get("Overdue.Title", culture), OverdueModel.CountText(overdue.Length, Shown, culture), new(rows),
            overdue.Length == 0 ? WallText.Get("Overdue.None", culture) : null, overdue.Length == 0 ? OverdueModel.NextText(board, time, culture, now) : null);
    }

    /// <summary>Its period stands below it: what it is about, as far as that fits.</summary>
    private static string What(BoardState board, OpenReport report, CultureInfo culture)
    {
        var count = WallText.Format("Overdue.Indicators", culture, report.Form.Indicators.Length);
        var title = FormTitle.Of(report.Form, board.Catalogue, culture);
        return TextWidth.OfText(title, 22) <= WhatWidth ? title : report.Form.Indicators is [var one] ? board.Catalogue.Indicators.GetValueOrDefault(one.Code)?.ShortName.In(culture) ?? count : count;
    }
}

/// <param name="Bar">Its length, a percentage of the worst.</param>
public sealed record OverdueListRow(string Id, string Agency, string Due, string What, string Period, string Whom, string How, AgeMark Age, string Bar);
