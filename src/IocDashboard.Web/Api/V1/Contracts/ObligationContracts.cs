using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.Timeliness;
using Timeliness = IocDashboard.Domain.Reporting.Timeliness;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>What an agency owes for one form and period, in the most pressing state that applies.</summary>
/// <param name="OverdueSince">The deadline that passed with nothing complete received; stays when it was received late.</param>
/// <param name="SubmittedAt">Receipt of the first complete submission.</param>
public sealed record ObligationItem(
    string Form, string Agency, string Period, ObligationState State, DateTimeOffset OpensAt, DateTimeOffset DueAt, DateTimeOffset? LockAt,
    DateTimeOffset? OverdueSince, DateTimeOffset? SubmittedAt, Punctuality Punctuality)
{
    /// <summary>Its source has changed since it was received (article 9.1b); left out where nobody said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UpdateItem? Update { get; init; }

    public static ObligationItem From(ObligationRow row, DateTimeOffset now) => new(
        row.Report.Form, row.Report.Agency, row.Report.Period.ToString(), row.State, row.Report.OpensAt, row.Report.DueAt, row.Report.LocksAt,
        row.Report.OverdueSince, row.Report.SubmittedAt, row.Report.Punctuality) { Update = UpdateItem.Of(row.Report, now) };
}

/// <summary>Timeliness of one agency, field or form. The rates lie between 0 and 1; null when nothing was expected.</summary>
/// <param name="ReportingRate">Received ÷ expected.</param>
/// <param name="OnTimeRate">Received by the deadline ÷ expected, so that silence never improves it.</param>
public sealed record TimelinessItem(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Agency,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Form,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Period,
    int Expected, int Received, int OnTime, int Late, int Missing, decimal? ReportingRate, decimal? OnTimeRate, decimal? DaysToReceipt)
{
    public static TimelinessItem From(TimelinessGroup groupBy, string group, Timeliness measure, TimeSpan? toReceipt) => new(
        groupBy == TimelinessGroup.Agency ? group : null, groupBy == TimelinessGroup.Field ? group : null, groupBy == TimelinessGroup.Form ? group : null,
        groupBy == TimelinessGroup.Period ? group : null,
        measure.Expected, measure.Received, measure.OnTime, measure.Late, measure.Missing, Round(measure.ReportingRate), Round(measure.OnTimeRate),
        toReceipt is { } span ? Math.Round((decimal)span.TotalDays, 2) : null);

    private static decimal? Round(decimal? rate) => rate is { } r ? Math.Round(r, 4) : null;
}
