using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>The one step that no ladder lays out: a report that was sent back has a clock of its own.</summary>
internal static class MendStep
{
    /// <summary>When the day to mend a returned report by passes, its agency hears of it.</summary>
    public const string Code = LadderRules.Reserved;

    private static readonly short[] To = [(short)Audience.Reporters, (short)Audience.Head];

    /// <summary>Each return begins it anew; one that names no day ends it.</summary>
    public static NpgsqlBatchCommand Put(string report, DateTimeOffset? mendBy) => mendBy is null
        ? new($"delete from report_step where report = $1 and step = '{Code}' and done_at is null") { Parameters = { Sql.Of(report) } }
        : new($"""
        insert into report_step (report, step, at, audiences) values ($1, '{Code}', $2, $3)
        on conflict (report, step) do update set at = excluded.at, done_at = null, outcome = null, seen_at = null, seen_by = null
        """) { Parameters = { Sql.Of(report), Sql.Of(mendBy), Sql.Of(To) } };
}
