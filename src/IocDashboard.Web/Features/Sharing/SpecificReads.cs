using System.Text.Json.Nodes;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Web.Platform.Audit;

namespace IocDashboard.Web.Features.Sharing;

/// <summary>
/// Puts the reading of another agency's specific figures on the audit trail (Decree 47/2020, article 45), before the answer is
/// given: what cannot be put there is not answered. An agency that reads its own is not noted.
/// </summary>
public sealed class SpecificReads(AuditTrail audit)
{
    // A page of a thousand figures may name every indicator; the trail needs no more to be searched by.
    private const int MostNamed = 50;

    /// <param name="shown">The indicator of every figure in the answer, as often as it is there.</param>
    /// <param name="subject">What was read: an address, a channel, an indicator.</param>
    /// <param name="by">Null: whoever calls now.</param>
    public async Task NoteAsync(
        Sight sight, IEnumerable<Indicator> shown, string subject, AuditActor? by = null, CancellationToken cancellation = default)
    {
        var guests = shown.Where(sight.IsGuestOf).Select(i => i.Code).ToList();
        if (guests.Count == 0) return;
        var told = new JsonObject
        {
            ["indicators"] = string.Join(',', guests.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNamed)),
            ["figures"] = guests.Count,
        };
        await audit.RecordAsync(AuditActions.SpecificRead, subject, AuditOutcome.Done, after: told, by: by, cancellation: cancellation);
    }
    /// <summary>Of a page that stays open: what this viewing did not show before, because an agreement began or another instant is looked at.</summary>
    /// <param name="asOf">The instant that is looked at; null: the present.</param>
    public async Task NoteNewAsync(
        SpecificViewing viewing, Sight sight, IEnumerable<Indicator> shown, DateTimeOffset? asOf, string subject, AuditActor by, CancellationToken cancellation)
    {
        var unseen = shown.Where(i => sight.IsGuestOf(i) && !viewing.Has(i, asOf)).ToList();
        await NoteAsync(sight, unseen, subject, by, cancellation);
        foreach (var indicator in unseen) viewing.Add(indicator, asOf);
    }
}
