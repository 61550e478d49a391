using Npgsql;

namespace IocDashboard.Web.Features.Scheduling;

/// <summary>Table <c>job_run</c>.</summary>
public sealed class JobRecords(NpgsqlDataSource database)
{
    /// <summary>All of them: as many as there are jobs.</summary>
    public async Task<IReadOnlyDictionary<string, JobRecord>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select job, node, started_at, ended_at, outcome, failures, failing_since, failed_at, error, succeeded_at from job_run");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new Dictionary<string, JobRecord>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            found[reader.GetString(0)] = new(
                reader.GetString(0), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetFieldValue<DateTimeOffset>(3),
                (JobOutcome)reader.GetInt16(4), reader.GetInt32(5), reader.Instant(6), reader.Instant(7), reader.Text(8), reader.Instant(9));
        return found;
    }

    /// <summary>One round trip for all jobs, and no wait for the disk: what a crash takes of it the next run tells again.</summary>
    internal async Task WriteAsync(IReadOnlyCollection<JobTally> tallies, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('synchronous_commit', 'off', true)"));
        batch.BatchCommands.Add(new("""
            insert into job_run as held (job, node, started_at, ended_at, outcome, failures, failing_since, failed_at, error, succeeded_at)
            select job, node, started_at, ended_at, outcome, failures, failing_since, failed_at, error, succeeded_at
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as t (job, node, started_at, ended_at, outcome, failures, failing_since, failed_at, error, succeeded_at)
            order by job
            on conflict (job) do update set
                node = excluded.node, started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome,
                failures = excluded.failures + case when excluded.succeeded_at is null then held.failures else 0 end,
                failing_since = case when excluded.succeeded_at is null then coalesce(held.failing_since, excluded.failing_since) else excluded.failing_since end,
                failed_at = coalesce(excluded.failed_at, held.failed_at), error = coalesce(excluded.error, held.error),
                succeeded_at = coalesce(excluded.succeeded_at, held.succeeded_at)
            """)
        {
            Parameters =
            {
                Sql.Of((string?[])[.. tallies.Select(t => t.Last.Job)]), Sql.Of((string?[])[.. tallies.Select(t => t.Last.Node)]),
                Sql.Of((DateTimeOffset[])[.. tallies.Select(t => t.Last.StartedAt.ToUniversalTime())]), Sql.Of((DateTimeOffset[])[.. tallies.Select(t => t.Last.EndedAt.ToUniversalTime())]),
                Sql.Of((short[])[.. tallies.Select(t => (short)t.Last.Outcome)]), Sql.Of((int[])[.. tallies.Select(t => t.Failures)]),
                Sql.Of((DateTimeOffset?[])[.. tallies.Select(t => t.FailingSince)]), Sql.Of((DateTimeOffset?[])[.. tallies.Select(t => t.FailedAt)]),
                Sql.Of((string?[])[.. tallies.Select(t => t.Error)]), Sql.Of((DateTimeOffset?[])[.. tallies.Select(t => t.SucceededAt)]),
            },
        });
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

/// <summary>Runs of one job on this node that are not written yet, as one.</summary>
/// <param name="Failures">In a row, up to the last of these runs.</param>
/// <param name="SucceededAt">The last success among them: what failed before it counts no more.</param>
internal sealed record JobTally(JobRun Last, int Failures, DateTimeOffset? FailingSince, DateTimeOffset? FailedAt, string? Error, DateTimeOffset? SucceededAt)
{
    public static JobTally Of(JobRun run) => new JobTally(run, 0, null, null, null, null).Then(run);

    public JobTally Then(JobRun run) => run.Outcome switch
    {
        JobOutcome.Succeeded => this with { Last = run, Failures = 0, FailingSince = null, SucceededAt = run.EndedAt },
        JobOutcome.Failed => this with { Last = run, Failures = Failures + 1, FailingSince = FailingSince ?? run.EndedAt, FailedAt = run.EndedAt, Error = run.Error },
        _ => this with { Last = run },
    };

    /// <summary>What came after these runs, as one with them.</summary>
    public JobTally Then(JobTally after) => after.SucceededAt is null
        ? after with
        {
            Failures = Failures + after.Failures, FailingSince = FailingSince ?? after.FailingSince, FailedAt = after.FailedAt ?? FailedAt, Error = after.Error ?? Error, SucceededAt = SucceededAt,
        }
        : after with { FailedAt = after.FailedAt ?? FailedAt, Error = after.Error ?? Error };
}
