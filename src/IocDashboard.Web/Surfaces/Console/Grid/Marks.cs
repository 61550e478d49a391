using IocDashboard.Domain.Reporting;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>The shapes of status (colour + shape + word): one frame each in a render tree. Decoration: the word stands beside them.</summary>
public static class Marks
{
    public static readonly MarkupString Normal = Shape("sh-ok", """<circle cx="8" cy="8" r="3.5" fill="currentColor"/>""");
    public static readonly MarkupString Warning = Shape("sh-warn", """<path d="M8 1.8 15 14H1z" fill="currentColor"/>""");
    public static readonly MarkupString Critical = Shape("sh-crit", """<path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor"/>""");
    public static readonly MarkupString Lost = Shape("sh-lost", """<circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.9 2.1"/>""");

    private const string TickPath = """<path d="M20 6 9 17l-5-5"/>""";
    private const string HourglassPath = """<path d="M5 22h14"/><path d="M5 2h14"/><path d="M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22"/><path d="M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2"/>""";
    private const string UndoPath = """<path d="M9 14 4 9l5-5"/><path d="M4 9h10.5a5.5 5.5 0 0 1 5.5 5.5a5.5 5.5 0 0 1-5.5 5.5H11"/>""";

    public static readonly MarkupString Verified = Small("", TickPath);
    public static readonly MarkupString Waiting = Small("vf-wait", HourglassPath);
    public static readonly MarkupString Returned = Small("vf-back", UndoPath);

    public static MarkupString Of(FigureState state) => state switch
    {
        FigureState.Normal => Normal,
        FigureState.Warning => Warning,
        FigureState.Critical or FigureState.Extreme => Critical,
        _ => Lost,
    };

    /// <summary>The colour class of the word.</summary>
    public static string Class(FigureState state) => state switch
    {
        FigureState.Normal => "st st-ok",
        FigureState.Warning => "st st-warn",
        FigureState.Critical => "st st-crit",
        FigureState.Extreme => "st st-crit st-extreme",
        _ => "st st-lost",
    };

    /// <summary>Class of the sparkline's last point.</summary>
    public static string PointClass(FigureState state) => state switch
    {
        FigureState.Warning => "pt pt-warn",
        FigureState.Critical or FigureState.Extreme => "pt pt-crit",
        _ => "pt",
    };

    public static MarkupString Of(VerificationState state) => state switch
    {
        VerificationState.Verified => Verified,
        VerificationState.Returned => Returned,
        _ => Waiting,
    };

    /// <summary>The text that names the state.</summary>
    public static string NameOf(FigureState state) => state switch
    {
        FigureState.Normal => "State.Normal",
        FigureState.Warning => "State.Warning",
        FigureState.Critical => "State.Critical",
        FigureState.Extreme => "State.Extreme",
        FigureState.Lost => "State.Lost",
        _ => "State.Missing",
    };

    /// <summary>The text that names whether it was verified.</summary>
    public static string NameOf(VerificationState state) => state switch
    {
        VerificationState.Verified => "Verification.Verified",
        VerificationState.Returned => "Verification.Returned",
        _ => "Verification.Unverified",
    };

    /// <summary>Nobody looks at single measurements: one that is verified is so by the rule that trusts its source.</summary>
    public static string NameOf(VerificationState state, bool isStreamed) =>
        isStreamed && state == VerificationState.Verified ? "Verification.ByRule" : NameOf(state);

    private static MarkupString Shape(string style, string path) =>
        new($"""<svg class="sh {style}" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{path}</svg>""");

    private static MarkupString Small(string style, string path) =>
        new($"""<svg class="ic s {style}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{path}</svg>""");
}
