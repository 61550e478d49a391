using System.Collections.Immutable;
using System.Globalization;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>
/// How an age is worded: one unit (giây, phút, giờ, ngày to 13, then tuần), or two for what is overdue (2 ngày 22 giờ).
/// The one table of thresholds: the server words the first text, and the page carries <see cref="Json"/>, by which
/// the display script counts on each second, also without a connection.
/// </summary>
public static class AgeScale
{
    private sealed record Step(string Unit, long Seconds, long Until);

    private const long Minute = 60, Hour = 3_600, Day = 86_400, Week = 604_800;

    private static readonly ImmutableArray<Step> Single =
    [
        new("Second", 1, Minute), new("Minute", Minute, Hour), new("Hour", Hour, Day), new("Day", Day, 14 * Day), new("Week", Week, long.MaxValue),
    ];

    private static readonly ImmutableArray<Step> Double =
    [
        new("Second", 1, Minute), new("Minute", Minute, Hour), new("Hour", Hour, Day), new("Day", Day, long.MaxValue),
    ];

    /// <summary>An age in one unit, rounded down; never negative, whatever the clocks say.</summary>
    public static string Words(TimeSpan age, CultureInfo culture) => Word(Seconds(age), Single, culture);

    /// <summary>An age in its two largest units: 12 ngày 21 giờ, 6 giờ 5 phút, 35 phút.</summary>
    public static string TwoWords(TimeSpan age, CultureInfo culture)
    {
        var seconds = Seconds(age);
        var at = Index(seconds, Double);
        var first = Word(seconds, Double, culture);
        var rest = seconds % Double[at].Seconds;
        return at <= 1 || rest < Double[at - 1].Seconds ? first : $"{first} {Text(Double[at - 1], rest, culture)}";
    }

    /// <summary><c>{"single":[[unitSeconds,untilSeconds,one,many],…],"double":[…]}</c>; the last <c>until</c> is 0: no end.</summary>
    public static string Json(CultureInfo culture) => PageJson.Of(new Dictionary<string, object[][]>(StringComparer.Ordinal)
    {
        ["single"] = Rows(Single, culture),
        ["double"] = Rows(Double, culture),
    });

    private static object[][] Rows(ImmutableArray<Step> steps, CultureInfo culture) =>
    [
        .. steps.Select(s => new object[]
        {
            s.Seconds, s.Until == long.MaxValue ? 0 : s.Until,
            SurfaceText.Get($"Age.{s.Unit}.One", culture), SurfaceText.Get($"Age.{s.Unit}.Many", culture),
        }),
    ];

    private static long Seconds(TimeSpan age) => Math.Max(0, (long)Math.Floor(age.TotalSeconds));

    private static int Index(long seconds, ImmutableArray<Step> steps)
    {
        var at = 0;
        while (seconds >= steps[at].Until) at++;
        return at;
    }

    private static string Word(long seconds, ImmutableArray<Step> steps, CultureInfo culture) => Text(steps[Index(seconds, steps)], seconds, culture);

    private static string Text(Step step, long seconds, CultureInfo culture)
    {
        var count = seconds / step.Seconds;
        return SurfaceText.Format(count == 1 ? $"Age.{step.Unit}.One" : $"Age.{step.Unit}.Many", culture, count);
    }
}
