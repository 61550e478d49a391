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

/// <summary>What somebody types over a draft that stood at <paramref name="Base"/> when they began; 0 where there was none.</summary>
public sealed record DraftEntry(string Question, string Content, decimal? Value, string? Note, int Base);

/// <summary>What became of it.</summary>
/// <param name="Draft">As it stands now: the entry, or what somebody else wrote meanwhile.</param>
/// <param name="Conflict">The entry was not taken: its draft had changed since its writer looked.</param>
public sealed record DraftOutcome(DraftAnswer? Draft, bool Conflict, JudgementError? Error);

/// <summary>Table <c>data_request_draft</c>.</summary>
internal static class DraftRows
{
    public const string Columns = "question, content, value, note, version, written_by, written_at";

    public static NpgsqlBatchCommand Find(string number, string agency) =>
        new($"select {Columns} from data_request_draft where number = $1 and agency = $2") { Parameters = { Sql.Of(number), Sql.Of(agency) } };

    public static NpgsqlBatchCommand Delete(string number, string agency) =>
        new("delete from data_request_draft where number = $1 and agency = $2") { Parameters = { Sql.Of(number), Sql.Of(agency) } };

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
/// Keeps what is typed, at once and seen by colleagues; judges nothing. Compare-and-set in one statement: whoever wrote upon what they
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
                    with written as (
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
                    told as (insert into change (series, reports, feeds, at) select '{"{}"}', array[$1], '{"{}"}', $9 from written)
                    select {DraftRows.Columns} from written
                    """)
                {
                    Parameters =
                    {
                        Sql.Of(number), Sql.Of(scope.Agency), Sql.Of(entry.Question), Sql.Of(content ?? ""), new() { Value = (object?)entry.Value ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Numeric },
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
        return new(stands, Conflict: stands.Content != (content ?? "") || stands.Note != note, null);
    }
}
