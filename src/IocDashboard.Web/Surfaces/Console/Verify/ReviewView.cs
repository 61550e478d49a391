using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Platform.Errors;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Verify;

/// <summary>One cell, ready to be drawn.</summary>
/// <param name="Group">Name and unit of its indicator, on the first line of each; else null.</param>
/// <param name="Indicator">Its code and name.</param>
/// <param name="IsSpecific">Its figures leave the centre under an agreement alone.</param>
/// <param name="Plausible">What the judge lets in at all; empty where it is not known.</param>
/// <param name="IsOut">Outside its own normal range.</param>
/// <param name="WasAccepted">Verified before this look, and unchanged since.</param>
public sealed record ReviewLine(
    int Number, ReviewCell Cell, string? Group, string Indicator, bool IsSpecific, string Name, string Unit, string Value, string Before, string Previous, string PreviousChange, string LastYear,
    string YearChange, string Range, string Plausible, bool IsOut, MarkupString Mark, ImmutableArray<string> Flags, bool WasAccepted)
{
    public bool IsFlagged => !Flags.IsEmpty;
}

/// <summary>One submission, ready to be drawn.</summary>
/// <param name="Days">From the first to the last day of a week; empty where the period's name says it.</param>
public sealed record ReviewView(SeenReview Seen, string Agency, string Title, string Period, string Days, ImmutableArray<ReviewLine> Lines, ImmutableArray<string> Whole)
{
    public static ReviewView Of(SeenReview seen, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var lines = ImmutableArray.CreateBuilder<ReviewLine>(seen.Cells.Length);
        string? group = null;
        foreach (var cell in seen.Cells)
        {
            var line = LineOf(lines.Count + 1, cell, group != cell.Key.Indicator, catalogue, culture);
            group = cell.Key.Indicator;
            lines.Add(line);
        }

        return new(
            seen, AgencyOf(seen.Report, catalogue, culture), FormTitle.Of(seen.Form, catalogue, culture), FigureText.PeriodOf(seen.Report.Period, culture), DaysOf(seen.Report.Period),
            lines.ToImmutable(), [.. seen.Whole.Select(w => CodeTexts.Detail(w.Code, w.Arguments, culture))]);
    }

    public static string AgencyOf(Report report, CatalogueSnapshot catalogue, CultureInfo culture) =>
        catalogue.Agencies.TryGetValue(report.Agency, out var agency) ? agency.ShortName.In(culture) : report.Agency;

    private static string DaysOf(ReportingPeriod period)
    {
        var (first, last) = (period.FirstDay, period.Next.FirstDay.AddDays(-1));
        return period.Rhythm == Rhythm.Weekly
            ? $"{first.ToString(first.Month == last.Month ? "dd" : "dd/MM", CultureInfo.InvariantCulture)}–{last.ToString("dd/MM", CultureInfo.InvariantCulture)}"
            : "";
    }

    private static ReviewLine LineOf(int number, ReviewCell cell, bool isFirst, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var indicator = catalogue.Indicators.GetValueOrDefault(cell.Key.Indicator);
        var unit = indicator?.Unit.In(culture) ?? "";
        var name = cell.Key.Area == Area.ProvinceCode ? T("Area.Province") : catalogue.Areas.GetValueOrDefault(cell.Key.Area)?.Name.In(culture) ?? cell.Key.Area;
        var titled = $"{cell.Key.Indicator} {indicator?.Name.In(culture)}".TrimEnd();
        return new(
            number, cell, isFirst ? $"{titled}, {unit}" : null, titled, indicator is not { Sharing: SharingClass.Default }, name, unit, Number(cell.Value.Value),
            cell.Before is { } before ? Number(before.Value) : "", Number(cell.Past.Previous), Change(cell.Past.Previous), Number(cell.Past.LastYear), Change(cell.Past.LastYear),
            cell.Range is { } range ? $"{Number(range.Low)}–{Number(range.High)}" : FigureText.None,
            indicator is { } known && cell.Value.Value is not null ? $"{Number(known.LeastPlausible(cell.Key.Area))}–{Number(known.PlausibleMax)}" : "",
            cell is { Range: { } own, Value.Value: { } value } && !own.Contains(value), RangeMark.Of(cell, v => Number(v)),
            [.. cell.Flags.Select(f => CodeTexts.Detail(f.Code, f.Arguments, culture))], cell.Verification == VerificationState.Verified);

        string Number(decimal? figure) => figure is { } amount ? NumberText.Trimmed(amount, indicator?.Decimals ?? 0, culture) : FigureText.None;

        string Change(decimal? earlier) => indicator is null || earlier is null ? FigureText.None : FigureText.Change(indicator, cell.Value.Value, earlier, culture);
    }
}
