using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

public sealed partial class FigureLegend
{
    private (FigureRows, int, int) _drawn;

    [Parameter, EditorRequired]
    public required FigureRows Rows { get; set; }

    [Parameter]
    public int Indicators { get; set; }

    [Parameter]
    public int Series { get; set; }

    protected override bool ShouldRender()
    {
        if (_drawn == (Rows, Indicators, Series)) return false;
        _drawn = (Rows, Indicators, Series);
        return true;
    }
}
