using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>What somebody was told.</summary>
/// <param name="Agency">Whose reports it is about.</param>
/// <param name="ReadAt">When somebody of the reader's agency first saw it; null: nobody has.</param>
public sealed record Notice(long Id, NoticeKind Kind, string Agency, ImmutableArray<Audience> To, ImmutableArray<NoticeItem> Items, DateTimeOffset MadeAt, DateTimeOffset? ReadAt, string? ReadBy);

/// <summary>The inbox of an agency's people, by index.</summary>
public sealed class FindNotices(NpgsqlDataSource database, CommitSignal signal, TimeProvider clock)
{
    public const int Most = 100;

    /// <returns>The newest first, at most <see cref="Most"/>.</returns>
    public async Task<IReadOnlyList<Notice>> Handle(string reader, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select id, kind, agency, audiences, items::text, made_at, read_at, read_by from notice where reader = $1 and channel = 0 order by id desc limit {Most}
            """);
        command.Parameters.Add(Sql.Of(reader));
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Notice>();
        while (await rows.ReadAsync(cancellation))
            found.Add(new(
                rows.GetInt64(0), (NoticeKind)rows.GetInt16(1), rows.GetString(2), [.. rows.GetFieldValue<short[]>(3).Select(a => (Audience)a)],
                [.. JsonSerializer.Deserialize<NoticeItem[]>(rows.GetString(4), EventJson.Options)!], rows.GetFieldValue<DateTimeOffset>(5), rows.Instant(6), rows.Text(7)));
        return found;
    }

    /// <summary>That somebody of the agency has seen them, and so the steps that they tell of; the first one counts, and every board shows it.</summary>
    public async Task Read(string reader, long through, string by, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            with opened as (update notice set read_at = $3, read_by = $4 where reader = $1 and channel = 0 and id <= $2 and read_at is null returning items),
            item as (select i ->> 'Report' as report, i ->> 'Step' as step from opened, jsonb_array_elements(items) i),
            seen as (update report_step s set seen_at = $3, seen_by = $4 from item i where s.report = i.report and s.step = i.step and s.seen_at is null returning s.report)
            insert into change (reports, at) select array_agg(distinct report), $3 from seen having count(*) > 0
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(reader), Sql.Of(through), Sql.Of(Micros.Truncate(clock.GetUtcNow())), Sql.Of(by)]);
        if (await command.ExecuteNonQueryAsync(cancellation) > 0) signal.Pulse();
    }
}
