using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features;
using Npgsql;

namespace IocDashboard.Web.Live.Board;

/// <summary>One step of a report's ladder.</summary>
/// <param name="At">Its instant.</param>
/// <param name="Outcome">Null while it is still to come.</param>
/// <param name="SeenAt">When somebody it told first opened the notice.</param>
public sealed record LadderMark(string Step, DateTimeOffset At, ValueList<Audience> To, StepOutcome? Outcome, DateTimeOffset? SeenAt);

/// <summary>One letter of urging about a report.</summary>
/// <param name="To">The first of those that it went to.</param>
/// <param name="ReadAt">When somebody of the agency first opened it.</param>
/// <param name="PromisedFor">The day that the agency named in its answer.</param>
public sealed record UrgingMark(
    Guid Id, int Time, UrgingLevel Level, DateTimeOffset SentAt, string To, DateTimeOffset AnswerBy, DateTimeOffset? ReadAt, DateTimeOffset? RepliedAt, DateOnly? PromisedFor);

/// <summary>What was done about a report, and what is to come: who was told, who was urged, who answered.</summary>
/// <param name="Steps">By their instants.</param>
/// <param name="Urgings">The first letter first.</param>
/// <param name="FollowedBy">Who of the centre follows it in person; then the ladder rests.</param>
public sealed record Pursuit(ValueList<LadderMark> Steps, ValueList<UrgingMark> Urgings, string? FollowedBy)
{
    public static readonly Pursuit None = new(new([]), new([]), null);

    /// <summary>The last step by which somebody was told.</summary>
    public LadderMark? LastTold => Steps.LastOrDefault(s => s.Outcome == StepOutcome.Told);

    /// <summary>The next that the ladder takes of itself; none while somebody follows the report.</summary>
    public LadderMark? Next => FollowedBy is null ? Steps.FirstOrDefault(s => s.Outcome is null) : null;

    public UrgingMark? LastUrging => Urgings.Count == 0 ? null : Urgings[^1];
}

/// <summary>Reads what was done about some reports, all of them in one round trip.</summary>
internal static class PursuitRows
{
    /// <param name="at">As it was known at that instant: what was still to come then is not told, since plans change; null: now.</param>
    public static async Task<List<OpenReport>> AddAsync(NpgsqlConnection connection, List<OpenReport> reports, DateTimeOffset? at, CancellationToken cancellation)
    {
        if (reports.Count == 0) return reports;
        NpgsqlParameter[] Parameters() => [Sql.Of([.. reports.Select(r => (string?)r.Id)]), Sql.Of(at)];
        var known = new Known();
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in (ReadOnlySpan<string>)[StepsStatement, UrgingsStatement, FollowersStatement])
        {
            var command = new NpgsqlBatchCommand(statement);
            command.Parameters.AddRange(Parameters());
            batch.BatchCommands.Add(command);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.AddStep(reader);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.AddUrging(reader);
        await reader.NextResultAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) known.Followers[reader.GetString(0)] = reader.GetString(1);
        return [.. reports.Select(r => r with { Pursuit = known.Of(r.Id) })];
    }

    private const string StepsStatement = """
        select report, step, at, audiences, case when $2::timestamptz is null or done_at <= $2 then outcome end,
               case when $2::timestamptz is null or seen_at <= $2 then seen_at end
        from report_step where report = any($1) and ($2::timestamptz is null or done_at <= $2) order by report, at, step
        """;

    private const string UrgingsStatement = """
        select r.report, u.id, r.time, u.level, u.sent_at, u.recipients -> 0 ->> 'Name', u.answer_by,
               case when $2::timestamptz is null or u.read_at <= $2 then u.read_at end,
               case when $2::timestamptz is null or u.replied_at <= $2 then u.replied_at end,
               case when $2::timestamptz is null or u.replied_at <= $2 then u.promised_for end
        from urging_report r join urging u on u.id = r.urging
        where r.report = any($1) and ($2::timestamptz is null or u.sent_at <= $2) order by r.report, r.time
        """;

    private const string FollowersStatement = """
        select report, by from report_hold
        where report = any($1) and kind = 1 and at <= coalesce($2, 'infinity') and (ended_at is null or ended_at > $2)
        """;

    private sealed class Known
    {
        private readonly Dictionary<string, List<LadderMark>> _steps = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<UrgingMark>> _urgings = new(StringComparer.Ordinal);

        public Dictionary<string, string> Followers { get; } = new(StringComparer.Ordinal);

        public void AddStep(NpgsqlDataReader row) => Add(_steps, row.GetString(0), new(
            row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), new(row.GetFieldValue<short[]>(3).Select(a => (Audience)a)),
            row.IsDBNull(4) ? null : (StepOutcome)row.GetInt16(4), row.Instant(5)));

        public void AddUrging(NpgsqlDataReader row) => Add(_urgings, row.GetString(0), new(
            row.GetGuid(1), row.GetInt16(2), (UrgingLevel)row.GetInt16(3), row.GetFieldValue<DateTimeOffset>(4), row.Text(5) ?? "", row.GetFieldValue<DateTimeOffset>(6),
            row.Instant(7), row.Instant(8), row.IsDBNull(9) ? null : row.GetFieldValue<DateOnly>(9)));

        public Pursuit Of(string report)
        {
            var (steps, urgings, follower) = (_steps.GetValueOrDefault(report), _urgings.GetValueOrDefault(report), Followers.GetValueOrDefault(report));
            return steps is null && urgings is null && follower is null ? Pursuit.None : new(new(steps ?? []), new(urgings ?? []), follower);
        }

        private static void Add<T>(Dictionary<string, List<T>> known, string report, T one)
        {
            if (!known.TryGetValue(report, out var list)) known[report] = list = [];
            list.Add(one);
        }
    }
}
