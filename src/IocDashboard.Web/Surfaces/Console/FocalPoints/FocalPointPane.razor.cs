using System.Globalization;
using IocDashboard.Domain.FocalPoints;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using IocDashboard.Web.Platform.Audit;
using Microsoft.AspNetCore.Components;

namespace IocDashboard.Web.Surfaces.Console.FocalPoints;

/// <summary>One agency beside the list: whom it named, how they are reached, who they were before; and the forms that change it.</summary>
public sealed partial class FocalPointPane
{
    private (FocalPointKind Kind, FocalPoint? Replaces)? _naming;
    private FocalPoint? _ending;
    private AgencyLine? _of;

    [Inject]
    private ProvinceTime Time { get; set; } = null!;

    [Parameter, EditorRequired]
    public required AgencyLine Line { get; set; }

    /// <summary>Whoever looks may change this agency's, now.</summary>
    [Parameter]
    public bool MayRecord { get; set; }

    [Parameter, EditorRequired]
    public required AgencyScope Scope { get; set; }

    [Parameter, EditorRequired]
    public required AuditActor Actor { get; set; }

    [Parameter]
    public EventCallback<FocalPointSaved> Saved { get; set; }

    [Parameter]
    public EventCallback Closed { get; set; }

    protected override void OnParametersSet()
    {
        // A form stays open over a new reading of the same register; it closes when what it is about was changed.
        if (_of is not null && !_of.Named.SequenceEqual(Line.Named)) Back();
        _of = Line;
        if (!MayRecord) Back();
    }

    private void Name(FocalPointKind kind) => _naming = (kind, null);

    private void Replace(FocalPoint focalPoint) => _naming = (focalPoint.Kind, focalPoint);

    private void Back() => (_naming, _ending) = (null, null);

    private string When(DateTimeOffset instant) => Time.Local(instant).ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
