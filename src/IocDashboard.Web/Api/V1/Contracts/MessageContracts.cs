using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace IocDashboard.Web.Api.V1.Contracts;

// The shapes of incoming messages, for the description alone: messages are read by hand, so that each error has its place.

/// <summary>A report of one form, agency and period.</summary>
[Description("A report of one form, agency and period: all or nothing.")]
public sealed record SubmissionMessageShape
{
    [Description("Any text of at most 200 characters that the sender never uses for other content."), Required]
    public required string MessageId { get; init; }

    [Description("Code of the form: AGENCY-RHYTHM, e.g. SYT-W."), Required]
    public required string Form { get; init; }

    [Description("Code of the agency that the token belongs to."), Required]
    public required string Agency { get; init; }

    [Description("SDMX period of the form's rhythm: 2026, 2026-S2, 2026-Q4, 2026-11, 2026-W47, 2026-11-23."), Required]
    public required string Period { get; init; }

    [Description("False keeps a draft, which settles no obligation."), Required]
    public required bool Complete { get; init; }

    [MinLength(1), MaxLength(10_000), Required]
    public required IReadOnlyList<CellShape> Values { get; init; }
}

/// <summary>One cell of a report.</summary>
public sealed record CellShape
{
    [Required]
    public required string Indicator { get; init; }

    [Description("Code of the area; QNM, the province, when left out.")]
    public string? Area { get; init; }

    [Description("A number, or the same as text with a decimal point; null exactly when the status is missing.")]
    public decimal? Value { get; init; }

    [Description("estimated, provisional, final or missing."), Required]
    public required Domain.Reporting.ObservationStatus Status { get; init; }

    [Description("Required when the status is missing."), MaxLength(1000)]
    public string? Note { get; init; }
}

/// <summary>One measurement of a feed; feed, indicator, area and instant identify it.</summary>
public sealed record MeasurementShape
{
    [Required]
    public required string Indicator { get; init; }

    [Description("Code of the area; QNM, the province, when left out.")]
    public string? Area { get; init; }

    [Description("RFC 3339 with an offset; at most 7 days old and 5 minutes ahead."), Required]
    public required DateTimeOffset At { get; init; }

    [Description("A number, or the same as text with a decimal point."), Required]
    public required decimal Value { get; init; }
}

/// <summary>Every error of the interface (RFC 9457).</summary>
public sealed record ProblemShape
{
    [Required]
    public required string Type { get; init; }

    [Required]
    public required string Title { get; init; }

    [Required]
    public required int Status { get; init; }

    [Description("In the caller's Accept-Language, vi or en."), Required]
    public required string Detail { get; init; }

    [Required]
    public required string TraceId { get; init; }

    [Description("Stable; docs/data-exchange.md lists them."), Required]
    public required string Code { get; init; }

    public IReadOnlyList<ContentRemark>? Errors { get; init; }
}
