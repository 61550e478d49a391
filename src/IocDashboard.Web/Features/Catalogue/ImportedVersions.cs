using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue.Import;

namespace IocDashboard.Web.Features.Catalogue;

/// <summary>
/// What an import makes of the book of versions. It founds what is new, and corrects what was imported before from the period that is
/// running on; what the Chairman decided it cannot change. A name that a file spells otherwise is a spelling: another meaning is proposed.
/// </summary>
internal sealed class ImportedVersions(IndicatorBook book, Decision decision, DateOnly assignedFrom, DateOnly today)
{
    /// <summary>Indicators of the files that would undo a recorded decision (article 9.1c).</summary>
    public static ImmutableArray<ImportFinding> Governed(ReferenceSet set, IReadOnlyCollection<Indicator> held, IndicatorBook book)
    {
        var now = held.ToDictionary(i => i.Code, StringComparer.Ordinal);
        return
        [
            .. set.Indicators.Where(i => now.TryGetValue(i.Code, out var held) && held.RetiredFrom is null && held != i
                && book.Of(i.Code).LastOrDefault(v => v.AppliedAt is not null)?.Decision?.Paper is not null)
                .Select(i => new ImportFinding(IndicatorRows.File, 1, "code", "governed", i.Code)),
        ];
    }

    /// <param name="isMoved">The first day of what was imported before moves too.</param>
    /// <returns>Each version that is new or differs, with the day of the row that it replaces.</returns>
    public List<(IndicatorVersion Version, DateOnly? Replaces)> Of(ReferenceSet set, IReadOnlyCollection<Indicator> held, bool isMoved)
    {
        var areas = set.Forms.SelectMany(f => f.Indicators).Concat(set.Feeds.SelectMany(f => f.Indicators)).ToDictionary(c => c.Code, c => c.Areas, StringComparer.Ordinal);
        var changed = new List<(IndicatorVersion, DateOnly?)>();
        foreach (var indicator in set.WithHeld(held).Where(i => i.RetiredFrom is null))
        {
            var last = book.Of(indicator.Code).LastOrDefault(v => v.AppliedAt is not null);
            if (Version(last, indicator, areas.GetValueOrDefault(indicator.Code, []), isMoved) is { } version && !IsSame(version, last))
                changed.Add((version, last is not null && (version.Kind == last.Kind && version.From <= last.From) ? last.From : null));
        }

        return changed;
    }

    private IndicatorVersion Version(IndicatorVersion? last, Indicator indicator, ImmutableArray<string> areas, bool isMoved)
    {
        var first = assignedFrom < today ? assignedFrom : today;
        if (last is null) return new(indicator, areas, first, VersionKind.Added, IsBreak: false, decision, null, decision.At);
        var from = last.IsFounding && isMoved && first < last.From ? first : last.From;
        if (last.Indicator == indicator) return last with { Areas = areas, From = from };
        var running = indicator.Rhythm.IsStreamed() ? today : ReportingPeriod.Containing(indicator.Rhythm, today).FirstDay;
        return running <= last.From
            ? last with { Indicator = indicator, Areas = areas, From = from, Decision = decision }
            : new(indicator, areas, running, VersionKind.Revised, !SeriesBreak.Between(last.Indicator, indicator, wordingOnly: true).IsEmpty, decision, null, decision.At);
    }

    private static bool IsSame(IndicatorVersion version, IndicatorVersion? last) =>
        last is not null && version.Indicator == last.Indicator && version.From == last.From && version.Areas.SequenceEqual(last.Areas);
}
