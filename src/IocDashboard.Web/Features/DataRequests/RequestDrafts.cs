using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>What the people of an agency have typed as the answer to one question: as typed, readable or not.</summary>
/// <param name="Value">What a figure was read as, in the format of whoever typed it; null where it could not be read, and of a text.</param>
/// <param name="Version">Grows by one with each writing.</param>
public sealed record DraftAnswer(string Question, string Content, decimal? Value, string? Note, int Version, string By, DateTimeOffset At)
{
    public bool IsBlank => Content.Length == 0 && Note is null;
}

/// <summary>What somebody typed that no longer stands: another person typed over it, or it was <paramref name="NotTaken"/> because another had been quicker.</summary>
public sealed record PastDraft(string Question, string Content, string? Note, string By, DateTimeOffset At, bool NotTaken);

/// <summary>What somebody types over a draft that stood at <paramref name="Base"/> when they began; 0 where there was none.</summary>
public sealed record DraftEntry(string Question, string Content, decimal? Value, string? Note, int Base);

/// <summary>What became of it.</summary>
/// <param name="Draft">As it stands now: the entry, or what somebody else wrote meanwhile.</param>
/// <param name="Conflict">The entry was not taken: its draft had changed since its writer looked.</param>
public sealed record DraftOutcome(DraftAnswer? Draft, bool Conflict, JudgementError? Error);

/// <summary>Tables <c>data_request_draft</c> and <c>data_request_draft_past</c>.</summary>
internal static class DraftRows
{
    public const string Columns = "question, content, value, note, version, written_by, written_at";

    public static NpgsqlBatchCommand Find(string number, string agency) =>
        new($"select {Columns} from data_request_draft where number = $1 and agency = $2") { Parameters = { Sql.Of(number), Sql.Of(agency) } };

    public static NpgsqlBatchCommand Delete(string number, string agency) =>
        new("delete from data_request_draft where number = $1 and agency = $2") { Parameters = { Sql.Of(number), Sql.Of(agency) } };

    /// <summary>The newest of each question.</summary>
    public static NpgsqlBatchCommand FindPast(string number, string agency, int most) => new("""
        select question, content, note, written_by, written_at, not_taken from (
            select *, row_number() over (partition by question order by written_at desc) place from data_request_draft_past where number = $1 and agency = $2) p
        where place <= $3 order by question, written_at desc
        """)
    {
        Parameters = { Sql.Of(number), Sql.Of(agency), Sql.Of(most) },
    };

    public static async Task<List<PastDraft>> ReadPastAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var past = new List<PastDraft>();
        while (await row.ReadAsync(cancellation))
            past.Add(new(row.GetString(0), row.GetString(1), row.Text(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4), row.GetBoolean(5)));
        return past;
    }

    /// <summary>An entry that came too late.</summary>
    public static NpgsqlBatchCommand KeepNotTaken(string number, string agency, DraftAnswer entry) => new($"""
        insert into data_request_draft_past (number, agency, {Columns}, not_taken, until) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, $9)
        """)
    {
        Parameters =
        {
            Sql.Of(number), Sql.Of(agency), Sql.Of(entry.Question), Sql.Of(entry.Content), Number(entry.Value), Sql.Of(entry.Note), Sql.Of(entry.Version),
            Sql.Of(entry.By), Sql.Of(entry.At),
        },
    };

    public static NpgsqlParameter Number(decimal? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric };

    public static async Task<List<DraftAnswer>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var drafts = new List<DraftAnswer>();
        while (await reader.ReadAsync(cancellation)) drafts.Add(Read(reader));
        return drafts;
    }

    public static DraftAnswer Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.Number(2), row.Text(3), row.GetInt32(4), row.GetString(5), row.GetFieldValue<DateTimeOffset>(6));
}

/// <summary>
/// Keeps what is typed, at once and seen by colleagues; judges nothing. What two people typed to one question is kept of both. Compare-and-set in one statement: whoever wrote upon what they
/// had seen is taken, whoever did not is told what stands.
/// </summary>
public sealed class WriteDraftHandler(NpgsqlDataSource database, CommitSignal committed, TimeProvider clock)
{
    /// <param name="scope">Of whoever types; another agency's part of a request is not there.</param>
    public async Task<DraftOutcome> Handle(string number, DraftEntry entry, AgencyScope scope, string by, CancellationToken cancellation)
    {
        if (!DataRequestNumber.Is(number)) return new(null, Conflict: false, JudgementError.At("", RequestCodes.Unknown, number));
        if (!RequestText.TryKeep(entry.Content, RequestText.LongestText, out var content) || !RequestText.TryKeep(entry.Note, RequestText.LongestReason, out var note))
            return new(null, Conflict: false, JudgementError.At("", RequestCodes.BadLength, "4000"));
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new($"""
                    with stood as (select {DraftRows.Columns} from data_request_draft where number = $1 and agency = $2 and question = $3),
                    written as (
                        insert into data_request_draft as d (number, agency, {DraftRows.Columns})
                        select a.number, a.agency, $3, $4, $5, $6, $7 + 1, $8, $9 from data_request_agency a join data_request r using (number)
                        where a.number = $1 and a.agency = $2 and r.withdrawn_at is null
                            and a.state in ({(short)AnswerState.Open}, {(short)AnswerState.Answered}, {(short)AnswerState.Returned})
                            and r.questions @> jsonb_build_array(jsonb_build_object('Id', $3))
                            and ($7 = 0 or exists (select from data_request_draft where number = $1 and agency = $2 and question = $3))
                        on conflict (number, agency, question) do update set content = excluded.content, value = excluded.value, note = excluded.note,
                            version = d.version + 1, written_by = excluded.written_by, written_at = excluded.written_at
                        where d.version = $7
                        returning {DraftRows.Columns}),
                    -- What one person types themselves is saved twice a second; only what another typed is kept beside it.
                    kept as (
                        insert into data_request_draft_past (number, agency, {DraftRows.Columns}, not_taken, until)
                        select $1, $2, {string.Join(", ", DraftRows.Columns.Split(", ").Select(c => "stood." + c))}, false, $9 from stood, written
                        where stood.written_by <> $8 and (stood.content, stood.note) is distinct from (written.content, written.note)),
                    told as (insert into change (series, reports, feeds, at) select '{"{}"}', array[$1], '{"{}"}', $9 from written)
                    select {DraftRows.Columns} from written
                    """)
                {
                    Parameters =
                    {
                        Sql.Of(number), Sql.Of(scope.Agency), Sql.Of(entry.Question), Sql.Of(content ?? ""), DraftRows.Number(entry.Value),
                        Sql.Of(note), Sql.Of(entry.Base), Sql.Of(by), Sql.Of(now),
                    },
                },
                DraftRows.Find(number, scope.Agency),
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var written = (await DraftRows.ReadAsync(reader, cancellation)).FirstOrDefault();
        await reader.NextResultAsync(cancellation);
        var stands = (await DraftRows.ReadAsync(reader, cancellation)).FirstOrDefault(d => d.Question == entry.Question);
        if (written is not null)
        {
            committed.Pulse();
            return new(written, Conflict: false, null);
        }

        if (stands is null) return new(null, Conflict: false, JudgementError.At("", RequestCodes.Unknown, number));
        var conflict = stands.Content != (content ?? "") || stands.Note != note;
        if (conflict && stands.By != by)
        {
            await reader.DisposeAsync();
            await using var keep = new NpgsqlBatch(connection)
            {
                BatchCommands = { DraftRows.KeepNotTaken(number, scope.Agency, new(entry.Question, content ?? "", entry.Value, note, stands.Version, by, now)) },
            };
            await keep.ExecuteNonQueryAsync(cancellation);
        }

        return new(stands, conflict, null);
    }
}
