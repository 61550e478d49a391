namespace IocDashboard.Domain.Catalogue;

/// <summary>Why a proposal or a decision was not taken in. The words for people are among the console's texts, <c>Gov.Refused.…</c>.</summary>
public enum GovernanceRefusal
{
    /// <summary>Whoever asks holds no role that may; the three role sets of article 2 never merge.</summary>
    NotAllowed,

    /// <summary>Whoever proposed does not record the decision.</summary>
    OwnProposal,

    UnknownProposal,

    /// <summary>Withdrawn or decided.</summary>
    NotPending,

    /// <summary>The indicator was changed after this was proposed.</summary>
    Outdated,

    NoReason,
    BadCode,

    /// <summary>Codes are stable: one that was ever used names its indicator for ever.</summary>
    CodeTaken,
    UnknownIndicator,

    /// <summary>Retired, or about to be: nothing follows it, so that no gap opens in who answers for it.</summary>
    Gap,

    /// <summary>From that day on, or later, another version is decided already: two would hold at once (article 3.3).</summary>
    Overlap,

    /// <summary>Another indicator of the set has this name: two agencies would answer for one thing (article 3.3).</summary>
    NameTaken,
    NothingChanges,
    NoName,
    NoUnit,
    BadDecimals,
    UnknownField,
    UnknownAgency,
    UnknownArea,

    /// <summary>Areas that the breakdown does not have.</summary>
    WrongAreas,
    BadRule,
    RuleNotForRhythm,

    /// <summary>A stream does not become a report, nor a report a stream: that is another indicator.</summary>
    OtherKindOfRhythm,
    BadRange,
    BadLimits,

    /// <summary>Another agency, or another rhythm, from the first day of a period only: a period has one agency.</summary>
    NotAtPeriodStart,

    /// <summary>Such a move from today on would take what the former agency may have reported today.</summary>
    PeriodHasBegun,
    NoNumber,
    NoSigner,

    /// <summary>Signed on a day that is still to come.</summary>
    NotYetSigned,

    /// <summary>Effective before the day of the decision.</summary>
    Retroactive,

    /// <summary>Effective before today: what was reported since then was reported under the set that held.</summary>
    AlreadyPast,
    BadDay,
}
