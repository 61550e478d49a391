namespace IocDashboard.Domain.Reporting;

/// <summary>One obligation as the measures see it: when it was due, when something complete was received, and whether it held any figure.</summary>
/// <param name="HasFigures">False when every cell was sent as missing: an empty report is not on time.</param>
public readonly record struct SettledObligation(DateTimeOffset DueAt, DateTimeOffset? SubmittedAt, bool HasFigures = true);

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
            if (obligation is not { HasFigures: true, SubmittedAt: { } submitted } || submitted > at) missing++;
            else if (submitted <= obligation.DueAt) onTime++;
            else late++;
        }

        return new(onTime + late + missing, onTime, late, missing);
    }
}
