using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>Shapes that go with a colour: what must be mended, what is asked.</summary>
public static class SheetMarks
{
    public static readonly MarkupString Bad = new("""<svg class="sh sh-crit" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M8 .8 15.2 8 8 15.2.8 8z" fill="currentColor"/></svg>""");
    public static readonly MarkupString Ask = new("""<svg class="sh sh-warn" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d="M8 1.8 15 14H1z" fill="currentColor"/></svg>""");
}
