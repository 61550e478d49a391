using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Features.ReportHistory;

/// <summary>
/// The events of a report as one reader may see them. A draft is its own agency's alone, whatever the reader's role: for everybody
/// else it never happened. Cells of indicators that are hidden from the reader are taken out of the rest.
/// </summary>
internal static class SeenReport
{
    public static IReadOnlyList<object> Of(IEnumerable<object> events, string agency, Sight sight, CatalogueSnapshot catalogue)
    {
        return [.. events.Select(SeenEvent).OfType<object>()];

        object? SeenEvent(object @event) => @event switch
        {
            ReportSubmitted { Complete: false } or ReportDraftBegun or ReportLaidBeforeHead or ReportGivenBackByHead when !sight.Owns(agency) => null,
            ReportSubmitted e when e.Values.Any(v => !IsSeen(v.Indicator)) => e with { Values = [.. e.Values.Where(v => IsSeen(v.Indicator))] },
            ReportReturned e when e.Reasons.Any(r => !IsSeen(r.Indicator)) || e.Accepted.Any(c => !IsSeen(c.Indicator)) => e with
            {
                Reasons = [.. e.Reasons.Where(r => IsSeen(r.Indicator))],
                Accepted = [.. e.Accepted.Where(c => IsSeen(c.Indicator))],
            },
            ReportOpened e when e.DueInstants.Any(d => d.Indicators.Any(i => !IsSeen(i))) => e with { DueInstants = Seen(e.DueInstants) },
            ReportRescheduled e when e.DueInstants.Any(d => d.Indicators.Any(i => !IsSeen(i))) => e with { DueInstants = Seen(e.DueInstants) },
            _ => @event,
        };

        ImmutableArray<DueInstant> Seen(ImmutableArray<DueInstant> instants) =>
            [.. instants.Select(d => d with { Indicators = [.. d.Indicators.Where(IsSeen)] }).Where(d => !d.Indicators.IsEmpty)];

        // A code that the catalogue no longer holds tells nothing of its class: it stays with its own agency.
        bool IsSeen(string code) => catalogue.Indicators.TryGetValue(code, out var indicator) ? sight.Sees(indicator) : sight.Owns(agency);
    }

    /// <summary>As the report stands to this reader.</summary>
    public static Report Seen(this Report report, Sight sight) =>
        report.State == ReportState.Draft && !sight.Owns(report.Agency) ? report with { State = ReportState.Open } : report;
}
