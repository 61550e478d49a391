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
/// <param name="IsOut">Outside its own normal range.</param>
/// <param name="WasAccepted">Verified before this look, and unchanged since.</param>
public sealed record ReviewLine(
    int Number, ReviewCell Cell, string? Group, string Name, string Unit, string Value, string Before, string Previous, string PreviousChange, string LastYear,
    string YearChange, string Range, bool IsOut, MarkupString Mark, ImmutableArray<string> Flags, bool WasAccepted)
{
    public bool IsFlagged => !Flags.IsEmpty;
}

/// <summary>One submission, ready to be drawn.</summary>
public sealed record ReviewView(SeenReview Seen, string Agency, string Title, string Period, ImmutableArray<ReviewLine> Lines, ImmutableArray<string> Whole)
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
            seen, AgencyOf(seen.Report, catalogue, culture), FormTitle.Of(seen.Form, catalogue, culture), FigureText.PeriodOf(seen.Report.Period, culture),
            lines.ToImmutable(), [.. seen.Whole.Select(w => CodeTexts.Detail(w.Code, w.Arguments, culture))]);
    }

    public static string AgencyOf(Report report, CatalogueSnapshot catalogue, CultureInfo culture) =>
        catalogue.Agencies.TryGetValue(report.Agency, out var agency) ? agency.ShortName.In(culture) : report.Agency;

    private static ReviewLine LineOf(int number, ReviewCell cell, bool isFirst, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var indicator = catalogue.Indicators.GetValueOrDefault(cell.Key.Indicator);
        var unit = indicator?.Unit.In(culture) ?? "";
        var name = cell.Key.Area == Area.ProvinceCode ? T("Area.Province") : catalogue.Areas.GetValueOrDefault(cell.Key.Area)?.Name.In(culture) ?? cell.Key.Area;
        return new(
            number, cell, isFirst ? $"{cell.Key.Indicator} {indicator?.Name.In(culture)}, {unit}" : null, name, unit, Number(cell.Value.Value),
            cell.IsChanged ? Number(cell.Before!.Value) : "", Number(cell.Past.Previous), Change(cell.Past.Previous), Number(cell.Past.LastYear), Change(cell.Past.LastYear),
            cell.Range is { } range ? $"{Number(range.Low)}–{Number(range.High)}" : FigureText.None,
            cell is { Range: { } own, Value.Value: { } value } && !own.Contains(value), RangeMark.Of(cell, v => Number(v)),
            [.. cell.Flags.Select(f => CodeTexts.Detail(f.Code, f.Arguments, culture))], cell.Verification == VerificationState.Verified);

        string Number(decimal? figure) => figure is { } known ? NumberText.Trimmed(known, indicator?.Decimals ?? 0, culture) : FigureText.None;

        string Change(decimal? earlier) => indicator is null || earlier is null ? FigureText.None : FigureText.Change(indicator, cell.Value.Value, earlier, culture);
    }
}
