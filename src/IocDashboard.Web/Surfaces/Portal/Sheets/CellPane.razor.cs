using System.Globalization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Platform.Access.People;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Portal.Sheets;

/// <summary>Status and note of the cell that one is in, what it held before, and the choice where two people wrote at once.</summary>
public sealed partial class CellPane
{
    private static readonly CultureInfo Fallback = CultureInfo.InvariantCulture;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Inject]
    private PeopleNames Names { get; set; } = null!;

    [Parameter, EditorRequired]
    public required SheetView View { get; set; }

    [Parameter]
    public CellKey? Key { get; set; }

    [Parameter, EditorRequired]
    public required CatalogueSnapshot Catalogue { get; set; }

    [Parameter]
    public IReadOnlyList<PastCell> History { get; set; } = [];

    /// <summary>What this person typed and the sheet did not take; null when there is no conflict.</summary>
    [Parameter]
    public CellEntry? Mine { get; set; }

    [Parameter]
    public EventCallback<(CellKey Key, ObservationStatus? Status, string? Note)> Enter { get; set; }

    /// <summary>True: one's own entry is to stand.</summary>
    [Parameter]
    public EventCallback<bool> Resolve { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private SheetCell? Cell => Key is { } key ? View.Seen.Cells.GetValueOrDefault(key) : null;

    private StandingCell? Standing => Key is { } key ? View.Seen.Standing.GetValueOrDefault(key) : null;

    private ObservationStatus? Status => Cell is { } cell ? cell.Status : Standing?.Status;

    private string StatusValue => (Status ?? ObservationStatus.Provisional).ToString();

    private string? Note => Cell is { } cell ? cell.Note : Standing?.Note;

    private bool CanWrite => Key is { } key && View.Blocks.SelectMany(b => b.Lines).SelectMany(l => l.Cells).FirstOrDefault(c => c.Key == key) is { CanWrite: true };

    private Task EnterAsync(ObservationStatus? status, string? note) => Key is { } key ? Enter.InvokeAsync((key, status, note)) : Task.CompletedTask;

    private static ObservationStatus? Parse(object? value) => Enum.TryParse<ObservationStatus>(value as string, out var status) ? status : null;

    private string When(DateTimeOffset instant) => Province.Local(instant).ToString("HH:mm:ss dd/MM", Fallback);
}
