using Npgsql;

namespace IocDashboard.Web.Features;

/// <summary>What a transaction touched, for the tail of every node. One row a transaction, written last.</summary>
public static class ChangeRow
{
    public static NpgsqlBatchCommand Put(DateTimeOffset at, int[]? series = null, string[]? reports = null, string[]? feeds = null) =>
        new("insert into change (series, reports, feeds, at) values ($1, $2, $3, $4)")
        {
            Parameters = { Sql.Of(series ?? []), Sql.Of(reports ?? []), Sql.Of(feeds ?? []), Sql.Of(at) },
        };
}
