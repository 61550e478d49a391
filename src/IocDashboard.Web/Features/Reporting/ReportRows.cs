using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>Table <c>report</c>: the state of each report, written with every event of its stream and in the same transaction.</summary>
public static class ReportRows
{
    public const string Columns =
        "id, form, agency, period, time_key, opens_at, due_at, lock_at, state, punctuality, overdue_since, submitted_at, revision, submitted_revision, " +
        "settled_at, opened_at, submitted_by, prepared_by, checked_by, mend_by, returns, extended_to, locked_from, scheduled_at, excused_at, followed_by, " +
        "source_at, changed_at, update_due_at, newest_change_at, newest_update_due_at";

    public static NpgsqlBatchCommand Find(string id) =>
        new($"select {Columns} from report where id = $1") { Parameters = { Sql.Of(id) } };

    /// <summary>For somebody who changes it: under the lock of its form and agency, which is held to the end of the transaction.</summary>
    public static async Task<Report?> TakeAsync(NpgsqlTransaction transaction, string id, string form, string agency, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands = { WriteLock.Take(WriteLock.OfReports(form, agency)), Find(id) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        return await ReadAsync(reader, cancellation);
    }

    public static async Task<Report?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation) ? Read(reader) : null;

    public static Report Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetString(0),
        Form = row.GetString(1),
        Agency = row.GetString(2),
        Period = ReportingPeriod.Parse(row.GetString(3)),
        StartsAt = row.GetFieldValue<DateTimeOffset>(4),
        OpensAt = row.GetFieldValue<DateTimeOffset>(5),
        DueAt = row.GetFieldValue<DateTimeOffset>(6),
        LockAt = row.Instant(7),
        State = (ReportState)row.GetInt16(8),
        Punctuality = (Punctuality)row.GetInt16(9),
        OverdueSince = row.Instant(10),
        SubmittedAt = row.Instant(11),
        Revision = row.GetInt32(12),
        SubmittedRevision = row.GetInt32(13),
        SettledAt = row.Instant(14),
        OpenedAt = row.GetFieldValue<DateTimeOffset>(15),
        SubmittedBy = row.Text(16),
        PreparedBy = row.Text(17),
        CheckedBy = row.Text(18),
        MendBy = row.Instant(19),
        Returns = row.GetInt32(20),
        ExtendedTo = row.Instant(21),
        LockedFrom = row.IsDBNull(22) ? null : (ReportState)row.GetInt16(22),
        RescheduledAt = row.Instant(23),
        ExcusedAt = row.Instant(24),
        FollowedBy = row.Text(25),
        SourceAt = row.Instant(26),
        UpdateOwed = Change(row, 27),
        NewestChange = Change(row, 29),
    };

    private static SourceChange? Change(NpgsqlDataReader row, int column) => row.Instant(column) is { } at ? new(at, row.GetFieldValue<DateTimeOffset>(column + 1)) : null;

    /// <param name="figures">Cells with a value in the complete submission that this row reflects; null leaves the number as it is.</param>
    /// <param name="flags">Warnings of that submission; null likewise.</param>
    public static NpgsqlBatchCommand Put(Report report, int? figures, DateTimeOffset at, int? flags = null) =>
        new($"""
            insert into report ({Columns}, figures, flags, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $30, $31, $32, $33, $34,
                coalesce($27, 0), $28, $29)
            on conflict (id) do update set
                -- A deadline that moved has its steps laid out anew.
                ladder_at = case when report.due_at = excluded.due_at then report.ladder_at end,
                opens_at = excluded.opens_at, due_at = excluded.due_at, lock_at = excluded.lock_at,
                state = excluded.state, punctuality = excluded.punctuality, overdue_since = excluded.overdue_since,
                submitted_at = excluded.submitted_at, revision = excluded.revision,
                submitted_revision = excluded.submitted_revision, settled_at = excluded.settled_at, submitted_by = excluded.submitted_by,
                prepared_by = excluded.prepared_by, checked_by = excluded.checked_by, mend_by = excluded.mend_by, returns = excluded.returns,
                extended_to = excluded.extended_to, locked_from = excluded.locked_from, scheduled_at = excluded.scheduled_at,
                excused_at = excluded.excused_at, followed_by = excluded.followed_by, source_at = excluded.source_at, changed_at = excluded.changed_at,
                update_due_at = excluded.update_due_at, newest_change_at = excluded.newest_change_at, newest_update_due_at = excluded.newest_update_due_at,
                figures = coalesce($27, report.figures), flags = coalesce($28, report.flags), updated_at = excluded.updated_at
            """)
        {
            Parameters =
            {
                Sql.Of(report.Id), Sql.Of(report.Form), Sql.Of(report.Agency), Sql.Of(report.Period.ToString()), Sql.Of(report.StartsAt),
                Sql.Of(report.OpensAt), Sql.Of(report.DueAt), Sql.Of(report.LockAt), Sql.Of((short)report.State), Sql.Of((short)report.Punctuality),
                Sql.Of(report.OverdueSince), Sql.Of(report.SubmittedAt), Sql.Of(report.Revision), Sql.Of(report.SubmittedRevision),
                Sql.Of(report.SettledAt), Sql.Of(report.OpenedAt), Sql.Of(report.SubmittedBy), Sql.Of(report.PreparedBy), Sql.Of(report.CheckedBy),
                Sql.Of(report.MendBy), Sql.Of(report.Returns), Sql.Of(report.ExtendedTo), Sql.Maybe((int?)report.LockedFrom), Sql.Of(report.RescheduledAt),
                Sql.Of(report.ExcusedAt), Sql.Of(report.FollowedBy),
                Sql.Maybe(figures), Sql.Maybe(flags), Sql.Of(at),
                Sql.Of(report.SourceAt), Sql.Of(report.UpdateOwed?.ChangedAt), Sql.Of(report.UpdateOwed?.DueAt), Sql.Of(report.NewestChange?.ChangedAt), Sql.Of(report.NewestChange?.DueAt),
            },
        };
}
