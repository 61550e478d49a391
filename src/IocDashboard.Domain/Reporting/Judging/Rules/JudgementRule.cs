using System.Collections.Immutable;
using System.Text.Json.Serialization;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Domain.Reporting;

/// <summary>What a rule compares a figure with.</summary>
public enum RuleKind
{
    /// <summary>Fixed bounds, narrower than what the catalogue holds plausible.</summary>
    Range,

    /// <summary>Fewer decimals than the catalogue lets pass.</summary>
    Precision,

    /// <summary>The figure of the period before.</summary>
    PreviousChange,

    /// <summary>The figure of the same period a year before (cùng kỳ).</summary>
    YearAgoChange,

    /// <summary>A total with the indicators that are its parts, area by area.</summary>
    IndicatorSum,

    /// <summary>The province with its areas.</summary>
    AreaSum,

    /// <summary>A part with the indicator that is its whole, which it may not exceed.</summary>
    PartOfWhole,

    /// <summary>A cumulative figure (lũy kế) with that of the period before in the same year, below which it may not fall.</summary>
    CumulativeNeverFalls,

    /// <summary>What another form says of the same thing.</summary>
    EqualAcrossForms,
}

/// <summary>What follows from a violation: refuse the message, refuse it unless the cell has a note that explains it, or only ask.</summary>
public enum RuleEffect { Block, Comment, Ask }

/// <summary>A rule is tried on what is past before it is switched on; one that was switched off stays in the book.</summary>
public enum RuleState { Trial, On, Off }

/// <summary>The numbers of a rule, in the indicator's own unit; each kind reads its own and leaves the others alone.</summary>
/// <param name="Least">Of <see cref="RuleKind.Range"/>.</param>
/// <param name="Most">Of <see cref="RuleKind.Range"/>.</param>
/// <param name="Decimals">Of <see cref="RuleKind.Precision"/>.</param>
/// <param name="Relative">Of a change: the largest share of the earlier figure, 0.5 for one half. Null: any.</param>
/// <param name="Absolute">Of a change: no change up to this one counts, however large its share is. Of all other comparisons: how far apart is still equal.</param>
/// <param name="EndingTogether">Of <see cref="RuleKind.EqualAcrossForms"/>: only where both periods end on the same day, as a cumulative figure or a stock needs it.</param>
public sealed record RuleLimits(
    decimal? Least = null, decimal? Most = null, int? Decimals = null, decimal? Relative = null, decimal Absolute = 0, bool EndingTogether = false);

/// <summary>
/// A rule by which the content of reports is judged beyond the catalogue's own bounds. It is data, and it never changes: another
/// wording or another limit is another rule, so that a judgement can be told by its rule's code for ever.
/// </summary>
/// <param name="Code">Stable, kebab-case: <c>part-ns02-ns01</c>.</param>
/// <param name="Form">The form whose messages it judges.</param>
/// <param name="Indicators">Columns of that form; empty for all of them. Of a sum the total, of a part the part.</param>
/// <param name="Areas">Only these; empty for all. Of <see cref="RuleKind.AreaSum"/> the parts of the province.</param>
/// <param name="Against">The parts of a total, the whole of a part, or the indicator of the other form.</param>
/// <param name="Why">What is told to whoever sends a figure that violates it.</param>
public sealed record JudgementRule(
    string Code, RuleKind Kind, RuleEffect Effect, string Form, ImmutableArray<string> Indicators, ImmutableArray<string> Areas,
    ImmutableArray<string> Against, RuleLimits Limits, LocalText Why)
{
    /// <summary>Every indicator that it names.</summary>
    [JsonIgnore]
    public IEnumerable<string> Named => Indicators.Concat(Against);
}

/// <summary>A rule as the book holds it: who put it in which state, since when and why. Instants are UTC.</summary>
/// <param name="Since">From this instant on; of a rule that is on it may lie ahead.</param>
public sealed record BookedRule(
    JudgementRule Rule, RuleState State, DateTimeOffset Since, string By, string Reason, string ProposedBy, DateTimeOffset ProposedAt)
{
    public bool JudgesAt(DateTimeOffset at) => State == RuleState.On && at >= Since;
}
