using IocDashboard.Web.Documents.Forms.Preview;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Files;

/// <summary>Shapes that go with a colour: what is refused, what is asked, what is new.</summary>
internal static class FileMarks
{
    public static readonly MarkupString Bad = new("""<svg class="sh sh-crit" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor"/></svg>""");
    public static readonly MarkupString Ask = new("""<svg class="sh sh-warn" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M8 1.8 15 14H1z" fill="currentColor"/></svg>""");

    private static readonly MarkupString New = new("""<svg class="ic s" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M5 12h14"/><path d="M12 5v14"/></svg>""");
    private static readonly MarkupString Changed = new("""<svg class="ic s" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M13 21h8"/><path d="m15 5 4 4"/><path d="M21.174 6.812a1 1 0 0 0-3.986-3.987L3.842 16.174a2 2 0 0 0-.5.83l-1.321 4.352a.5.5 0 0 0 .623.622l4.353-1.32a2 2 0 0 0 .83-.497z"/></svg>""");

    public static MarkupString Of(CellVerdict verdict) => verdict switch
    {
        CellVerdict.Refused => Bad,
        CellVerdict.Asks => Ask,
        CellVerdict.New => New,
        CellVerdict.Changed => Changed,
        _ => default,
    };

    public static string Style(CellVerdict verdict) => verdict switch
    {
        CellVerdict.Refused => "u-bad",
        CellVerdict.Asks => "u-ask",
        CellVerdict.New => "u-new",
        CellVerdict.Changed => "u-upd",
        _ => "u-same",
    };
}
