using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>A ladder as it was set once.</summary>
public sealed record SetLadderRow(Ladder Ladder, string By, string Reason, DateTimeOffset At);

/// <summary>A rhythm's ladder that holds now.</summary>
/// <param name="Since">The epoch where nobody has set one and the usual holds.</param>
/// <param name="History">Those that were set, the newest first.</param>
public sealed record HeldLadder(Ladder Ladder, DateTimeOffset Since, IReadOnlyList<SetLadderRow> History);

/// <summary>A report that is still to come, to show a ladder on.</summary>
public sealed record PendingReport(string Id, string Agency, DateTimeOffset DueAt);

/// <summary>What the page of ladders shows.</summary>
public sealed class FindLadders(NpgsqlDataSource database, TimeProvider clock)
{
    public const int MostHistory = 50, MostPending = 40;

    public async Task<HeldLadder> Handle(Rhythm rhythm, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select steps::text, quiet::text, set_by, reason, set_at from ladder where rhythm = $1 order by set_at desc limit {MostHistory}");
        command.Parameters.Add(Sql.Of((short)rhythm));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var history = new List<SetLadderRow>();
        while (await rows.ReadAsync(cancellation))
            history.Add(new(Ladders.Of(rhythm, rows.GetString(0), rows.GetString(1)), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4)));
        return history is [var newest, ..] ? new(newest.Ladder, newest.At, history) : new(Ladder.Usual(rhythm), DateTimeOffset.UnixEpoch, history);
    }

    /// <returns>The next to fall due, at most <see cref="MostPending"/>.</returns>
    public async Task<IReadOnlyList<PendingReport>> Pending(Rhythm rhythm, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select r.id, r.agency, r.due_at from report r where r.submitted_at is null and r.overdue_since is null and r.state in (0, 1) and r.due_at > $1 and {Ladders.RhythmOfReport} = $2
            order by r.due_at, r.id limit {MostPending}
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(clock.GetUtcNow()), Sql.Of(rhythm.ToString())]);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<PendingReport>();
        while (await rows.ReadAsync(cancellation)) found.Add(new(rows.GetString(0), rows.GetString(1), rows.GetFieldValue<DateTimeOffset>(2)));
        return found;
    }
}
