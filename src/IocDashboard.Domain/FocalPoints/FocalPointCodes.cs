using System.Collections.Immutable;

namespace IocDashboard.Domain.FocalPoints;

/// <summary>What is wrong with one field; the texts are among the console's own, <c>Fp.Error.…</c>.</summary>
/// <param name="Field">One of <see cref="FocalPointFields"/>; empty when it concerns the whole.</param>
/// <param name="Arguments">For the text; days as <c>yyyy-MM-dd</c>.</param>
public sealed record FieldError(string Field, string Code, ImmutableArray<string> Arguments)
{
    public static FieldError At(string field, string code, params ReadOnlySpan<string> arguments) => new(field, code, [.. arguments]);
}

public static class FocalPointFields
{
    public const string Agency = "agency", Name = "name", Position = "position", Phone = "phone", Email = "email", From = "from", Until = "until";
}

public static class FocalPointCodes
{
    public const string Required = "required";
    public const string TooLong = "too-long";
    public const string BadText = "bad-text";
    public const string BadPhone = "bad-phone";
    public const string BadEmail = "bad-email";

    /// <summary>For whoever reads days from text: it is none.</summary>
    public const string BadDay = "bad-day";

    public const string EndsBeforeStart = "ends-before-start";

    /// <summary>Another principal holds at the same time: their name, first day, and first day no longer (or nothing).</summary>
    public const string PrincipalOverlaps = "principal-overlaps";

    /// <summary>The one to be replaced began later: their first day.</summary>
    public const string BeforePredecessor = "before-predecessor";

    public const string AlreadySucceeded = "already-succeeded";

    /// <summary>It ends as early already; an end is brought forward, never put off.</summary>
    public const string AlreadyEnded = "already-ended";

    /// <summary>There is none of this identifier among those the caller may know of.</summary>
    public const string Unknown = "unknown";

    public const string UnknownAgency = "unknown-agency";
}
