using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>One figure as it was recorded. A reported one has <see cref="Period"/>, a measured one <see cref="At"/>.</summary>
/// <param name="RecordedAt">When this revision was recorded, whatever was said of it since.</param>
/// <param name="Seq">Of the event that last touched it.</param>
/// <param name="UpdatedAt">When anything about it was last recorded: its verification or return, otherwise <paramref name="RecordedAt"/>.</param>
/// <param name="Note">What the agency said of it, as of why it is missing.</param>
public sealed record ObservationItem(
    string Indicator, string Area, string Agency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    decimal? Value, ObservationStatus Status, VerificationState Verification, int Revision, DateTimeOffset RecordedAt, long Seq,
    DateTimeOffset UpdatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note);
