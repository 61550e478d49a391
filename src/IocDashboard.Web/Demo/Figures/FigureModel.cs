using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Demo.Figures;

/// <summary>
/// Every illustrative figure as a pure function of its indicator, areas and time: within its plausible range, mostly on the
/// good side of its limits, and consistent: a province is the sum, or the weighted mean, of its parts. History and the
/// simulated agencies draw from the same model, so the figures of the agencies continue the history.
/// </summary>
internal sealed class FigureModel(WorkingCalendar calendar, ProvinceTime time)
{
    private readonly Season _season = new(calendar);
    private readonly WeatherFigures _weather = new(new Storms(), time);
    private readonly Dictionary<string, IndicatorModel> _models = new(StringComparer.Ordinal);

    /// <summary>The figures of one period for the areas given, in their order.</summary>
    /// <param name="vintage">0: as first reported; later vintages differ a little, as revised figures do.</param>
    public decimal[] OfPeriod(Indicator indicator, IReadOnlyList<string> areas, ReportingPeriod period, int vintage = 0)
    {
        var model = ModelOf(indicator, areas);
        var (first, last) = DeadlineRule.Parse(indicator.DeadlineRule).Covers(period);
        var middle = time.StartOf(first) + ((time.StartOf(last.AddDays(1)) - time.StartOf(first)) / 2);
        if (_weather.OfDay(model, last) is { } weather) return model.Combine(weather);
        if (!model.Rises) return model.Combine(model.Levels(middle, _season.Mean(model.Profile.Pattern, first, last), vintage));

        var (yearFirst, yearLast) = YearOf(period);
        var share = _season.ShareOfYear(model.Profile.Pattern, yearFirst, yearLast, last);
        return model.Combine(model.Risen(period.Year, share, vintage));
    }

    /// <summary>What a source would measure at that instant. <paramref name="live"/> adds the short floods of the simulation.</summary>
    public decimal[] At(Indicator indicator, IReadOnlyList<string> areas, DateTimeOffset instant, bool live = false)
    {
        var model = ModelOf(indicator, areas);
        if (_weather.At(model, instant, live) is { } weather) return model.Combine(weather);
        var local = time.Local(instant);
        var day = DateOnly.FromDateTime(local.DateTime);
        var factor = _season.Mean(model.Profile.Pattern, day, day) * Season.OfHour(model.Profile.Pattern, local.TimeOfDay.TotalHours);
        return model.Combine(model.Levels(instant, factor, 0));
    }

    private IndicatorModel ModelOf(Indicator indicator, IReadOnlyList<string> areas)
    {
        lock (_models)
        {
            // One form or feed reports an indicator (article 3.3), so its areas are the same in every call.
            if (!_models.TryGetValue(indicator.Code, out var model)) _models[indicator.Code] = model = new(indicator, areas);
            return model;
        }
    }

    // A week belongs to its ISO year, so that its figures rise from the first week to the last.
    private static (DateOnly First, DateOnly Last) YearOf(ReportingPeriod period)
    {
        if (period.Rhythm != Rhythm.Weekly) return (new(period.Year, 1, 1), new(period.Year, 12, 31));
        var first = DateOnly.FromDateTime(System.Globalization.ISOWeek.ToDateTime(period.Year, 1, DayOfWeek.Monday));
        return (first, DateOnly.FromDateTime(System.Globalization.ISOWeek.ToDateTime(period.Year + 1, 1, DayOfWeek.Monday)).AddDays(-1));
    }
}
