using System.Collections.Immutable;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.V1.Contracts;

/// <summary>An ad-hoc data request as the agency asked sees it: what is asked, until when, and how its own answer stands.</summary>
/// <param name="MendBy">Until when a returned answer is to be mended.</param>
/// <param name="OverdueSince">The deadline that passed without an answer; stays when it was answered late.</param>
/// <param name="AnsweredAt">Receipt of the first complete answer.</param>
public sealed record DataRequestItem(
    string Number, string Title, string Text, string Authority, DateTimeOffset AskedAt, DateTimeOffset DueAt, DateTimeOffset? MendBy, AnswerState State,
    Punctuality Punctuality, DateTimeOffset? OverdueSince, DateTimeOffset? AnsweredAt, int Revision, string? ReturnReason,
    ImmutableArray<DataRequestQuestion> Questions, ImmutableArray<DataRequestAnswer> Answers)
{
    public static DataRequestItem From(DataRequest request, AskedAgency asked, DateTimeOffset now)
    {
        // So that an answer turns at the moment and not at the next sweep.
        var missed = asked.State == AnswerState.Open && asked.DueAt <= now;
        return new(
            request.Number, request.Title, request.Text, request.Authority, request.AskedAt, asked.DueAt, asked.MendBy, asked.State,
            missed ? Punctuality.Overdue : asked.Punctuality, asked.OverdueSince ?? (missed ? asked.DueAt : null), asked.AnsweredAt, asked.Revision,
            asked.ReturnReason, [.. request.Questions.Select(DataRequestQuestion.From)],
            [.. asked.Answers.Select(a => new DataRequestAnswer(a.Question, a.Value, a.Text, a.Note))]);
    }
}

/// <summary>One question.</summary>
/// <param name="Area">Null: the agency's own where the indicator is broken down so, else the province.</param>
public sealed record DataRequestQuestion(
    string Id, QuestionKind Kind, string Text, bool Required, string? Unit, int? Decimals, string? Indicator, string? Area, decimal? Least, decimal? Most)
{
    public static DataRequestQuestion From(Question q) => new(q.Id, q.Kind, q.Text, q.Required, q.Unit, q.Decimals, q.Indicator, q.Area, q.Least, q.Most);
}

/// <summary>What was answered to one question.</summary>
public sealed record DataRequestAnswer(string Question, decimal? Value, string? Text, string? Note);

/// <summary>The message of <c>POST /requests/{number}/answers</c>: all that there is to answer, in one message.</summary>
/// <param name="MessageId">Chosen by the sender, unique among its agency's answers: sending again is safe.</param>
public sealed record AnswersBody(string MessageId, IReadOnlyList<AnswersBodyItem> Answers);

/// <summary>One answer: a figure has a value, a text a text; where there is none, the note says why.</summary>
public sealed record AnswersBodyItem(string Question, decimal? Value = null, string? Text = null, string? Note = null);

/// <summary>The answer to answers.</summary>
public sealed record AnswersReceipt(
    string Request, string Agency, int Revision, AnswerState State, Punctuality Punctuality, DateTimeOffset DueAt, DateTimeOffset ReceivedAt, int Accepted);
