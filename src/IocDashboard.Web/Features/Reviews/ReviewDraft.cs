using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>What one verifier has done with one cell so far.</summary>
/// <param name="Writing">A reason that is being written and not yet confirmed.</param>
/// <param name="IsAsked">The agency's focal point is to be asked about it.</param>
public sealed record DraftedCell(string Indicator, string Area, CellDecision? Decision, CellDecision? Writing, bool IsAsked);

/// <summary>What became of the submission since its draft was written.</summary>
public enum DraftFate { Holds, SentAgain, Decided }

/// <summary>What one verifier has decided on cells of a submission, before the report is decided as a whole.</summary>
/// <param name="State">Of the report when it was written, or under its lock: see <see cref="Report.StateUnderLock"/>.</param>
/// <param name="MendBy">By when the cells that go back are to be mended.</param>
public sealed record ReviewDraft(
    string Report, string By, int Revision, ReportState State, ImmutableArray<DraftedCell> Cells, DateTimeOffset? MendBy, DateTimeOffset WrittenAt)
{
    public bool IsEmpty => Cells.IsEmpty;

    /// <summary>Whoever wrote it had already confirmed the report as the first of two. Not kept: it tells a write that comes late from one that comes after.</summary>
    public bool AfterOwnCheck { get; init; }

    /// <summary>A lock alone ends no draft: an exception may lift it.</summary>
    public DraftFate FateUnder(Report report) =>
        Revision != report.SubmittedRevision ? DraftFate.SentAgain
        : State != report.StateUnderLock ? DraftFate.Decided
        : DraftFate.Holds;
}

/// <summary>Table <c>review_draft</c>.</summary>
internal static class ReviewDraftRows
{
    public static NpgsqlBatchCommand Find(string report, string by) =>
        new("select report, person, revision, state, cells, mend_by, written_at from review_draft where report = $1 and person = $2")
        {
            Parameters = { Sql.Of(report), Sql.Of(by) },
        };

    public static async Task<ReviewDraft?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation)
            ? new(reader.GetString(0), reader.GetString(1), reader.GetInt32(2), (ReportState)reader.GetInt16(3),
                JsonSerializer.Deserialize<ImmutableArray<DraftedCell>>(reader.GetString(4), EventJson.Options), reader.Instant(5), reader.GetFieldValue<DateTimeOffset>(6))
            : null;

    /// <summary>Only upon the submission that it is about: what comes after a decision or a further submission finds nothing to be a draft of. A lock is neither.
    /// The row is held meanwhile, so that a decision that is under way is either seen here or drops what is written here.</summary>
    public static NpgsqlBatchCommand Put(ReviewDraft draft) => new("""
        insert into review_draft (report, person, revision, state, cells, mend_by, written_at)
        select id, $2, $3, $4, $5, $6, $7 from report
        where id = $1 and submitted_revision = $3 and ($8 or checked_by is distinct from $2)
            and $4 = case when state <> 5 then state else coalesce(locked_from, case when submitted_at is null then 0 else 2 end) end
        for share
        on conflict (report, person) do update set revision = excluded.revision, state = excluded.state, cells = excluded.cells,
            mend_by = excluded.mend_by, written_at = excluded.written_at
        """)
    {
        Parameters =
        {
            Sql.Of(draft.Report), Sql.Of(draft.By), Sql.Of(draft.Revision), Sql.Of((short)draft.State), Sql.Json(JsonSerializer.Serialize(draft.Cells, EventJson.Options)),
            Sql.Of(draft.MendBy), Sql.Of(draft.WrittenAt), Sql.Of(draft.AfterOwnCheck),
        },
    };

    public static NpgsqlBatchCommand Delete(string report, string by) =>
        new("delete from review_draft where report = $1 and person = $2") { Parameters = { Sql.Of(report), Sql.Of(by) } };
}
