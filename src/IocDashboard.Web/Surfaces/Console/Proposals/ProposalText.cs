using System.Globalization;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Surfaces.Console.Indicators;
using IocDashboard.Web.Surfaces.Console.People;
using IocDashboard.Web.Surfaces.Shared;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Proposals;

/// <summary>What a proposal would change, property by property, in the words of whoever reads it.</summary>
internal static class ProposalText
{
    /// <param name="before">Null for a new indicator: everything is told.</param>
    public static IReadOnlyList<(string Name, string Before, string After)> Differences(
        IndicatorVersion? before, ChangeProposed change, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        var after = Told(change.Indicator, change.Areas, catalogue, culture).ToList();
        var held = before is null ? [] : Told(before.Indicator, before.Areas, catalogue, culture).ToDictionary(t => t.Name, t => t.Value);
        return [.. after.Where(a => held.GetValueOrDefault(a.Name) != a.Value).Select(a => (a.Name, held.GetValueOrDefault(a.Name) ?? "", a.Value))];
    }

    private static IEnumerable<(string Name, string Value)> Told(Indicator i, IReadOnlyList<string> areas, CatalogueSnapshot catalogue, CultureInfo culture)
    {
        yield return (T("Def.Name"), Both(i.Name));
        yield return (T("Gov.Short"), Both(i.ShortName));
        yield return (T("Gov.Field"), i.Field.In(culture));
        yield return (T("Def.Unit"), Both(i.Unit));
        yield return (T("Gov.Decimals"), i.Decimals.ToString(culture));
        yield return (T("Def.Direction"), T($"Def.Direction.{i.Direction}"));
        yield return (T("Set.Col.Rhythm"), T($"Rhythm.{i.Rhythm}"));
        yield return (T("Gov.Accumulation"), T($"Def.Accumulation.{i.Accumulation}"));
        yield return (T("Set.Col.Deadline"), DeadlineText.Of(i.DeadlineRule));
        yield return (T("Def.Agency"), PersonText.ShortAgency(catalogue, i.Agency));
        yield return (T("Def.Breakdown"), T($"Def.Breakdown.{i.Breakdown}"));
        yield return (T("Gov.Areas"), string.Join(", ", areas));
        yield return (T("Gov.Aggregation"), T($"Gov.Aggregation.{i.Aggregation}"));
        yield return (T("Gov.Range"), $"{Number(i.PlausibleMin)} – {Number(i.PlausibleMax)}");
        yield return (T("Def.Target"), i.Thresholds.TargetLow is { } low ? i.Thresholds.TargetHigh is { } high && high != low ? $"{Number(low)} – {Number(high)}" : Number(low) : "—");
        yield return (T("Def.Limits"), string.Join(" · ", new[] { i.Thresholds.Warning, i.Thresholds.Critical, i.Thresholds.Extreme }.Select(l => l is { } limit ? Number(limit) : "—")));
        yield return (T("Set.Col.Sharing"), T($"Set.Sharing.{i.Sharing}"));

        string Number(decimal value) => NumberText.Trimmed(value, 12, culture);
    }

    private static string Both(LocalText text) => text.Vi == text.En ? text.Vi : $"{text.Vi} / {text.En}";
}
