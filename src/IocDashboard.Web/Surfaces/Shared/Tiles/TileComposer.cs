using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared.Charts;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// Makes a tile of a figure: pure, in the culture asked for. Lengths are in the wall's root unit; a wording that would not
/// fit the tile is replaced by a shorter one, since a wall has neither ellipses nor scroll bars.
/// </summary>
public static class TileComposer
{
    /// <summary>Between the tile's paddings, in the dense composition: a sixth of 2080 units.</summary>
    public const double Width = 319;

    private const double TextSize = 22, NameSize = 23, ValueSize = 50, MarkSize = 22, Gap = 8, AgeGrowth = 4, LeastSpark = 36;

    /// <param name="namesArea">Set where the figure is the worst of several places, so that the name says which.</param>
    /// <param name="owed">The report in which a figure that never came is still to come; null when none is open.</param>
    public static TileModel Compose(
        Figure figure, bool namesArea, ProvinceTime time, CultureInfo culture, DateTimeOffset now, OpenReport? owed = null)
    {
        var state = FigureState.Of(figure, now);
        var indicator = figure.Indicator;
        var scale = NumberText.ScaleOf(indicator, figure.Value, culture);
        var value = state.IsKnown ? NumberText.Value(figure.Value!.Value, scale, culture) : null;
        var word = Word(state, figure.Area, culture);
        var target = Target(indicator, scale, culture);
        var marks = Marks(state, culture);
        var isBroken = word is null && scale.Unit.Count(c => c == ' ') == 1 && Room(value, scale.Unit, word) < 2 * LeastSpark;
        var model = new TileModel
        {
            Code = indicator.Code,
            Name = Name(figure, namesArea, culture),
            Status = state.Status,
            Figure = state.Figure is "none" or "withheld" ? "missing" : state.Figure,
            Fresh = state.Fresh,
            Marks = marks,
            Value = value,
            Machine = state.IsKnown ? NumberText.Machine(figure.Value!.Value) : null,
            Unit = scale.Unit,
            Word = word,
            IsTight = Room(value, isBroken ? scale.Unit.Split(' ').MaxBy(w => w.Length)! : scale.Unit, word) < LeastSpark,
            IsUnitBroken = isBroken,
            Spark = Sparkline.Of(figure.Recent, indicator.Accumulation == Accumulation.Cumulative),
            SparkLabel = SurfaceText.Format("Spark.Label", culture, figure.Recent.Length),
            Changes = new([]),
            Target = target,
            Bullet = Bullet.Of(indicator, state.IsKnown && state.Figure != "returned" ? figure.Value : null),
            Source = "",
        };
        var hasPlace = !namesArea || model.Name != indicator.ShortName.In(culture);
        return Foot(Middle(model, figure, state, owed, time, culture, now), figure, state, hasPlace ? null : figure.Area.ShortName.In(culture), time, culture, now);
    }

    /// <summary>≥95 for a target to reach, ≤6,5 for a limit to stay under, 60–85 for a band.</summary>
    public static string? Target(Indicator indicator, NumberScale scale, CultureInfo culture)
    {
        return indicator switch
        {
            { Thresholds: { TargetLow: { } low, TargetHigh: { } high } } when low != high => $"{Text(low)}–{Text(high)}",
            { Direction: Direction.Higher, Thresholds.TargetLow: { } target } => "≥" + Text(target),
            { Direction: Direction.Higher, Thresholds.Warning: { } limit } => "≥" + Text(limit),
            { Direction: Direction.Lower, Thresholds.TargetLow: { } target } => "≤" + Text(target),
            { Direction: Direction.Lower or Direction.Band, Thresholds.Warning: { } limit } => "≤" + Text(limit),
            _ => null,
        };

        string Text(decimal limit) => NumberText.Trimmed(limit / scale.Divisor, Math.Max(indicator.Decimals, scale.Decimals), culture);
    }

    /// <summary>A name too long for its place leaves the place to the foot.</summary>
    private static string Name(Figure figure, bool namesArea, CultureInfo culture)
    {
        var name = figure.Indicator.ShortName.In(culture);
        var both = SurfaceText.Format("Name.WithArea", culture, name, figure.Area.ShortName.In(culture));
        return namesArea && TextWidth.OfText(both, NameSize) <= Width - Gap - MarkSize ? both : name;
    }

    private static string? Word(FigureState state, Area area, CultureInfo culture) => state switch
    {
        { Status: "extreme" } when area.Kind == "river_station" => SurfaceText.Get("Status.extreme.river", culture),
        { IsAbnormal: true } => SurfaceText.Get($"Status.{state.Status}", culture),
        { Figure: "official" } => null,
        _ => SurfaceText.Get($"Figure.{state.Figure}", culture),
    };

    private static ValueList<Mark> Marks(FigureState state, CultureInfo culture)
    {
        var marks = new List<Mark>(2);
        if (state.DatumShape is { } datum) marks.Add(new(datum, SurfaceText.Get(datum == "late" ? "Fresh.late" : $"Figure.{state.Figure}", culture)));
        if (state.IsAbnormal || marks.Count == 0)
            marks.Add(new(state.Status == "extreme" ? "critical" : state.Status, SurfaceText.Get($"Status.{state.Status}", culture)));
        return new(marks);
    }

    /// <summary>What is left for the sparkline beside the value and its unit and word.</summary>
    private static double Room(string? value, string unit, string? word)
    {
        var figure = value is null ? ValueSize : TextWidth.OfFigures(value, ValueSize) - (0.03 * ValueSize * value.Length);
        return Width - figure - Math.Max(TextWidth.OfText(unit, TextSize), TextWidth.OfText(word ?? "", TextSize)) - 14;
    }

    private static TileModel Middle(TileModel model, Figure figure, FigureState state, OpenReport? owed, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var room = Width - (model.Target is { } target ? TextWidth.OfFigures(target, TextSize) + Gap : 0);
        if (state.Figure == "lost")
        {
            var scale = NumberText.ScaleOf(figure.Indicator, figure.Value, culture);
            var last = figure.Value is { } value && figure.TimeKey is { } at
                ? new LastKnown(SurfaceText.Get("Last.Label", culture), NumberText.Value(value, scale, culture), When(at))
                : null;
            var fits = last is null || TextWidth.OfText($"{last.Label} {last.Value} {last.When}", TextSize) <= room;
            return model with { Last = last, Target = fits ? model.Target : null };
        }

        if (figure.TimeKey is null && owed is not null) return Owed(model, owed, room, time, culture, now);
        if (state.Figure == "missing" && figure.NextDueAt is { } due && due <= now)
            return model with { Owed = AgeMark.Of(due, now, culture, SurfaceText.Get("Age.Owed", culture)) };
        if (state.Figure is "none" or "returned" && figure.Note is { Length: > 0 } note && TextWidth.OfText(note, TextSize) <= room)
            return model with { Remark = note };
        if (!state.IsKnown) return model;

        foreach (var changes in (ValueList<Change>[])[ChangeText.Of(figure, culture), ChangeText.Of(figure, culture, round: true)])
        {
            if (changes.Sum(c => TextWidth.OfText($"{c.Label}  {c.Text}", TextSize)) <= room) return model with { Changes = changes };
        }

        return model with { Changes = ChangeText.Of(figure, culture, round: true), Target = null };

        string When(DateTimeOffset instant) => time.DayOf(instant) == time.DayOf(now)
            ? SurfaceText.Format("Last.When", culture, SurfaceText.Format("Time.Hour", culture, time.Local(instant)))
            : SurfaceText.Format("Last.On", culture, SurfaceText.Format("Time.Day", culture, time.Local(instant)));
    }

    /// <summary>A figure that never came is overdue with its report; while that may still come, the tile says until when.</summary>
    private static TileModel Owed(TileModel model, OpenReport owed, double room, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        if (owed.DueAt <= now) return model with { Owed = AgeMark.Of(owed.DueAt, now, culture, SurfaceText.Get("Age.Owed", culture)) };
        var due = time.Local(owed.DueAt);
        Change[] wordings =
        [
            new(SurfaceText.Get("Due.Within", culture), SurfaceText.Format("Time.DayHour", culture, due), IsWorse: false),
            new(SurfaceText.Get("Due.By", culture), SurfaceText.Format("Time.DayHour", culture, due), IsWorse: false),
        ];
        var fitting = wordings.FirstOrDefault(w => TextWidth.OfText($"{w.Label}  {w.Text}", TextSize) <= room);
        return model with { Changes = new([fitting ?? wordings[^1]]), Target = fitting is null ? null : model.Target };
    }

    private static TileModel Foot(
        TileModel model, Figure figure, FigureState state, string? place, ProvinceTime time, CultureInfo culture, DateTimeOffset now)
    {
        var age = state switch
        {
            { Figure: "missing" or "withheld" } => null,
            { Fresh: "late" } when figure.NextDueAt is { } due => AgeMark.Of(due, now, culture, SurfaceText.Get("Age.Late", culture)),
            _ when figure.AgeFrom is { } from => AgeMark.Of(from, now, culture),
            _ => null,
        };
        var verification = !state.IsKnown || state.Figure == "returned" ? null
            : figure.Verification == VerificationState.Verified
                ? new Mark("verified", SurfaceText.Get(figure.Indicator.Rhythm.IsStreamed() ? "Verification.byRule" : "Verification.verified", culture))
                : new Mark("unverified", SurfaceText.Get("Verification.unverified", culture));
        var dueMark = state.Fresh == "due" && figure.NextDueAt is { } next
            ? new Mark("due", SurfaceText.Format("Fresh.due", culture, SurfaceText.Format("Time.Day", culture, time.Local(next))))
            : null;

        // A little more than the age takes now: the screen counts it on by itself.
        var widest = age is null ? 0 : TextWidth.OfText(age.Text, TextSize) + AgeGrowth;
        var marks = (verification is null ? 0 : 20) + (dueMark is null ? 0 : 20) + Gap;
        var agency = figure.Agency.ShortName.In(culture);
        var period = Period(figure, state, time, culture, now);
        string?[][] wordings = place is null ? [[agency, period], [agency]] : [[agency, place, period], [agency, place], [place, period], [place]];
        var sources = wordings.Select(parts => string.Join(SurfaceText.Get("Foot.Between", culture), parts.OfType<string>()));
        if (sources.FirstOrDefault(s => Fits(s, marks)) is { } source) return model with { Source = source, Verification = verification, Due = dueMark, Age = age };

        // Age and source stay; the marks give way, and then the source's last words.
        var words = (place ?? agency).Split(' ');
        var shortened = Enumerable.Range(0, words.Length).Select(cut => cut == 0 ? place ?? agency : string.Join(' ', words[..^cut]) + "…");
        return model with { Source = shortened.FirstOrDefault(s => Fits(s, Gap - (0.96 * AgeGrowth))) ?? words[0], Age = age };

        // The foot is set in the regular weight, a little narrower than the table's, and tracked by −0,02 em.
        bool Fits(string text, double besides) => (0.96 * (TextWidth.OfText(text, TextSize) + widest)) - (0.02 * TextSize * (text.Length + 6)) + besides <= Width;
    }

    /// <summary>The period of a report; the hour of an hourly measurement; nothing for a real-time one, whose age says it.</summary>
    private static string? Period(Figure figure, FigureState state, ProvinceTime time, CultureInfo culture, DateTimeOffset now) => figure switch
    {
        { Period: { } period } => PeriodText.Short(state.Figure == "missing" ? period.Next : period, time.DayOf(now), culture),
        { Indicator.Rhythm: Rhythm.Hourly, TimeKey: { } at } when state.Figure != "lost" => TimeText(time.Local(at), time.Local(now), culture),
        _ => null,
    };

    private static string TimeText(DateTimeOffset local, DateTimeOffset today, CultureInfo culture) =>
        SurfaceText.Format(local.Date == today.Date ? "Time.Hour" : "Time.DayHour", culture, local);
}
