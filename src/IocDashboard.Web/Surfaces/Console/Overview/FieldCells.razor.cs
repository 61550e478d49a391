using System.Globalization;
using IocDashboard.Domain;
using IocDashboard.Web.Surfaces.Console.View;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Overview;

/// <summary>The sixteen fields: worst state, share of indicators on time, age of the youngest figure.</summary>
public sealed partial class FieldCells
{
    private ValueList<Cell> _cells = new([]);
    private (ValueList<Cell>, DateTimeOffset?)? _drawn;

    [CascadingParameter]
    private ConsoleMoment Moment { get; set; } = ConsoleMoment.Empty;

    protected override void OnParametersSet() => _cells = new(Moment.Summary.Fields.Select(f => new Cell(
        f with { NewestAt = f.NewestAt is null ? null : DateTimeOffset.UnixEpoch }, f.Name.In(CultureInfo.CurrentUICulture), f.Expected == 0 ? 0 : f.OnTime * 100 / f.Expected, AgeOf(f))));

    protected override bool ShouldRender()
    {
        if (_drawn == (_cells, Moment.AsOf)) return false;
        _drawn = (_cells, Moment.AsOf);
        return true;
    }

    private string AgeOf(FieldSummary field)
    {
        if (field.NewestAt is not { } newest) return T("Field.Never");
        var age = Moment.Now - newest;
        return age < TimeSpan.FromMinutes(1) ? T("Field.JustNow") : T("Field.Ago", AgeScale.Words(age, CultureInfo.CurrentUICulture));
    }

    /// <summary>As drawn: its ages are told in minutes, so that sixteen cells do not count seconds.</summary>
    private sealed record Cell(FieldSummary Field, string Name, int Share, string Age);
}
