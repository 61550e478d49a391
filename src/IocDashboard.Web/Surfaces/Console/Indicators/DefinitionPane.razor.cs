using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Surfaces.Shared;
using Microsoft.AspNetCore.Components;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>What the figure means, when it is owed, by whom, and what is judged abnormal, on which basis.</summary>
public sealed partial class DefinitionPane
{
    private (Indicator, DateTimeOffset?)? _drawn;

    [Inject]
    private ProvinceTime Province { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Figure Figure { get; set; }

    [Parameter]
    public Form? Form { get; set; }

    [Parameter]
    public Feed? Feed { get; set; }

    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    private Indicator Indicator => Figure.Indicator;

    private Thresholds Limits => Indicator.Thresholds;

    /// <summary>The register's note, translated where it is one of those that the reference set came with.</summary>
    private string Basis => Resources.GetString("Basis." + Limits.Basis, Culture) ?? Limits.Basis;

    protected override bool ShouldRender()
    {
        if (_drawn == (Indicator, Figure.RecordedAt)) return false;
        _drawn = (Indicator, Figure.RecordedAt);
        return true;
    }

    private string Number(decimal value) => NumberText.Trimmed(value, Math.Max(2, Indicator.Decimals), Culture);

    /// <summary>Below the limit where higher is good, from it on where lower is.</summary>
    private string Beyond(decimal limit) => T(Indicator.Direction == Direction.Higher ? "Def.Below" : "Def.From", $"{Number(limit)} {Indicator.Unit.In(Culture)}");

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpper(text[0], Culture) + text[1..];
}
