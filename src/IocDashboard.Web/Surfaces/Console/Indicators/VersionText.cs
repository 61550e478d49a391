using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Surfaces.Console.View;
using static IocDashboard.Web.Surfaces.Console.ConsoleText;

namespace IocDashboard.Web.Surfaces.Console.Indicators;

/// <summary>A version of an indicator in words: by which decision, and why its series begins anew.</summary>
public static class VersionText
{
    /// <summary>Number, date and signer; of an import the document that it named.</summary>
    public static string Decision(IndicatorVersion version) => version.Decision switch
    {
        { Paper: { } paper } => T("Ver.Paper", paper.Number, DayText.Of(paper.SignedOn), paper.Signer),
        { } named => named.Document,
        null => T("Ver.Founding"),
    };

    /// <summary>A document's own name is Vietnamese on every page; the rest is in the page's language.</summary>
    public static string? LanguageOf(IndicatorVersion version) => version.Decision is { Paper: null } ? "vi" : null;

    /// <param name="before">The version that it followed.</param>
    public static string Break(IndicatorVersion version, IndicatorVersion? before)
    {
        var reasons = before is null ? [] : SeriesBreak.Between(before.Indicator, version.Indicator, wordingOnly: false);
        return T("Hist.Break", DayText.Of(version.From), string.Join(", ", reasons.Select(r => T($"Ver.Reason.{r}"))), version.Decision?.Document ?? T("Ver.Founding"));
    }
}
