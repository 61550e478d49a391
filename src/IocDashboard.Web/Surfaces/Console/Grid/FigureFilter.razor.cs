using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Web.Features.Catalogue;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.Grid;

/// <summary>Text, field and source. The lists are native: they open fast, and by keyboard, on any desktop.</summary>
public sealed partial class FigureFilter
{
    private const string SearchIcon = """<g fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"><path d="m21 21-4.34-4.34"/><circle cx="11" cy="11" r="8"/></g>""";

    private CatalogueSnapshot? _of;
    private FigureQuery? _drawn;
    private ImmutableArray<(string Code, string Name)> _fields = [];
    private ImmutableArray<(string Code, string Name)> _agencies = [];

    [Parameter, EditorRequired]
    public required FigureQuery Query { get; set; }

    [Parameter]
    public EventCallback<FigureQuery> QueryChanged { get; set; }

    [Parameter, EditorRequired]
    public required CatalogueSnapshot Catalogue { get; set; }

    [Parameter]
    public string? FixedField { get; set; }

    protected override bool ShouldRender()
    {
        if (ReferenceEquals(_of, Catalogue) && _drawn == Query) return false;
        _drawn = Query;
        if (ReferenceEquals(_of, Catalogue)) return true;
        _of = Catalogue;
        var culture = CultureInfo.CurrentUICulture;
        _fields = [.. Catalogue.IndicatorList.DistinctBy(i => i.FieldCode).Select(i => (i.FieldCode, i.Field.In(culture)))];
        var compare = culture.CompareInfo.GetStringComparer(CompareOptions.IgnoreCase);
        _agencies =
        [
            .. Catalogue.IndicatorList.Where(i => FixedField is null || i.FieldCode == FixedField).Select(i => i.Agency).Distinct()
                .Select(code => (code, Catalogue.Agencies.TryGetValue(code, out var agency) ? agency.ShortName.In(culture) : code)).OrderBy(a => a.Item2, compare),
        ];
        return true;
    }

    protected override void OnInitialized() => ShouldRender();

    // As typed, each letter at once: a space cut off, or a letter that another choice overtakes, would vanish from under the hand.
    private Task OnSearch(string? text) => QueryChanged.InvokeAsync(Query with { Search = text ?? "" });

    private Task OnField(ChangeEventArgs change) => QueryChanged.InvokeAsync(Query with { Field = change.Value as string ?? "" });

    private Task OnAgency(ChangeEventArgs change) => QueryChanged.InvokeAsync(Query with { Agency = change.Value as string ?? "" });
}
