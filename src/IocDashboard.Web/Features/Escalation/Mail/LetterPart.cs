using System.Collections.Immutable;
using IocDashboard.Domain.Escalation;

namespace IocDashboard.Web.Features.Escalation.Mail;

/// <summary>One notice of a letter.</summary>
/// <param name="Texts">The step's own words; null: the built-in.</param>
public sealed record LetterPart(NoticeKind Kind, string Agency, ImmutableArray<NoticeItem> Items, StepTexts? Texts)
{
    /// <summary>The words of a letter of urging, which a person signed; a notice of the ladder has none.</summary>
    public (string Subject, string Body)? Own { get; init; }
}
