using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>Table <c>report_update</c>: each time that a report was due again because its source had changed, with what settled it.</summary>
internal static class UpdateRows
{
    /// <summary>What one event of a report changes there: an obligation that it begins, one that it settles, or both.</summary>
    /// <param name="at">Of that event.</param>
    public static IEnumerable<NpgsqlBatchCommand> Of(Report before, Report after, DateTimeOffset at)
    {
        if (before.UpdateOwed == after.UpdateOwed) yield break;
        if (before.UpdateOwed is { } settled)
            yield return new("update report_update set settled_at = $3 where report = $1 and changed_at = $2") { Parameters = { Sql.Of(before.Id), Sql.Of(settled.ChangedAt), Sql.Of(at) } };
        if (after.UpdateOwed is { } owed)
            yield return new("insert into report_update (report, agency, changed_at, told_at, due_at) values ($1, $2, $3, $4, $5)")
            {
                Parameters = { Sql.Of(after.Id), Sql.Of(after.Agency), Sql.Of(owed.ChangedAt), Sql.Of(at), Sql.Of(owed.DueAt) },
            };
    }
}
