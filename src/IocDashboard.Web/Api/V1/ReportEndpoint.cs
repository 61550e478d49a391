using System.Security.Claims;
using System.Text.Json;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary>
/// <c>GET /api/v1/reports/{form}/{agency}/{period}</c>. A key of scope <c>read</c> reads every report, without the cells of
/// indicators that it may not read; one of scope <c>submit</c> alone reads its own agency's. A draft is read by its own agency
/// alone: to others the report stands as before it.
/// </summary>
internal static class ReportEndpoint
{
    public static async Task<IResult> Get(
        string form, string agency, string period, HttpContext http, CatalogueCache cache, FindReportHistory find, Sights sights, SpecificReads reads, TimeProvider clock,
        JsonAnswer json, CancellationToken cancellation)
    {
        var sight = sights.Of(ReadingAgency.Of(http.User));
        if (!sight.Owns(agency) && !http.User.HasClaim(AccessClaims.Scope, KeyScopes.Read))
            return new ApiProblemResult(StatusCodes.Status403Forbidden, [JudgementError.At("", SubmissionCodes.NotYourAgency, http.User.FindFirstValue(AccessClaims.Agency) ?? "")]);
        if (!ReportingPeriod.TryParse(period, out var parsed) || await find.Handle(ReportKey.Of(form, agency, parsed), sight, cancellation) is not { } found)
            return new ApiProblemResult(StatusCodes.Status404NotFound, [JudgementError.At("", "unknown-report", $"{form}/{agency}/{period}")]);

        var shown = found.Events.OfType<ReportSubmitted>().SelectMany(e => e.Values).Select(v => cache.Current.Indicators.GetValueOrDefault(v.Indicator)).OfType<Indicator>();
        await reads.NoteAsync(sight, shown, http.Request.Path, cancellation: cancellation);
        return json.Of(ItemOf(found, clock.GetUtcNow()));
    }

    private static ReportItem ItemOf(ReportWithHistory found, DateTimeOffset now)
    {
        var report = found.Report.KnownAt(now);
        var submissions = found.Events.OfType<ReportSubmitted>().ToList();
        var values = ValuesOf(submissions.Where(s => s.Complete), []);
        return new(
            report.Id, report.Form, report.Agency, report.Period.ToString(), report.State, Obligation.StateAt(report, now), report.Punctuality,
            report.Revision, report.OpensAt, report.DueAt, report.LocksAt, report.OverdueSince, report.SubmittedAt,
            [.. values.Values],
            submissions is [.., { Complete: false } draft] ? [.. ValuesOf([draft], values).Values] : null, [.. submissions.Select(RevisionOf)],
            [.. found.Events.Select(HistoryOf)]) { Update = UpdateItem.Of(report, now) };
    }

    /// <summary>The cells that the submissions name, each with its own revision: it rises when something about the cell is new, as in the observations.</summary>
    private static Dictionary<(string, string), ReportedValue> ValuesOf(
        IEnumerable<ReportSubmitted> submissions, Dictionary<(string, string), ReportedValue> before)
    {
        var cells = new Dictionary<(string, string), ReportedValue>();
        foreach (var cell in submissions.SelectMany(s => s.Values))
        {
            var key = (cell.Indicator, cell.Area);
            var known = cells.GetValueOrDefault(key) ?? before.GetValueOrDefault(key);
            var said = new ReportedValue(cell.Indicator, cell.Area, cell.Value, cell.Status, cell.Note, known?.Revision ?? 1);
            cells[key] = known is null || said == known ? said : said with { Revision = known.Revision + 1 };
        }

        return cells;
    }

    private static RevisionItem RevisionOf(ReportSubmitted e) =>
        new(e.Revision, e.SubmissionId, e.MessageId, e.Complete, e.Punctuality, e.Values.Length, e.SubmittedBy, e.Channel, e.ReceivedAt);

    private static HistoryItem HistoryOf(object @event)
    {
        var item = new HistoryItem(JsonNamingPolicy.CamelCase.ConvertName(@event.GetType().Name), FindReportHistory.InstantOf(@event), null, null, null, null);
        return @event switch
        {
            ReportFellOverdue e => item with { FoundAt = e.FoundAt },
            ReportSubmitted e => item with { By = e.SubmittedBy, Revision = e.Revision },
            ReportChecked e => item with { By = e.By, Revision = e.Revision },
            ReportVerified e => item with { By = e.By, Revision = e.Revision },
            LockExtended e => item with { By = e.By, Until = e.Until },
            LockExtensionEnded e => item with { By = e.By },
            ReportSourceChanged e => item with { By = e.By, ChangedAt = e.ChangedAt, DueAt = e.DueAt },
            ReportDraftBegun e => item with { By = e.By },
            ReportLaidBeforeHead e => item with { By = e.By },
            ReportGivenBackByHead e => item with { By = e.By },
            ReportReturned e => item with
            {
                By = e.By, Revision = e.Revision, MendBy = e.MendBy,
                Reasons = [.. e.Reasons.Select(r => new ReturnedCell(r.Indicator, r.Area, r.Reason))],
            },
            _ => item,
        };
    }
}
