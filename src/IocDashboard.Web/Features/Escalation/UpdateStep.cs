using System.Globalization;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>The step of a report whose source has changed: on no ladder, for its clock is its own.</summary>
internal static class UpdateStep
{
    private static readonly short[] To = [(short)Audience.Reporters, (short)Audience.Head, (short)Audience.Centre];

    /// <summary>When the day to send it again by passes, its agency and the centre hear of it. The step of what was settled is dropped, unless it was taken; what was told of too late is told on at once.</summary>
    /// <param name="now">Of the event that changes it.</param>
    public static IEnumerable<NpgsqlBatchCommand> Of(Report before, Report after, DateTimeOffset now)
    {
        if (before.UpdateOwed == after.UpdateOwed) yield break;
        if (before.UpdateOwed is { } settled)
            yield return new("delete from report_step where report = $1 and step = $2 and done_at is null") { Parameters = { Sql.Of(before.Id), Sql.Of(CodeOf(settled)) } };
        if (after.UpdateOwed is { } owed)
            yield return new("insert into report_step (report, step, at, audiences) values ($1, $2, $3, $4) on conflict do nothing")
            {
                Parameters = { Sql.Of(after.Id), Sql.Of(CodeOf(owed)), Sql.Of(owed.DueAt > now ? owed.DueAt : now), Sql.Of(To) },
            };
    }

    /// <summary>Each change has a step of its own.</summary>
    private static string CodeOf(SourceChange change) => LadderRules.UpdatePrefix + change.ChangedAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
