using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Console.Grid;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using IocDashboard.Web.Surfaces.Shared.Charts;
using IocDashboard.Web.Surfaces.Shared.Tiles;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

public sealed partial class IndicatorHeader
{
    private FigureRowViews _views = null!;
    private FigureRowView _view = null!;
    private (FigureRowView, string, string)? _drawn;
    private OpenReport? _owed;
    private string _age = "", _ageNote = "";
    private string? _target;
    private string _targetGap = "";
    private Bullet? _bullet;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    [Parameter, EditorRequired]
    public required Figure Figure { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private bool IsGone => _view.Age is AgeClass.Lost or AgeClass.Missing;

    private string StateName => Marks.NameOf(_view.State);

    private string VerificationName => Marks.NameOf(Figure.Verification, Figure.Indicator.Rhythm.IsStreamed());

    /// <summary>Without a target, what a value is measured by is the limit that makes it abnormal.</summary>
    private bool HasTarget => Figure.Indicator.Thresholds.TargetLow is not null;

    private string AreaName => Figure.Area.Code == Area.ProvinceCode ? T("Area.Province") : Figure.Area.Name.In(Culture);

    private string AgeNote
    {
        get
        {
            var rhythm = T($"Rhythm.{Figure.Indicator.Rhythm}");
            return _view.Age switch
            {
                AgeClass.Due when Figure.NextDueAt is { } due => T("Ind.Age.Due", rhythm, When(due)),
                AgeClass.Late when Figure.NextDueAt is { } due => T("Ind.Age.Late", rhythm, When(due)),
                _ when _owed is { } owed => owed.DueAt <= Moment.Now
                    ? T("Ind.Age.Owed", rhythm, FigureText.PeriodOf(owed.Period, Culture), When(owed.DueAt))
                    : T("Ind.Age.Within", rhythm, When(owed.DueAt)),
                _ when Figure.TimeKey is null => T("Ind.Age.Never", rhythm),
                AgeClass.Lost or AgeClass.Missing => T("Ind.Age.Gone", rhythm),
                _ => T("Ind.Age.Fresh", rhythm),
            };
        }
    }

    protected override void OnInitialized() => _views = new FigureRowViews(Province);

    protected override void OnParametersSet()
    {
        _view = _views.At(Figure, 0, Moment.Now, Moment.AsOf, Culture);
        // Only what never came is measured by what is owed.
        _owed = Figure.TimeKey is null ? OpenReport.OwedByIndicator(Moment.Board).GetValueOrDefault(Figure.Indicator.Code) : null;
        _age = _owed is { } owed && owed.DueAt <= Moment.Now ? T("Age.Owed", AgeScale.Words(Moment.Now - owed.DueAt, Culture)) : _view.AgeText;
        _ageNote = AgeNote;
        var indicator = Figure.Indicator;
        _target = TileComposer.Target(indicator, new NumberScale(1, indicator.Decimals, ""), Culture);
        _targetGap = GapOf(indicator.Thresholds);
        _bullet = Bullet.Of(indicator, IsGone ? null : Figure.Value);
    }

    protected override bool ShouldRender()
    {
        if (_drawn is { } drawn && ReferenceEquals(drawn.Item1, _view) && (drawn.Item2, drawn.Item3) == (_age, _ageNote)) return false;
        _drawn = (_view, _age, _ageNote);
        return true;
    }

    /// <summary>How far the value is from the target, in the indicator's unit; within a band it is there.</summary>
    private string GapOf(Thresholds limits)
    {
        if (IsGone || Figure.Value is not { } value || (limits.TargetLow ?? limits.Warning) is not { } low) return FigureText.None;
        var high = limits.TargetLow is null ? low : limits.TargetHigh ?? low;
        var gap = value < low ? value - low : value > high ? value - high : 0;
        var text = NumberText.Signed(gap, Figure.Indicator.Decimals, Culture);
        return Figure.Indicator.Unit.Vi == "%" ? T("Points", text) : text;
    }

    /// <summary>The period before of a stream is the hour before, as on every tile: it ended with this value.</summary>
    private string PreviousNote => Figure is { PreviousValue: not null, Indicator: { } indicator } && indicator.Rhythm.IsStreamed()
        ? T("Ind.Previous.Hour", Earlier(Figure.PreviousValue))
        : Earlier(Figure.PreviousValue) is { Length: > 0 } earlier ? earlier : BreakNote;

    private string YearAgoNote => Earlier(Figure.YearAgoValue) is { Length: > 0 } earlier ? earlier : BreakNote;

    /// <summary>Why nothing is compared: the series began anew.</summary>
    private string BreakNote => Figure.SeriesFrom is { } from ? T("Ind.Break", DayText.Of(from)) : "";

    private string Earlier(decimal? value) => value is { } v ? NumberText.Plain(v, Figure.Indicator.Decimals, Culture) : "";

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("dd/MM HH:mm", CultureInfo.InvariantCulture);
}
