namespace IocDashboard.Domain.Reporting;

/// <summary>One obligation as the measures see it: instants that, once written, stay as they are, so that what was measured as of an instant is measured so for ever.</summary>
/// <param name="SettledAt">Receipt of the first complete submission that held a figure: an empty report is not on time.</param>
/// <param name="PeriodEndsAt">First instant after its period.</param>
public readonly record struct SettledObligation(DateTimeOffset DueAt, DateTimeOffset? SettledAt, DateTimeOffset PeriodEndsAt = default);

/// <summary>
/// The five measures over one set of obligations. Expected = OnTime + Late + Missing and Received = OnTime + Late, always, so
/// both rates lie between 0 and 1; they are null when nothing was expected.
/// </summary>
public sealed record Timeliness(int Expected, int OnTime, int Late, int Missing)
{
    public static readonly Timeliness None = new(0, 0, 0, 0);

    public int Received => OnTime + Late;

    /// <summary>Completeness: received ÷ expected.</summary>
    public decimal? ReportingRate => Rate(Received);

    /// <summary>Punctuality: received by its due instant ÷ expected (not ÷ received: silence must not improve it).</summary>
    public decimal? OnTimeRate => Rate(OnTime);

    public static Timeliness operator +(Timeliness left, Timeliness right) =>
        new(left.Expected + right.Expected, left.OnTime + right.OnTime, left.Late + right.Late, left.Missing + right.Missing);

    private decimal? Rate(int part) => Expected == 0 ? null : (decimal)part / Expected;
}

/// <summary>
/// Counts obligations, never submissions: numerator and denominator are the same set, those assigned for their period and
/// due by <c>at</c>, and each falls into exactly one part. What was received after <c>at</c> was not known then.
/// </summary>
public static class TimelinessMeasure
{
    public static Timeliness Of(IEnumerable<SettledObligation> obligations, DateTimeOffset at)
    {
        int onTime = 0, late = 0, missing = 0;
        foreach (var obligation in obligations)
        {
            if (obligation.DueAt > at) continue;
            if (obligation.SettledAt is not { } settled || settled > at) missing++;
            else if (settled <= obligation.DueAt) onTime++;
            else late++;
        }

        return new(onTime + late + missing, onTime, late, missing);
    }

    /// <summary>Timeliness: the median time from the end of the period to receipt, over what was due and received by <c>at</c>. Negative where figures come before their period ends.</summary>
    /// <returns>Null when nothing was received.</returns>
    public static TimeSpan? MedianToReceipt(IEnumerable<SettledObligation> obligations, DateTimeOffset at)
    {
        var spans = obligations.Where(o => o.DueAt <= at && o.SettledAt <= at).Select(o => o.SettledAt!.Value - o.PeriodEndsAt).Order().ToList();
        return spans.Count == 0 ? null : spans.Count % 2 == 1 ? spans[spans.Count / 2] : (spans[(spans.Count / 2) - 1] + spans[spans.Count / 2]) / 2;
    }
}
