using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;

namespace IocDashboard.Web.Surfaces.Wall.Panels;

/// <summary>What was last done about an overdue report: whom it was told to, and by what and when.</summary>
/// <param name="Whom">The level of the last letter, the audience of the last step, or the centre where somebody of it follows the report; a wall names no person.</param>
public sealed record ToldText(string Whom, string How)
{
    /// <param name="width">Of either line, in the wall's root unit.</param>
    public static ToldText Of(Pursuit pursuit, double width, ProvinceTime time, CultureInfo culture) => pursuit switch
    {
        { FollowedBy: not null } => new(WallText.Get("Audience.Centre", culture), WallText.Get("Told.Followed", culture)),
        { LastUrging: { } urging } when pursuit.LastTold is not { } step || urging.SentAt >= step.At => new(
            WallText.Get($"Told.Level.{urging.Level}", culture),
            WallText.Format("Told.Urged", culture, urging.Time, Day(urging.SentAt, time, culture))),
        { LastTold: { } step } => new(
            WhomOf(step, width, culture),
            First(width, WallText.Format("Told.Step", culture, DayHour(step.At, time, culture)), WallText.Format("Told.Step", culture, Day(step.At, time, culture)))),
        { Next: { } next } => new(
            WallText.Get("Told.Nobody", culture), First(width, WallText.Format("Told.Next", culture, DayHour(next.At, time, culture)), WallText.Format("Told.Next", culture, Day(next.At, time, culture)))),
        _ => new(WallText.Get("Told.Nobody", culture), ""),
    };

    /// <summary>The same in one line, as much as fits: by what and when, else by what.</summary>
    /// <returns>Null while nobody was told.</returns>
    public static string? Short(Pursuit pursuit, double width, ProvinceTime time, CultureInfo culture)
    {
        if (pursuit is { FollowedBy: null, LastUrging: null, LastTold: null }) return null;
        var (whom, how) = Of(pursuit, width, time, culture);
        string[] wordings = pursuit switch
        {
            { FollowedBy: not null } => [how, whom],
            { LastUrging: { } urging } when pursuit.LastTold is not { } step || urging.SentAt >= step.At => [how, WallText.Format("Told.Urged.Short", culture, urging.Time, Day(urging.SentAt, time, culture))],
            _ => [WallText.Format("Told.Step.Short", culture, whom, Day(pursuit.LastTold!.At, time, culture)), whom],
        };
        return First(width, wordings);
    }

    /// <summary>All that a step told; where they do not fit, the one furthest up.</summary>
    private static string WhomOf(LadderMark step, double width, CultureInfo culture)
    {
        var audiences = step.To.Order().Select(a => WallText.Get($"Audience.{a}", culture)).ToList();
        return audiences.Count == 0 ? WallText.Get("Told.Agency", culture) : First(width, string.Join(", ", audiences), audiences[^1]);
    }

    private static string Day(DateTimeOffset at, ProvinceTime time, CultureInfo culture) => SurfaceText.Format("Time.Day", culture, time.Local(at));

    private static string DayHour(DateTimeOffset at, ProvinceTime time, CultureInfo culture) => SurfaceText.Format("Time.DayHour", culture, time.Local(at));

    private static bool Fits(string text, double width) => TextWidth.OfText(text, 22) <= width;

    private static string First(double width, params string[] wordings) => wordings.FirstOrDefault(w => Fits(w, width)) ?? wordings[^1];
}
