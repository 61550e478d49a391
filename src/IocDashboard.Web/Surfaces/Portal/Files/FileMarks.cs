using IocDashboard.Web.Documents.Forms.Preview;
using IocDashboard.Web.Surfaces.Portal.Sheets;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Files;

/// <summary>Shapes that go with a colour: what is refused, what is asked, what is new.</summary>
internal static class FileMarks
{
    private static readonly MarkupString New = new("""<svg class="ic s" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="M5 12h14"/><path d="M12 5v14"/></svg>""");

    public static MarkupString Of(CellVerdict verdict) => verdict switch
    {
        CellVerdict.Refused => SheetMarks.Bad,
        CellVerdict.Asks => SheetMarks.Ask,
        CellVerdict.New => New,
        CellVerdict.Changed => Glyphs.Pencil,
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
