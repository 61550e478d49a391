using Npgsql;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>Table <c>audit_entry</c>, read.</summary>
internal static class AuditRows
{
    public const string Columns = "seq, at, actor_kind, actor, agency, address, trace, action, subject, outcome, before::text, after::text";

    public static AuditEntry Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), new(row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5), Text(row, 6)),
        row.GetString(7), row.GetString(8), (AuditOutcome)row.GetInt16(9), Text(row, 10), Text(row, 11));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
