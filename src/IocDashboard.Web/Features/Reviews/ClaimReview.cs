using Npgsql;

namespace IocDashboard.Web.Features.Reviews;

/// <summary>Somebody takes a submission on, so that two do not look at one; or lets it go. It binds nobody: another may decide first.</summary>
public sealed class ClaimReview(NpgsqlDataSource database, CommitSignal committed, TimeProvider clock)
{
    /// <param name="revision">Of the submission: the next one is anybody's again.</param>
    public async Task Handle(string report, int revision, string by, bool take, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(take
            ? new("""
                insert into review_claim (report, revision, claimed_by, claimed_at) values ($1, $2, $3, $4)
                on conflict (report) do update set revision = excluded.revision, claimed_by = excluded.claimed_by, claimed_at = excluded.claimed_at
                """) { Parameters = { Sql.Of(report), Sql.Of(revision), Sql.Of(by), Sql.Of(clock.GetUtcNow()) } }
            : new("delete from review_claim where report = $1 and claimed_by = $2") { Parameters = { Sql.Of(report), Sql.Of(by) } });
        batch.BatchCommands.Add(ChangeRow.Put(clock.GetUtcNow(), reports: [report]));
        await batch.ExecuteNonQueryAsync(cancellation);
        committed.Pulse();
    }
}
