using System.Globalization;
using System.Runtime.CompilerServices;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// All words of one row except its state and age, which move with the clock. Made once per figure and language, when a row
/// first shows it, and shared by every circuit of this node; gone when the figure is replaced.
/// </summary>
public sealed record FigureText(
    Figure Figure, string Code, string Name, string Area, string Value, string Unit, string Period,
    string Previous, bool PreviousUnusual, string YearAgo, bool YearAgoUnusual, MarkupString Spark, string Source)
{
    public const string None = "—";

    /// <summary>From here on a figure is shown in millions or billions, and its unit says so.</summary>
    private const decimal TooLong = 10_000_000;

    private static readonly ConditionalWeakTable<Figure, FigureText> Vietnamese = [];
    private static readonly ConditionalWeakTable<Figure, FigureText> English = [];

    public static FigureText Of(Figure figure, ProvinceTime time, CultureInfo culture) =>
        (culture.TwoLetterISOLanguageName == "en" ? English : Vietnamese).GetValue(figure, f => Compose(f, time, culture));

    private static FigureText Compose(Figure figure, ProvinceTime time, CultureInfo culture)
    {
        var indicator = figure.Indicator;
        var scale = Math.Abs(figure.Value ?? 0) >= TooLong
            ? NumberText.ScaleOf(indicator, figure.Value, culture)
            : new NumberScale(1, indicator.Decimals, indicator.Unit.In(culture));
        return new FigureText(
            figure, indicator.Code, indicator.Name.In(culture),
            figure.Area.Code == Domain.Catalogue.Area.ProvinceCode ? ConsoleText.Get("Area.Province", culture) : figure.Area.ShortName.In(culture),
            figure.Value is { } value ? NumberText.Value(value, scale, culture) : None,
            scale.Unit, PeriodOf(figure, time, culture),
            Change(indicator, figure.Value, figure.PreviousValue, culture), FigureChange.IsUnusual(figure, figure.PreviousValue),
            Change(indicator, figure.Value, figure.YearAgoValue, culture), FigureChange.IsUnusual(figure, figure.YearAgoValue),
            Grid.Spark.Of(figure).Draw(Marks.PointClass(FigureStates.Of(figure, AgeClass.Fresh))), figure.Agency.ShortName.In(culture));
    }

    /// <summary>Tuần 26/2026, 30/06/2026, or the measurement's own time 01/07 09:40.</summary>
    public static string PeriodOf(Figure figure, ProvinceTime time, CultureInfo culture)
    {
        if (figure.Period is { } period) return PeriodOf(period, culture);
        return figure.TimeKey is { } at ? time.Local(at).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture) : None;
    }

    /// <summary>Tuần 26/2026, Tháng 5/2026, 6T đầu 2026; a day is its date alone.</summary>
    public static string PeriodOf(ReportingPeriod period, CultureInfo culture) => period.Rhythm switch
    {
        Rhythm.Daily => period.FirstDay.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
        Rhythm.HalfYearly => string.Format(culture, ConsoleText.Get(period.Ordinal == 1 ? "Period.Half1" : "Period.Half2", culture), period.Year),
        _ => Capital(PeriodText.Long(period, culture), culture),
    };

    /// <summary>+3,1%, +1,2 đ%, −6; without earlier value —.</summary>
    public static string Change(Indicator indicator, decimal? now, decimal? earlier, CultureInfo culture)
    {
        if (FigureChange.Between(indicator, now, earlier) is not { } change) return None;
        if (change.IsRelative) return NumberText.Signed(change.Amount * 100, 1, culture) + "%";
        var amount = NumberText.Signed(change.Amount, indicator.Decimals, culture);
        return indicator.Unit.Vi == "%" ? string.Format(culture, ConsoleText.Get("Points", culture), amount) : amount;
    }

    private static string Capital(string text, CultureInfo culture) => text.Length == 0 ? text : char.ToUpper(text[0], culture) + text[1..];
}
