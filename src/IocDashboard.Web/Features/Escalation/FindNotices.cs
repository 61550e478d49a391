using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>What somebody was told.</summary>
/// <param name="Agency">Whose reports it is about.</param>
/// <param name="Texts">The step's own words; null: the built-in.</param>
/// <param name="ReadAt">When somebody of the reader's agency first saw it; null: nobody has.</param>
public sealed record Notice(long Id, NoticeKind Kind, string Agency, ImmutableArray<Audience> To, ImmutableArray<NoticeItem> Items, DateTimeOffset MadeAt, DateTimeOffset? ReadAt, string? ReadBy, StepTexts? Texts);

/// <summary>The inbox of an agency's people, by index.</summary>
public sealed class FindNotices(NpgsqlDataSource database, CommitSignal signal, TimeProvider clock)
{
    public const int Most = 100;

    /// <returns>The newest first, at most <see cref="Most"/>.</returns>
    /// <param name="before">Those older than the one of this number; null: from the newest on.</param>
    public async Task<IReadOnlyList<Notice>> Handle(string reader, CancellationToken cancellation, long? before = null)
    {
        await using var command = database.CreateCommand($"""
            select id, kind, agency, audiences, items::text, made_at, read_at, read_by, texts::text from notice
            where reader = $1 and channel = 0 and id < $2 order by id desc limit {Most}
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(reader), Sql.Of(before ?? long.MaxValue)]);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Notice>();
        while (await rows.ReadAsync(cancellation))
            found.Add(new(
                rows.GetInt64(0), (NoticeKind)rows.GetInt16(1), rows.GetString(2), [.. rows.GetFieldValue<short[]>(3).Select(a => (Audience)a)],
                [.. JsonSerializer.Deserialize<NoticeItem[]>(rows.GetString(4), EventJson.Options)!], rows.GetFieldValue<DateTimeOffset>(5), rows.Instant(6), rows.Text(7),
                rows.Text(8) is { } texts ? JsonSerializer.Deserialize<StepTexts>(texts, EventJson.Options) : null));
        return found;
    }

    /// <summary>That somebody of the agency has seen them, and so the steps that they tell of; the first one counts, and every board shows it.</summary>
    public Task Read(string reader, long through, string by, CancellationToken cancellation) => MarkAsync(reader, 0, through, by, cancellation);

    /// <summary>The same of one alone.</summary>
    public Task ReadOne(string reader, long id, string by, CancellationToken cancellation) => MarkAsync(reader, id, id, by, cancellation);

    private async Task MarkAsync(string reader, long first, long last, string by, CancellationToken cancellation)
    {
        // Rows are locked in the order of their keys: two who mark at once wait for one another, and never each for the other.
        await using var command = database.CreateCommand("""
            with unread as (select id from notice where reader = $1 and channel = 0 and id between $5 and $2 and read_at is null order by id for update),
            opened as (update notice n set read_at = $3, read_by = $4 from unread u where n.id = u.id returning n.items),
            item as (select distinct i ->> 'Report' as report, i ->> 'Step' as step, (i ->> 'At')::timestamptz as at from opened, jsonb_array_elements(items) i),
            unseen as (
                select s.report, s.step, s.revision from report_step s join item i on s.report = i.report and s.step = i.step and s.at = i.at
                where s.seen_at is null order by s.report, s.step, s.revision for update of s),
            seen as (
                update report_step s set seen_at = $3, seen_by = $4 from unseen u
                where s.report = u.report and s.step = u.step and s.revision = u.revision returning s.report)
            insert into change (reports, at) select array_agg(distinct report), $3 from seen having count(*) > 0
            """);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(reader), Sql.Of(last), Sql.Of(Micros.Truncate(clock.GetUtcNow())), Sql.Of(by), Sql.Of(first)]);
        if (await command.ExecuteNonQueryAsync(cancellation) > 0) signal.Pulse();
    }

    /// <summary>How many of them nobody has seen.</summary>
    public async Task<int> Unread(string reader, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("select count(*)::int from notice where channel = 0 and read_at is null and reader = $1");
        command.Parameters.Add(Sql.Of(reader));
        return (int)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
