namespace IocDashboard.Domain.Reporting;

/// <summary>Codes of refusals of a verification, a return or a lock exception, and one warning.</summary>
public static class ReviewCodes
{
    /// <summary>Nobody verifies what they sent or prepared.</summary>
    public const string OwnSubmission = "own-submission";

    /// <summary>The form asks for two verifiers, and this is the first one again.</summary>
    public const string SameVerifier = "same-verifier";

    /// <summary>Not all cells of the report may be read by the verifier's agency: an agreement is missing.</summary>
    public const string CellsHidden = "cells-hidden";

    /// <summary>The deadline to mend lies behind.</summary>
    public const string BadMendBy = "bad-mend-by";

    /// <summary>A lock exception needs the document that allows it.</summary>
    public const string MissingAuthority = "missing-authority";

    /// <summary>An exception must end after now, and after the lock that it lifts.</summary>
    public const string BadExpiry = "bad-expiry";

    /// <summary>The report never locks.</summary>
    public const string NeverLocks = "never-locks";

    /// <summary>No exception holds.</summary>
    public const string NoException = "no-exception";

    /// <summary>A warning: a verified figure is replaced, and nobody said why.</summary>
    public const string NoReason = "no-reason";
}
