using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>The message of <c>POST /reports/{form}/{agency}/{period}/source</c>: the sender's figures for that report changed.</summary>
/// <param name="ChangedAt">By the sender's clock; at most 5 minutes ahead of the centre's.</param>
public sealed record SourceChangeBody(DateTimeOffset ChangedAt);

/// <summary>What the centre holds beside what the source said.</summary>
/// <param name="SourceAt">Until when changes at the source are in what was received; null before the first complete submission.</param>
/// <param name="DueAt">By when the report is to come: again where <paramref name="State"/> is <c>due</c>, at all where it is <c>awaited</c>; null where nothing is owed.</param>
public sealed record SourceReceipt(string Report, SourceStanding State, DateTimeOffset? SourceAt, DateTimeOffset? DueAt)
{
    public static SourceReceipt Of(Report report, DateTimeOffset changedAt)
    {
        var standing = SourceChangeDecider.StandingOf(report, changedAt);
        return new(report.Id, standing, report.SourceAt, standing switch
        {
            SourceStanding.Due => report.UpdateOwed?.DueAt,
            SourceStanding.Awaited => report.DueAt,
            _ => null,
        });
    }
}

/// <summary>A received report whose source has changed since: it is to come again.</summary>
/// <param name="ChangedAt">The first change that was not received.</param>
/// <param name="NewestAt">The last one.</param>
/// <param name="OverdueSince">Its due instant, once that has passed.</param>
public sealed record UpdateItem(
    DateTimeOffset ChangedAt, DateTimeOffset NewestAt, DateTimeOffset DueAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? OverdueSince)
{
    public static UpdateItem? Of(Report report, DateTimeOffset now) => report.UpdateDue is { } owed
        ? new(owed.ChangedAt, report.NewestChange!.ChangedAt, owed.DueAt, report.IsUpdateOverdueAt(now) ? owed.DueAt : null)
        : null;
}
