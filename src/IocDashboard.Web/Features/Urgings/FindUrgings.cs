using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>Letters of urging, by index.</summary>
public sealed class FindUrgings(NpgsqlDataSource database, CommitSignal signal, TimeProvider clock)
{
    public const int Most = 100;

    public async Task<Urging?> One(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {UrgingRows.Columns} from urging u where u.id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (await ReadAsync(command, cancellation)).FirstOrDefault();
    }

    /// <returns>Those about any of the reports, the newest first, at most <see cref="Most"/>.</returns>
    public async Task<IReadOnlyList<Urging>> About(IReadOnlyCollection<string> reports, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {UrgingRows.Columns} from urging u where u.id in (select urging from urging_report where report = any($1)) order by u.sent_at desc limit {Most}");
        command.Parameters.Add(Sql.Of([.. reports.Select(r => (string?)r)]));
        return await ReadAsync(command, cancellation);
    }

    /// <returns>Those to one agency, the newest first, at most <see cref="Most"/>.</returns>
    public async Task<IReadOnlyList<Urging>> OfAgency(string agency, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"select {UrgingRows.Columns} from urging u where u.agency = $1 order by u.sent_at desc limit {Most}");
        command.Parameters.Add(Sql.Of(agency));
        return await ReadAsync(command, cancellation);
    }

    /// <summary>Letters to the agency that nobody has answered, about reports that are still owed.</summary>
    public async Task<int> CountWaiting(string agency, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select count(*)::int from urging u where u.agency = $1 and u.replied_at is null and exists (
                select from urging_report l join report r on r.id = l.report
                where l.urging = u.id and r.excused_at is null and (r.submitted_at is null and r.state <> 5 or r.state = 3))
            """);
        command.Parameters.Add(Sql.Of(agency));
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>That somebody of the agency has opened them; the first one counts.</summary>
    public async Task Read(string agency, string by, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var command = database.CreateCommand("""
            with opened as (update urging set read_at = $3, read_by = $2 where agency = $1 and read_at is null returning id)
            insert into change (reports, at)
            select array_agg(distinct r.report), $3 from opened o join urging_report r on r.urging = o.id having count(*) > 0
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(agency), Sql.Of(by), Sql.Of(now)]);
        if (await command.ExecuteNonQueryAsync(cancellation) > 0) signal.Pulse();
    }

    private static async Task<List<Urging>> ReadAsync(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Urging>();
        while (await reader.ReadAsync(cancellation)) found.Add(UrgingRows.Read(reader));
        return found;
    }
}
