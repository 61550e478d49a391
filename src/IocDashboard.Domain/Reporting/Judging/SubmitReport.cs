using System.Collections.Immutable;

namespace IocDashboard.Domain.Reporting;

/// <summary>One value as it was received, before judgement. <see cref="Position"/> is its index in the message.</summary>
public sealed record SubmittedValue(
    int Position, string? Indicator, string? Area, decimal? Value, string? Status, string? Note);

/// <summary>An agency's message for one report. <see cref="ReceivedAt"/> (UTC) is the clock: it settles punctuality.</summary>
/// <param name="Complete">False keeps a draft.</param>
/// <param name="Channel">As in <see cref="ReportSubmitted"/>.</param>
public sealed record SubmitReport(
    Guid SubmissionId, string MessageId, bool Complete, IReadOnlyList<SubmittedValue> Values,
    string By, string Channel, DateTimeOffset ReceivedAt)
{
    /// <summary>As in <see cref="ReportSubmitted"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>As in <see cref="ReportSubmitted"/>.</summary>
    public string? PreparedBy { get; init; }

    /// <summary>As in <see cref="ReportSubmitted"/>.</summary>
    public DateTimeOffset? SourceAt { get; init; }
}

/// <summary>
/// Why something was refused, or is doubted. <see cref="Code"/> is stable and kebab-case, <see cref="Pointer"/> a JSON pointer
/// into the message (<c>/values/3/value</c>); the text for people comes from resources by the code, with the arguments.
/// </summary>
public sealed record JudgementError(string Pointer, string Code, ImmutableArray<string> Arguments)
{
    public static JudgementError At(string pointer, string code, params ReadOnlySpan<string> arguments) => new(pointer, code, [.. arguments]);

    /// <summary>
    /// What is wrong with a message's form together with what is wrong with its content, so that all is said at once. Where the
    /// form is wrong, what the content lacks in the same place follows from that and is left out.
    /// </summary>
    public static ImmutableArray<JudgementError> Join(IReadOnlyList<JudgementError> ofForm, ImmutableArray<JudgementError> ofContent)
    {
        if (ofForm.Count == 0) return ofContent;
        var places = ofForm.Select(e => e.Pointer).ToHashSet(StringComparer.Ordinal);
        return [.. ofForm, .. ofContent.Where(e => !places.Contains(e.Pointer))];
    }
}

/// <summary>What a message holds, cell by cell, with everything that is wrong (it is then refused whole) or doubtful about it.</summary>
public sealed record Judgement(
    ImmutableArray<CellValue> Values, ImmutableArray<JudgementError> Errors, ImmutableArray<JudgementError> Warnings)
{
    public bool Accepted => Errors.IsEmpty;
}
