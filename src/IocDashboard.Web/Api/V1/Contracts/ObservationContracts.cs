using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>One figure as it was recorded. A reported one has <see cref="Period"/>, a measured one <see cref="At"/>.</summary>
public sealed record ObservationItem(
    string Indicator, string Area, string Agency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    decimal? Value, ObservationStatus Status, VerificationState Verification, int Revision, DateTimeOffset RecordedAt, long Seq);
