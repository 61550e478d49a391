using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>One figure that was revised. A measurement has <see cref="At"/> in place of a period.</summary>
/// <param name="Difference">New less old; null where one of the two is missing.</param>
/// <param name="Reason">Null where nobody said.</param>
public sealed record ChangeItem(
    string Indicator, string Area, string Agency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Period,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? At,
    int Revision, decimal? OldValue, ObservationStatus OldStatus, decimal? NewValue, ObservationStatus NewStatus, decimal? Difference,
    VerificationState Verification, string? Reason, string? By, DateTimeOffset RecordedAt);
