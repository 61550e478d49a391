using System.Collections.Immutable;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Domain.DataRequests;

/// <summary>How one agency's part of a request stands. Numbers are kept in the database.</summary>
public enum AnswerState { Open, Answered, Returned, Accepted, Withdrawn }

/// <summary>One agency's part of a request: an obligation like any other. All instants are UTC.</summary>
public sealed record AskedAgency(string Agency, DateTimeOffset DueAt)
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public AnswerState State { get; init; }
    public Punctuality Punctuality { get; init; }

    /// <summary>The deadline that passed with nothing answered; set once, and kept by whatever came late.</summary>
    public DateTimeOffset? OverdueSince { get; init; }

    /// <summary>Receipt of the first complete answer. It alone settles the obligation.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Receipt of the first answer that held anything: one that only says why there is none is not on time. Written once.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Number of the newest answer; 0 before the first.</summary>
    public int Revision { get; init; }
    public ImmutableArray<GivenAnswer> Answers { get; init; } = [];
    public string? AnsweredBy { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public string? ReturnReason { get; init; }

    /// <summary>Until when what was returned is to be mended.</summary>
    public DateTimeOffset? MendBy { get; init; }

    /// <summary>What punctuality is judged by: once missed, a deadline stays the one that was missed.</summary>
    public DateTimeOffset JudgedBy => OverdueSince ?? DueAt;

    /// <summary>By when the agency is to act: what was returned has a deadline of its own.</summary>
    public DateTimeOffset ActBy => MendBy ?? DueAt;

    /// <summary>Something is still to be done by the agency.</summary>
    public bool Owes => State is AnswerState.Open or AnswerState.Returned;

    /// <summary>As a report's obligation would stand. A request is open from its asking on, and due soon on its last day.</summary>
    public ObligationState StateAt(DateTimeOffset now) => State switch
    {
        AnswerState.Open when ActBy <= now => ObligationState.Overdue,
        AnswerState.Open => ActBy - now <= Soon ? ObligationState.DueSoon : ObligationState.Open,
        AnswerState.Returned => ObligationState.Returned,
        AnswerState.Answered => ObligationState.Submitted,
        AnswerState.Withdrawn => ObligationState.Excused,
        _ => ObligationState.Verified,
    };
}

/// <summary>The state of one data request, folded from its events, never changed in place.</summary>
public sealed record DataRequest
{
    public required Guid Id { get; init; }

    /// <summary><see cref="DataRequestNumber"/>; also the key of the stream.</summary>
    public required string Number { get; init; }
    public required string Title { get; init; }
    public required string Text { get; init; }
    public required string Authority { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>As it was asked first, or put off for all; an agency's own may be later.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required ImmutableArray<Question> Questions { get; init; }

    /// <summary>In the order in which they were asked.</summary>
    public required ImmutableArray<AskedAgency> Agencies { get; init; }
    public DateTimeOffset? WithdrawnAt { get; init; }
    public string? WithdrawnReason { get; init; }

    public static DataRequest Create(DataRequested asked) => new()
    {
        Id = asked.Id, Number = asked.Number, Title = asked.Title, Text = asked.Text, Authority = asked.Authority, By = asked.By, AskedAt = asked.At,
        DueAt = asked.DueAt, Questions = asked.Questions, Agencies = [.. asked.Agencies.Select(a => new AskedAgency(a, asked.DueAt))],
    };

    public AskedAgency? Find(string agency) => Agencies.FirstOrDefault(a => a.Agency == agency);

    public DataRequest Apply(DataRequestFellOverdue overdue) => With(
        overdue.Agency, a => a with { OverdueSince = a.OverdueSince ?? overdue.At, Punctuality = Punctuality.Overdue });

    public DataRequest Apply(DataRequestAnswered answered) => With(answered.Agency, a => a with
    {
        State = AnswerState.Answered,
        Punctuality = answered.Punctuality,
        AnsweredAt = a.AnsweredAt ?? answered.At,
        SettledAt = a.SettledAt ?? (answered.Answers.Any(g => g.HoldsSomething) ? answered.At : null),
        Revision = answered.Revision,
        Answers = answered.Answers,
        AnsweredBy = answered.By,
        ReturnedAt = null,
        ReturnReason = null,
        MendBy = null,
        // A sweep can overtake an answer that was received in time and still waits for its lock.
        OverdueSince = answered.Punctuality == Punctuality.OnTime ? null : a.OverdueSince,
    });

    public DataRequest Apply(DataRequestReturned returned) => With(
        returned.Agency, a => a with { State = AnswerState.Returned, ReturnReason = returned.Reason, MendBy = returned.MendBy, ReturnedAt = returned.At });

    public DataRequest Apply(DataRequestAccepted accepted) => With(
        accepted.Agency, a => a with { State = AnswerState.Accepted, ReturnReason = null, MendBy = null, ReturnedAt = null });

    public DataRequest Apply(DataRequestExtended extended) => (this with
    {
        DueAt = extended.Agency is null ? Later(DueAt, extended.DueAt) : DueAt,
        Agencies = [.. Agencies.Select(a => extended.Agency is { } only && only != a.Agency ? a : Extended(a, extended.DueAt))],
    });

    public DataRequest Apply(DataRequestWithdrawn withdrawn) => this with
    {
        WithdrawnAt = withdrawn.At,
        WithdrawnReason = withdrawn.Reason,
        Agencies = [.. Agencies.Select(a => a.Owes ? a with { State = AnswerState.Withdrawn } : a)],
    };

    /// <summary>Any event of a request's stream after its first.</summary>
    public DataRequest Apply(object @event) => @event switch
    {
        DataRequestFellOverdue e => Apply(e),
        DataRequestAnswered e => Apply(e),
        DataRequestReturned e => Apply(e),
        DataRequestAccepted e => Apply(e),
        DataRequestExtended e => Apply(e),
        DataRequestWithdrawn e => Apply(e),
        _ => this,
    };

    private static AskedAgency Extended(AskedAgency agency, DateTimeOffset until) => agency.State switch
    {
        AnswerState.Open => agency with { DueAt = Later(agency.DueAt, until) },
        AnswerState.Returned => agency with { MendBy = Later(agency.MendBy ?? until, until) },
        _ => agency,
    };

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one >= other ? one : other;

    private DataRequest With(string agency, Func<AskedAgency, AskedAgency> change) =>
        this with { Agencies = [.. Agencies.Select(a => a.Agency == agency ? change(a) : a)] };
}

/// <summary><c>YC-2026-001</c>: yêu cầu, the province's year, a number that begins anew each year.</summary>
public static class DataRequestNumber
{
    private const string Prefix = "YC-";

    public static string Of(int year, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{year:0000}-{number:000}");

    /// <summary>Whether a stream's key, or what stands for one in an address, can be a request's: no form's code begins so.</summary>
    public static bool Is(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) && key.AsSpan(Prefix.Length).IndexOfAnyExcept("0123456789-") < 0;
}
