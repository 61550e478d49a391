using Npgsql;

namespace IocDashboard.Web.Features;

/// <summary>
/// The lock that a transaction takes before it reads what it will decide on: one for each form of an agency, one for each feed,
/// one for each agency's focal points.
/// Held until commit or rollback, on every node. A transaction that takes several takes them in the order of their names.
/// </summary>
public static class WriteLock
{
    public static string OfReports(string form, string agency) => $"report:{form}/{agency}";

    public static string OfFeed(string feed) => $"feed:{feed}";

    public static string OfDataRequest(string number) => $"data-request:{number}";

    /// <summary>Of whoever takes the next number.</summary>
    public const string DataRequestNumbers = "data-request-numbers";

    /// <summary>Of whoever takes a body's next number for a letter of urging.</summary>
    public static string OfUrgingNumbers(string body) => $"urging-numbers:{body}";

    public static string OfFocalPoints(string agency) => $"focal-points:{agency}";

    public static NpgsqlBatchCommand Take(string name) =>
        new("select pg_advisory_xact_lock(hashtextextended($1, 0))") { Parameters = { Sql.Of(name) } };

    /// <summary>
    /// Takes those that are free and waits for none: rows of name and whether it was taken. For a transaction that already holds
    /// rows which a holder of the lock may be waiting for.
    /// </summary>
    public static NpgsqlBatchCommand Try(string[] names) =>
        new("select name, pg_try_advisory_xact_lock(hashtextextended(name, 0)) from unnest($1) as name") { Parameters = { Sql.Of(names) } };
}
