using IocDashboard.Domain.Escalation;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>The one step that no ladder lays out: a report that was sent back has a clock of its own.</summary>
internal static class MendStep
{
    /// <summary>When the day to mend a returned report by passes, its agency hears of it.</summary>
    public const string Code = LadderRules.Reserved;

    private static readonly short[] To = [(short)Audience.Reporters, (short)Audience.Head];

    /// <summary>Each return has one of its own; one that is still to come gives way to it, one that was taken stays on the record.</summary>
    /// <param name="revision">The one that was sent back.</param>
    /// <param name="mendBy">Null: nobody named a day.</param>
    public static IEnumerable<NpgsqlBatchCommand> Put(string report, int revision, DateTimeOffset? mendBy)
    {
        yield return new($"delete from report_step where report = $1 and step = '{Code}' and done_at is null") { Parameters = { Sql.Of(report) } };
        if (mendBy is null) yield break;
        yield return new($"insert into report_step (report, step, revision, at, audiences) values ($1, '{Code}', $2, $3, $4)")
        {
            Parameters = { Sql.Of(report), Sql.Of(revision), Sql.Of(mendBy), Sql.Of(To) },
        };
    }
}
