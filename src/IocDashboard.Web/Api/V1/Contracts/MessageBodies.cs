using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

// These describe what is sent and what a problem looks like; the readers in Api/Messages read the bytes themselves.

/// <summary>The message of <c>POST /submissions</c>.</summary>
/// <param name="MessageId">Chosen by the sender, unique for its agency: sending again is safe.</param>
/// <param name="Complete">False keeps a draft. True when left out.</param>
/// <param name="Reason">Why figures that stood are replaced. A verified figure that is replaced without one brings the warning <c>no-reason</c>.</param>
public sealed record SubmissionBody(
    string MessageId, string Form, string Agency, string Period, IReadOnlyList<SubmissionBodyValue> Values, bool Complete = true, string? Reason = null, DateTimeOffset? SourceAt = null);

/// <summary>One cell. <see cref="Area"/> is the province when left out; a missing figure has no value and a note.</summary>
public sealed record SubmissionBodyValue(string Indicator, ObservationStatus Status, string? Area = null, decimal? Value = null, string? Note = null);

/// <summary>One measurement. <see cref="At"/> needs its offset.</summary>
public sealed record MeasurementBody(string Indicator, DateTimeOffset At, decimal Value, string? Area = null);

/// <summary>Any error (RFC 9457). <see cref="Code"/> never changes; <see cref="Detail"/> is in the caller's language.</summary>
public sealed record ProblemBody(
    string Type, string Title, int Status, string Detail, string TraceId, string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ContentRemark>? Errors);
