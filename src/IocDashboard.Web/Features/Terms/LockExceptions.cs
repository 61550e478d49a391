using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Terms;

/// <summary>One exception from a lock, as it was recorded.</summary>
/// <param name="EndedAt">When it was taken back, or another took its place; null: it ends, or ended, by itself.</param>
public sealed record LockException(
    string Report, string Authority, string Reason, DateTimeOffset Until, string By, DateTimeOffset At, string? EndedBy, DateTimeOffset? EndedAt)
{
    public bool HoldsAt(DateTimeOffset now) => EndedAt is null && now < Until;
}

/// <summary>Table <c>lock_exception</c>: what lists them. What holds is on the report.</summary>
internal static class LockExceptionRows
{
    public static NpgsqlBatchCommand Put(Guid id, Report report, LockExtended extended) => new("""
        insert into lock_exception (id, report, form, agency, period, authority, reason, until, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """)
    {
        Parameters =
        {
            new() { Value = id }, Sql.Of(report.Id), Sql.Of(report.Form), Sql.Of(report.Agency), Sql.Of(report.Period.ToString()),
            Sql.Of(extended.Authority), Sql.Of(extended.Reason), Sql.Of(extended.Until), Sql.Of(extended.By), Sql.Of(extended.At),
        },
    };

    public static NpgsqlBatchCommand EndAll(string report, string by, DateTimeOffset at) =>
        new("update lock_exception set ended_by = $2, ended_at = $3 where report = $1 and ended_at is null and until > $3")
        {
            Parameters = { Sql.Of(report), Sql.Of(by), Sql.Of(at) },
        };
}

/// <summary>The exceptions that hold, and the last ones that did.</summary>
public sealed class FindLockExceptions(NpgsqlDataSource database)
{
    private const int Most = 200;

    /// <returns>Those that end last first.</returns>
    public async Task<IReadOnlyList<LockException>> Handle(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"select report, authority, reason, until, recorded_by, recorded_at, ended_by, ended_at from lock_exception order by until desc, recorded_at desc limit {Most}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<LockException>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4),
                reader.GetFieldValue<DateTimeOffset>(5), reader.Text(6), reader.Instant(7)));
        }

        return found;
    }
}
