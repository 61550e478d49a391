using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>
/// The one word that a row says about its figure. A lost or missing figure says nothing about the world, so its age is the
/// state; a late one still does, and carries its hatching beside the word.
/// </summary>
public enum FigureState { Normal, Warning, Critical, Extreme, Lost, Missing }

public static class FigureStates
{
    public static FigureState StateAt(this Figure figure, DateTimeOffset now) => Of(figure, figure.AgeAt(now));

    public static FigureState Of(Figure figure, AgeClass age) => age switch
    {
        AgeClass.Missing => FigureState.Missing,
        AgeClass.Lost => FigureState.Lost,
        _ => figure.Severity switch
        {
            Severity.Extreme => FigureState.Extreme,
            Severity.Critical => FigureState.Critical,
            Severity.Warning => FigureState.Warning,
            _ => FigureState.Normal,
        },
    };

    /// <summary>
    /// Worst first: what is abnormal now, then what is no longer known, then what is late (abnormal before normal), then
    /// what was returned or never reported, then the rest. Smaller is worse.
    /// </summary>
    public static int Urgency(Figure figure, AgeClass age) => (age, Of(figure, age)) switch
    {
        (AgeClass.Fresh or AgeClass.Due, FigureState.Extreme) => 0,
        (AgeClass.Fresh or AgeClass.Due, FigureState.Critical) => 1,
        (AgeClass.Fresh or AgeClass.Due, FigureState.Warning) => 2,
        (AgeClass.Lost, _) => 3,
        (AgeClass.Late, FigureState.Extreme) => 4,
        (AgeClass.Late, FigureState.Critical) => 5,
        (AgeClass.Late, FigureState.Warning) => 6,
        (AgeClass.Late, _) => 7,
        (AgeClass.Missing, _) => 8,
        _ => figure.Verification == VerificationState.Returned ? 9 : 10,
    };

    /// <summary>True for what the tab «Trễ, mất» lists: figures that did not come when they should have.</summary>
    public static bool IsBehind(AgeClass age) => age is AgeClass.Late or AgeClass.Lost or AgeClass.Missing;
}
