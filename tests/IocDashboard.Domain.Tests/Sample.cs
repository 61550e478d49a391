using System.Collections.Immutable;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.Tests;

/// <summary>Plausible things to test with, each adjustable by a <c>with</c> expression.</summary>
internal static class Sample
{
    public static readonly Thresholds NoLimits = new(null, null, null, null, null, "illustrative");

    public static Indicator Indicator(
        string code = "YT01", Rhythm rhythm = Rhythm.Weekly, string rule = "end+1bd@16:00", int decimals = 1,
        decimal min = 0, decimal max = 1_000, Direction direction = Direction.Lower, Thresholds? limits = null) =>
        new(code, code[..2], new("Y tế", "Health"), new("Số ca mắc " + code, "Cases " + code), new(code, code), new("ca", "cases"),
            decimals, direction, rhythm, Accumulation.Period, rule, "SYT", Breakdown.District, Aggregation.Sum, min, max,
            limits ?? NoLimits, SharingClass.Default, "illustrative");

    /// <summary>YT01 and YT02 over the province and two districts, required; YT03 over the province, not required.</summary>
    public static readonly Form Form = new(
        "SYT-W", "SYT", Rhythm.Weekly,
        [new("YT01", ["QNM", "TKY", "HAN"], true), new("YT02", ["QNM", "TKY", "HAN"], true), new("YT03", ["QNM"], false)],
        new DateOnly(2021, 1, 1));

    public static readonly ImmutableDictionary<string, Indicator> Indicators =
        new[] { Indicator("YT01"), Indicator("YT02", decimals: 0), Indicator("YT03", decimals: 2, min: -15, max: 20), Indicator("KT01") }
            .ToImmutableDictionary(i => i.Code, StringComparer.Ordinal);

    public static readonly CellGrid Grid = CellGrid.Of(Form, Indicators);

    public static SubmittedValue Value(
        int position, string? indicator = "YT01", string? area = "QNM", decimal? value = 12, string? status = "final", string? note = null) =>
        new(position, indicator, area, value, status, note);

    /// <summary>All six required cells of <see cref="Form"/>.</summary>
    public static ImmutableArray<SubmittedValue> FullValues { get; } =
    [
        .. new[] { "YT01", "YT02" }.SelectMany(_ => new[] { "QNM", "TKY", "HAN" }, (i, a) => (i, a))
            .Select((cell, position) => Value(position, cell.i, cell.a)),
    ];

    public static SubmitReport Submit(bool complete = true, DateTimeOffset? at = null, params ReadOnlySpan<SubmittedValue> values) =>
        new(Guid.Empty, "m-1", complete, values.ToArray(), "SYT", "api", at ?? BeforeDue);

    public static readonly ReportingPeriod Period = ReportingPeriod.Parse("2026-W47");

    public static readonly DateTimeOffset OpensAt = Province.At("2026-11-16 00:00");
    public static readonly DateTimeOffset DueAt = Province.At("2026-11-23 16:00");
    public static readonly DateTimeOffset LockAt = DueAt.AddDays(60);
    public static readonly DateTimeOffset BeforeDue = DueAt.AddHours(-3);
    public static readonly DateTimeOffset AfterDue = DueAt.AddHours(3);

    /// <summary>SYT-W/SYT/2026-W47, as its obligation opened it.</summary>
    public static readonly Report OpenReport = Report.Create(
        ReportSchedule.Open(Form, Period, Indicators, Province.Calendar, Province.Time, OpensAt));

    public static readonly Judgement Accepted = new([new("YT01", "QNM", 12, ObservationStatus.Final, null)], [], []);

    public static Report SubmittedReport { get; } = ReportDecider.Decide(OpenReport, Submit(), Accepted).Report;

    public static Report VerifiedReport { get; } =
        ReportDecider.Verify(SubmittedReport, new VerifyReport(1, "IOC", BeforeDue.AddHours(1))).Report;

    public static Report LockedReport { get; } = ReportDecider.Lock(SubmittedReport, LockAt).Report;
}
