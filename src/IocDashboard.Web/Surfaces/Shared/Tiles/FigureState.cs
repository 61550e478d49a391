using IocDashboard.Domain.Alerts;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;

namespace IocDashboard.Web.Surfaces.Shared.Tiles;

/// <summary>
/// The three things that a figure's look says: how abnormal the world is, what kind of datum it is, how fresh it is.
/// A figure that is missing or lost is not judged: it never looks normal.
/// </summary>
/// <param name="Status"><c>normal</c>, <c>warning</c>, <c>critical</c>, <c>extreme</c>, or <c>unknown</c>.</param>
/// <param name="Figure"><c>official</c>, <c>estimated</c>, <c>preliminary</c>, <c>returned</c>, <c>none</c> (reported as not to be had), <c>missing</c>, <c>withheld</c> (there, and not verified, where only verified figures are shown), <c>lost</c>.</param>
/// <param name="Fresh"><c>fresh</c>, <c>due</c>, <c>late</c>.</param>
public readonly record struct FigureState(string Status, string Figure, string Fresh)
{
    public static FigureState Of(Figure figure, DateTimeOffset now)
    {
        var age = figure.AgeAt(now);
        var fresh = age switch { AgeClass.Due => "due", AgeClass.Late => "late", _ => "fresh" };
        return age switch
        {
            _ when figure.IsWithheld => new("unknown", "withheld", fresh),
            AgeClass.Lost => new("unknown", "lost", fresh),
            AgeClass.Missing => new("unknown", "missing", fresh),
            _ when figure.Value is null => new("unknown", "none", fresh),
            _ => new(StatusOf(figure.Severity), Kind(figure), fresh),
        };
    }

    public static string StatusOf(Severity severity) => severity switch
    {
        Severity.Warning => "warning",
        Severity.Critical => "critical",
        Severity.Extreme => "extreme",
        _ => "normal",
    };

    public bool IsKnown => Status != "unknown";
    public bool IsAbnormal => Status is "warning" or "critical" or "extreme";

    /// <summary>The shape that stands for the datum, when there is something to say about it.</summary>
    public string? DatumShape => Figure switch
    {
        "lost" => "lost",
        "missing" or "none" or "withheld" => "missing",
        "returned" => "returned",
        _ => Fresh == "late" ? "late" : null,
    };

    private static string Kind(Figure figure) => figure switch
    {
        { Verification: VerificationState.Returned } => "returned",
        { Status: ObservationStatus.Estimated } => "estimated",
        { Status: ObservationStatus.Provisional } => "preliminary",
        _ => "official",
    };
}
