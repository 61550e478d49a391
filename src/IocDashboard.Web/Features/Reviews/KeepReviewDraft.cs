using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>
/// Keeps what a verifier has decided so far, so that a page that is loaded again, or another chair, goes on from there. It is no
/// decision: nothing of it is in the history, and whoever decides drops it.
/// </summary>
public sealed class KeepReviewDraft(NpgsqlDataSource database, TimeProvider clock)
{
    /// <summary>A draft that its person has not come back to for so long is nobody's any more.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    /// <summary>The whole draft, in place of the one before; an empty one is dropped.</summary>
    /// <returns>When it was written; null where it was not, for the submission that it is about is decided or sent again by now.</returns>
    public async Task<DateTimeOffset?> Handle(ReviewDraft draft, CancellationToken cancellation)
    {
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(draft.IsEmpty ? ReviewDraftRows.Delete(draft.Report, draft.By) : ReviewDraftRows.Put(draft with { WrittenAt = now }));
        batch.BatchCommands.Add(new("delete from review_draft where person = $1 and written_at < $2") { Parameters = { Sql.Of(draft.By), Sql.Of(now - Kept) } });
        await batch.ExecuteNonQueryAsync(cancellation);
        return draft.IsEmpty || batch.BatchCommands[0].RecordsAffected > 0 ? now : null;
    }

    /// <summary>Its person has been told that it is over.</summary>
    public Task DropAsync(ReviewDraft draft, CancellationToken cancellation) => Handle(draft with { Cells = [] }, cancellation);
}
