using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>One report: where it stands, what it says, and how it came to that.</summary>
/// <param name="Values">Of complete submissions.</param>
/// <param name="Draft">Values of the draft that came after them; left out when there is none, and for every agency but its own.</param>
/// <param name="Obligation">The most pressing state of the obligation.</param>
public sealed record ReportItem(
    string Report, string Form, string Agency, string Period, ReportState State, ObligationState Obligation, Punctuality Punctuality, int Revision,
    DateTimeOffset OpensAt, DateTimeOffset DueAt, DateTimeOffset? LockAt, DateTimeOffset? OverdueSince, DateTimeOffset? SubmittedAt,
    IReadOnlyList<ReportedValue> Values,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReportedValue>? Draft, IReadOnlyList<RevisionItem> Revisions, IReadOnlyList<HistoryItem> Events)
{
    /// <summary>Its source has changed since it was received; left out where nobody said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UpdateItem? Update { get; init; }
}

/// <summary>
/// A cell as the newest complete submission that names it left it; <see cref="Revision"/> is the figure's own, as in the observations. In a
/// draft, the one that it has or would get.
/// </summary>
public sealed record ReportedValue(string Indicator, string Area, decimal? Value, ObservationStatus Status, string? Note, int Revision);

/// <summary>One submission that was kept. An incomplete one is a draft.</summary>
public sealed record RevisionItem(
    int Revision, Guid SubmissionId, string MessageId, bool Complete, Punctuality Punctuality, int Values, string By, string Channel, DateTimeOffset ReceivedAt);

/// <summary>One event of the report. <see cref="At"/> is when it happened; a missed deadline happened at the deadline and was noticed at <see cref="FoundAt"/>.</summary>
public sealed record HistoryItem(
    string Type, DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? FoundAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? By,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Revision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ReturnedCell>? Reasons)
{
    /// <summary>Of a return: by when the centre asks for it to be mended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>Of a change at the source: when it was, by the source's clock.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Of a change at the source: by when the report is to come again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Of a lock exception: until when it lets values in.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Why one cell was sent back.</summary>
public sealed record ReturnedCell(string Indicator, string Area, string Reason);
