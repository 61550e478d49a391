using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>What became of a submission.</summary>
public abstract record SubmissionOutcome
{
    private SubmissionOutcome()
    {
    }

    /// <summary>The receipt, of a refusal null.</summary>
    public Receipt? ReceiptOf() => this switch
    {
        Accepted { Receipt: var receipt } => receipt,
        Repeated { Receipt: var receipt } => receipt,
        WouldBe { Receipt: var receipt } => receipt,
        _ => null,
    };

    /// <summary>Committed by this call.</summary>
    public sealed record Accepted(Receipt Receipt) : SubmissionOutcome;

    /// <summary>The same message was accepted before; this is what it was answered with.</summary>
    public sealed record Repeated(Receipt Receipt) : SubmissionOutcome;

    /// <summary>A dry run: what would be. Nothing was kept.</summary>
    public sealed record WouldBe(Receipt Receipt) : SubmissionOutcome;

    /// <summary>Nothing was kept. <see cref="Warnings"/>: what would have been asked besides, for people who go on typing.</summary>
    public sealed record Refused(Refusal Kind, ImmutableArray<JudgementError> Errors) : SubmissionOutcome
    {
        public ImmutableArray<JudgementError> Warnings { get; init; } = [];
    }
}

/// <summary>Why in kind: wrong content, another agency's report, an id used for another message, a period that takes nothing more.</summary>
public enum Refusal { Content, NotYours, Conflict, Locked }

/// <summary>Codes of the public contract that concern the message itself; those of its values are <see cref="JudgementCodes"/>.</summary>
public static class SubmissionCodes
{
    public const string UnknownForm = "unknown-form";
    public const string UnknownAgency = "unknown-agency";
    public const string NotAssigned = "not-assigned";
    public const string NotYourAgency = "not-your-agency";
    public const string BadPeriod = "bad-period";
    public const string MessageIdReused = "message-id-reused";
}
