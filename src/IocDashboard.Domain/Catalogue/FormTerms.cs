namespace IocDashboard.Domain.Catalogue;

/// <summary>
/// What the centre has set for one form (article 9.1; the regulation itself names no days). A change of opening or lock holds for
/// the obligations that are opened from then on: what was opened keeps the instants that it was opened with.
/// </summary>
/// <param name="OpensDays">Days by which it opens after the first day that its period covers; below 0: before it, as an estimate may need.</param>
/// <param name="LockDays">Days from the deadline to the lock; 0: it never locks; null: as usual for its rhythm (<see cref="Reporting.ReportSchedule.LockGrace"/>).</param>
/// <param name="Verifiers">How many people must confirm a report, each another one: 1 or 2.</param>
public sealed record FormTerms(int OpensDays, int? LockDays, int Verifiers)
{
    /// <summary>A rule's cut opens a report up to a month early already, and nothing is recorded more than 62 days before its period.</summary>
    public const int EarliestOpening = -30, LatestOpening = 366, LongestLock = 1_000, LongestUpdate = 30;

    public static readonly FormTerms Usual = new(0, null, 1);

    /// <summary>
    /// Working days from a change at the source to the end of the day by which the report is to come again (article 9.1b says "immediately" and
    /// names no hour); at least 1, the term that Decree 47/2020 gives a service (article 25).
    /// </summary>
    public int UpdateDays { get; init; } = 1;

    public bool IsPossible =>
        OpensDays is >= EarliestOpening and <= LatestOpening && LockDays is null or (>= 0 and <= LongestLock) && Verifiers is 1 or 2 && UpdateDays is >= 1 and <= LongestUpdate;
}
