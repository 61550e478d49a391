using System.Collections.Immutable;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Surfaces.Portal.Calendar;

/// <summary>What a day of the calendar says of a deadline, most pressing first.</summary>
public enum DueMark
{
    /// <summary>Returned, overdue or due soon: wants a hand now.</summary>
    Hot,

    /// <summary>May be filled in.</summary>
    Open,

    /// <summary>Not open yet.</summary>
    Coming,

    /// <summary>Locked, and never sent.</summary>
    Lost,

    Done,
}

/// <summary>One deadline, ready to be drawn.</summary>
/// <param name="At">The due instant; of what was sent back, by when it is to be mended.</param>
/// <param name="Label">The shortest words for it, beside its mark.</param>
/// <param name="Href">Null where there is nothing to open yet.</param>
/// <param name="Request">Of a data request, how it stands; null of a report.</param>
public sealed record DueItem(
    DateTimeOffset At, string Code, string Title, string Period, string Label, string? Href, ObligationState State, DueMark Mark, AnswerState? Request);

/// <summary>One day and what falls due in it, by instant.</summary>
public sealed record DueDay(DateOnly Day, bool IsWorking, ImmutableArray<DueItem> Items)
{
    /// <summary>Of its most pressing deadline; null when nothing is due.</summary>
    public DueMark? Mark => Items.IsEmpty ? null : Items.Min(i => i.Mark);
}

public sealed record DueMonth(ReportingPeriod Month, ImmutableArray<DueDay> Days)
{
    public IEnumerable<DueItem> Items => Days.SelectMany(d => d.Items);
}
