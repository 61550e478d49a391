namespace IocDashboard.Domain.Urgings;

/// <summary>Codes of refusals of what is done about reports that do not come.</summary>
public static class UrgingCodes
{
    /// <summary>Nothing is owed: it was received, excused, locked, or has not begun.</summary>
    public const string NotOwed = "not-owed";

    /// <summary>No excuse holds.</summary>
    public const string NotExcused = "not-excused";

    /// <summary>Somebody follows it already.</summary>
    public const string TakenOver = "taken-over";

    /// <summary>Nobody follows it, or another does.</summary>
    public const string NotTakenOver = "not-taken-over";

    public const string MissingText = "missing-text", MissingRecipients = "missing-recipients", BadAnswerBy = "bad-answer-by", TextTooLong = "text-too-long";

    /// <summary>More than one letter holds.</summary>
    public const string TooManyReports = "too-many-reports";

    /// <summary>Only the PPC Office urges on its own authority.</summary>
    public const string NotOffice = "not-office";

    /// <summary>The letter was answered already, or there is none of it for this agency.</summary>
    public const string NothingToAnswer = "nothing-to-answer";

    /// <summary>The day promised lies behind.</summary>
    public const string BadPromise = "bad-promise";
}
