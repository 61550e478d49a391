using IocDashboard.Web.Live.Board;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

public sealed partial class FigureRow
{
    private FigureRowView? _drawn;
    private int _drawnIndex;

    [Parameter, EditorRequired]
    public required FigureRowView View { get; set; }

    /// <summary>1-based place among all rows, the heading included: most rows are not in the document.</summary>
    [Parameter]
    public int Index { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool IsGone => View.Age is AgeClass.Lost or AgeClass.Missing;

    private bool HasValue => View.Figure.TimeKey is not null && !IsGone;

    private string? RowClass => View.Age switch
    {
        AgeClass.Late => "late",
        AgeClass.Lost or AgeClass.Missing => "gone",
        _ => null,
    };

    private string AgeClassName => View.Age == AgeClass.Due ? "age due" : "age";

    /// <summary>A figure that is gone no longer changes against anything.</summary>
    private string Shown(string change) => IsGone ? FigureText.None : change;

    private string DeltaClass(bool unusual) => unusual && !IsGone ? "n dl out" : "n dl";

    /// <summary>The link in the row is the way by keyboard; a click anywhere in the row means the same.</summary>
    private void Open() => Navigation.NavigateTo(View.Href);

    /// <summary>The first render is not asked about: it is remembered here.</summary>
    protected override void OnInitialized() => ShouldRender();

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_drawn, View) && _drawnIndex == Index) return false;
        (_drawn, _drawnIndex) = (View, Index);
        return true;
    }
}
