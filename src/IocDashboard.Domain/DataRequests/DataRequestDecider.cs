using System.Collections.Immutable;
using System.Globalization;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.DataRequests;

/// <summary>An agency answers. Everything that it has to say; what it said before is replaced.</summary>
public sealed record AnswerDataRequest(string Agency, IReadOnlyList<GivenAnswer> Answers, string By, string Channel, DateTimeOffset ReceivedAt);

/// <summary>Whoever asked sends one answer back.</summary>
public sealed record ReturnAnswers(string Agency, int Revision, string? Reason, DateTimeOffset? MendBy, string By, DateTimeOffset At);

public sealed record AcceptAnswers(string Agency, int Revision, string By, DateTimeOffset At);

/// <param name="Agency">Null: all that still owe something.</param>
public sealed record ExtendDataRequest(string? Agency, DateTimeOffset? DueAt, string? Reason, string By, DateTimeOffset At);

public sealed record WithdrawDataRequest(string? Reason, string By, DateTimeOffset At);

/// <summary>Events to append, in order, or why the command is refused; <see cref="Request"/> is the state afterwards. Neither: nothing to do.</summary>
public sealed record DataRequestDecision(DataRequest Request, ImmutableArray<object> Events, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;
}

/// <summary>What may happen to a data request, and when. Time is in the commands.</summary>
public static class DataRequestDecider
{
    /// <summary>
    /// Accepts a judged answer, in time or late. The first settles punctuality for good; a further one replaces it until the
    /// centre has accepted. What stands before the centre already is not said again.
    /// </summary>
    public static DataRequestDecision Answer(DataRequest request, AnswerDataRequest command)
    {
        if (request.Find(command.Agency) is not { } asked) return Refuse(request, "", RequestCodes.Unknown, request.Number);
        if (request.WithdrawnAt is not null) return Refuse(request, "", RequestCodes.Withdrawn, request.Number);
        if (asked.State == AnswerState.Accepted) return Refuse(request, "", RequestCodes.Accepted, request.Number);
        var (kept, errors) = AnswerJudge.Judge(request.Questions, command.Answers);
        if (!errors.IsEmpty) return new(request, [], errors);
        if (asked.State == AnswerState.Answered && asked.Answers.SequenceEqual(kept)) return new(request, [], []);

        var at = command.ReceivedAt.ToUniversalTime();
        var overdue = asked.AnsweredAt is null && at > asked.DueAt ? OverdueOnce(asked, at) : null;
        var punctuality = asked.AnsweredAt is not null ? asked.Punctuality : at <= asked.JudgedBy ? Punctuality.OnTime : Punctuality.Late;
        return Done(request, overdue, new DataRequestAnswered(command.Agency, kept, asked.Revision + 1, punctuality, command.By, command.Channel, at));
    }

    /// <summary>Each agency that has not answered, overdue exactly once, at its deadline, whoever finds it and however late.</summary>
    public static DataRequestDecision FallOverdue(DataRequest request, DateTimeOffset now) => Done(request, [.. Missed(request, now)]);

    /// <summary>Also takes back an acceptance: an error found later goes back by the same way.</summary>
    public static DataRequestDecision Return(DataRequest request, ReturnAnswers command)
    {
        if (Unfit(request, command.Agency, command.Revision, s => s is AnswerState.Answered or AnswerState.Accepted) is { } error) return Refuse(request, error);
        if (Reason(command.Reason, out var reason) is { } unexplained) return Refuse(request, unexplained);
        if (command.MendBy is not { } mendBy) return Refuse(request, "/mendBy", RequestCodes.Required);
        if (mendBy <= command.At) return Refuse(request, "/mendBy", RequestCodes.DueInPast);
        return Done(request, new DataRequestReturned(command.Agency, command.Revision, reason, mendBy.ToUniversalTime(), command.By, command.At.ToUniversalTime()));
    }

    public static DataRequestDecision Accept(DataRequest request, AcceptAnswers command) =>
        Unfit(request, command.Agency, command.Revision, s => s == AnswerState.Answered) is { } error
            ? Refuse(request, error)
            : Done(request, new DataRequestAccepted(command.Agency, command.Revision, command.By, command.At.ToUniversalTime()));

    /// <summary>Records a missed deadline first: an extension never makes late what was late.</summary>
    public static DataRequestDecision Extend(DataRequest request, ExtendDataRequest command)
    {
        if (request.WithdrawnAt is not null) return Refuse(request, "", RequestCodes.Withdrawn, request.Number);
        if (command.Agency is { } named && request.Find(named) is null) return Refuse(request, "/agency", RequestCodes.Unknown, request.Number);
        if (Reason(command.Reason, out var reason) is { } unexplained) return Refuse(request, unexplained);
        if (command.DueAt is not { } due) return Refuse(request, "/dueAt", RequestCodes.Required);
        if (due <= command.At) return Refuse(request, "/dueAt", RequestCodes.DueInPast);
        var owing = request.Agencies.Where(a => a.Owes && (command.Agency is null || command.Agency == a.Agency)).ToList();
        if (owing.Count == 0) return Refuse(request, "", RequestCodes.NothingOwed);
        if (owing.TrueForAll(a => (a.State == AnswerState.Returned ? a.MendBy : a.DueAt) >= due)) return Refuse(request, "/dueAt", RequestCodes.NotLater);
        var at = command.At.ToUniversalTime();
        return Done(request, [.. Missed(request, at), new DataRequestExtended(command.Agency, due.ToUniversalTime(), reason, command.By, at)]);
    }

    /// <summary>Records missed deadlines first; withdrawn twice is withdrawn once.</summary>
    public static DataRequestDecision Withdraw(DataRequest request, WithdrawDataRequest command)
    {
        if (request.WithdrawnAt is not null) return new(request, [], []);
        if (Reason(command.Reason, out var reason) is { } unexplained) return Refuse(request, unexplained);
        var at = command.At.ToUniversalTime();
        return Done(request, [.. Missed(request, at), new DataRequestWithdrawn(reason, command.By, at)]);
    }

    private static IEnumerable<object> Missed(DataRequest request, DateTimeOffset now) =>
        request.Agencies.Where(a => a.State == AnswerState.Open && now >= a.DueAt).Select(a => OverdueOnce(a, now)).OfType<DataRequestFellOverdue>();

    private static DataRequestFellOverdue? OverdueOnce(AskedAgency asked, DateTimeOffset foundAt) =>
        asked.OverdueSince is null && asked.AnsweredAt is null ? new(asked.Agency, asked.DueAt, foundAt.ToUniversalTime()) : null;

    private static JudgementError? Unfit(DataRequest request, string agency, int revision, Func<AnswerState, bool> fits)
    {
        if (request.WithdrawnAt is not null) return JudgementError.At("", RequestCodes.Withdrawn, request.Number);
        if (request.Find(agency) is not { } asked) return JudgementError.At("/agency", RequestCodes.Unknown, request.Number);
        if (!fits(asked.State)) return JudgementError.At("", RequestCodes.NotAnswered, agency);
        return revision == asked.Revision ? null : JudgementError.At(
            "/revision", RequestCodes.Superseded, revision.ToString(CultureInfo.InvariantCulture), asked.Revision.ToString(CultureInfo.InvariantCulture));
    }

    private static JudgementError? Reason(string? text, out string reason)
    {
        var fits = RequestText.TryKeep(text, RequestText.LongestReason, out var kept);
        reason = kept ?? "";
        return !fits ? JudgementError.At("/reason", RequestCodes.BadLength, RequestText.LongestReason.ToString(CultureInfo.InvariantCulture))
            : kept is null ? JudgementError.At("/reason", RequestCodes.ReasonNeeded) : null;
    }

    private static DataRequestDecision Done(DataRequest request, params ReadOnlySpan<object?> events)
    {
        var kept = ImmutableArray.CreateBuilder<object>();
        foreach (var @event in events)
        {
            if (@event is null) continue;
            kept.Add(@event);
            request = request.Apply(@event);
        }

        return new(request, kept.ToImmutable(), []);
    }

    private static DataRequestDecision Refuse(DataRequest request, JudgementError error) => new(request, [], [error]);

    private static DataRequestDecision Refuse(DataRequest request, string pointer, string code, params ReadOnlySpan<string> arguments) =>
        Refuse(request, JudgementError.At(pointer, code, arguments));
}
