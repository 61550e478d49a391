namespace IocDashboard.Domain.DataRequests;

/// <summary>Codes of what is wrong with a request or an act on it, beside those of reports; each has a text in resources.</summary>
public static class RequestCodes
{
    public const string Required = "required";
    public const string BadLength = "bad-request-text";
    public const string DueInPast = "due-in-past";
    public const string DueTooFar = "due-too-far";
    public const string NoAgencies = "no-agencies";
    public const string TooManyAgencies = "too-many-agencies";
    public const string NoQuestions = "no-questions";
    public const string TooManyQuestions = "too-many-questions";
    public const string BadDecimals = "bad-decimals";

    /// <summary>An agency would learn of an indicator that no agreement lets it see.</summary>
    public const string UnseenByAgency = "indicator-unseen-by-agency";
    public const string UnknownQuestion = "unknown-question";
    public const string DuplicateAnswer = "duplicate-answer";
    public const string AnswerRequired = "answer-required";
    public const string NotAText = "not-a-text-question";
    public const string NotAFigure = "not-a-figure-question";

    /// <summary>There is no such request for the caller.</summary>
    public const string Unknown = "unknown-request";
    public const string Withdrawn = "request-withdrawn";
    public const string Accepted = "request-accepted";
    public const string NotAnswered = "request-not-answered";
    public const string Superseded = "answer-superseded";
    public const string ReasonNeeded = "reason-needed";
    public const string NothingOwed = "nothing-owed";
    public const string NotLater = "not-later";

    /// <summary>Somebody typed since whoever sends looked.</summary>
    public const string DraftChanged = "draft-changed";
    public const string DraftEmpty = "draft-empty";

    /// <summary>Nothing more is taken: withdrawn, or accepted.</summary>
    public static bool IsClosed(string code) => code is Withdrawn or Accepted;
}
