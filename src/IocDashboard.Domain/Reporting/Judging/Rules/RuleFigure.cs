using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>Which figure of a series a rule asks for, seen from the period that is being judged.</summary>
public enum RuleMoment { Standing, Previous, YearAgo, Elsewhere }

/// <summary>One figure that a rule compares.</summary>
/// <param name="Rhythm">That of its own series: another form may have another.</param>
public readonly record struct RuleFigure(string Indicator, string Area, RuleMoment Moment, Rhythm Rhythm)
{
    /// <summary>The period whose figure is meant: of another form the one that contains, or ends with, the period judged.</summary>
    public ReportingPeriod PeriodFor(ReportingPeriod judged) => Moment switch
    {
        RuleMoment.Previous => judged.Previous,
        RuleMoment.YearAgo => judged.SamePeriodLastYear,
        RuleMoment.Elsewhere => ReportingPeriod.Containing(Rhythm, judged.LastDay),
        _ => judged,
    };

    /// <summary>Whether it means what the figure judged means: an earlier one of another meaning is one that is not known.</summary>
    public bool IsComparable(IndicatorBook book, ReportingPeriod judged) =>
        Moment is RuleMoment.Standing or RuleMoment.Elsewhere || book.AreComparable(Indicator, PeriodFor(judged).FirstDay, judged.FirstDay);
}

/// <summary>One comparison that a rule asks for: a figure of the report judged, and those that it is compared with.</summary>
internal sealed record RuleCheck(BookedRule Booked, RuleFigure Subject, IReadOnlyList<RuleFigure> Compared)
{
    public JudgementRule Rule => Booked.Rule;

    /// <summary>The figures of the judged report itself, its subject first.</summary>
    public IEnumerable<RuleFigure> InReport => Compared.Where(c => c.Moment == RuleMoment.Standing).Prepend(Subject);

    /// <summary>Whether there is anything to compare in this period.</summary>
    public bool IsAbout(ReportingPeriod period) => Rule.Kind switch
    {
        RuleKind.CumulativeNeverFalls => period.Previous.Year == period.Year,
        RuleKind.EqualAcrossForms when Rule.Limits.EndingTogether => Compared[0].PeriodFor(period).LastDay == period.LastDay,
        _ => true,
    };
}
