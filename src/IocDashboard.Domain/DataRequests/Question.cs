using System.Collections.Immutable;

namespace IocDashboard.Domain.DataRequests;

public enum QuestionKind { Figure, Text }

/// <summary>One question of a data request, as it was put: a later change of an indicator changes no question.</summary>
/// <param name="Id">Unique within its request: <c>q1</c>, <c>q2</c> …</param>
/// <param name="Required">An answer is not complete without it; a figure that there is none of is answered by a note that says why.</param>
public sealed record Question(string Id, QuestionKind Kind, string Text, bool Required)
{
    /// <summary>Of a figure, in Vietnamese; null where the question itself says it, and of a text.</summary>
    public string? Unit { get; init; }

    /// <summary>Most decimals of a figure; null of a text.</summary>
    public int? Decimals { get; init; }

    /// <summary>Code of the indicator that is asked for out of its rhythm; null for a free question.</summary>
    public string? Indicator { get; init; }

    /// <summary>Code of the place asked about; null: the agency's own where the indicator is broken down so, else the province.</summary>
    public string? Area { get; init; }

    /// <summary>Values below, or above, are refused with <c>out-of-range</c>; null: any.</summary>
    public decimal? Least { get; init; }

    public decimal? Most { get; init; }
}

/// <summary>What an agency says to one question: a figure, a text, or by its note why there is none.</summary>
public sealed record GivenAnswer(string Question, decimal? Value, string? Text, string? Note)
{
    /// <summary>Says more than why it says nothing.</summary>
    public bool HoldsSomething => Value is not null || Text is not null;
}

/// <summary>A question as somebody wants to ask it; what is wrong with it is said by its place.</summary>
public sealed record WantedQuestion(
    QuestionKind Kind, string? Text, bool Required, string? Unit, int? Decimals, string? Indicator, string? Area, decimal? Least, decimal? Most);
