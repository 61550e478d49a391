using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>What makes a report's ladder rest.</summary>
public enum HoldKind { Excuse, TakeOver }

/// <summary>Table <c>report_hold</c>: when an excuse held, and when somebody followed a report. What holds now is on the report.</summary>
internal static class HoldRows
{
    public static NpgsqlBatchCommand Put(string report, HoldKind kind, string? authority, string reason, string by, DateTimeOffset at) =>
        new("insert into report_hold (report, kind, authority, reason, by, at) values ($1, $2, $3, $4, $5, $6)")
        {
            Parameters = { Sql.Of(report), Sql.Of((short)kind), Sql.Of(authority), Sql.Of(reason), Sql.Of(by), Sql.Of(at) },
        };

    public static NpgsqlBatchCommand End(string report, HoldKind kind, string by, DateTimeOffset at) =>
        new("update report_hold set ended_by = $3, ended_at = $4 where report = $1 and kind = $2 and ended_at is null")
        {
            Parameters = { Sql.Of(report), Sql.Of((short)kind), Sql.Of(by), Sql.Of(at) },
        };
}
