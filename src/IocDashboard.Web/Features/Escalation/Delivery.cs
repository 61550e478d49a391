using System.Globalization;
using Npgsql;

namespace IocDashboard.Web.Features.Escalation;

/// <summary>What letters and webhooks have in common: how a notice is given up for now, or for good.</summary>
internal static class Delivery
{
    /// <summary>How long a node may be at it before another takes it over.</summary>
    public static readonly TimeSpan Claim = TimeSpan.FromMinutes(5);

    /// <summary>Between attempts; the last repeats for ever.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    private const int LongestError = 400;

    /// <param name="messageId">Of the letter; null of a webhook.</param>
    public static Task MarkSentAsync(this NpgsqlDataSource database, long[] ids, DateTimeOffset now, string? messageId = null) => RunAsync(
        database, "update notice set sent_at = $2, claimed_until = null, error = null, message_id = $3 where id = any($1) and sent_at is null", Sql.Of(ids), Sql.Of(now), Sql.Of(messageId));

    /// <summary>Tried again after the pause that each one's attempts give.</summary>
    public static Task MarkLaterAsync(this NpgsqlDataSource database, long[] ids, string error, DateTimeOffset now) => RunAsync(
        database, string.Create(CultureInfo.InvariantCulture, $"""
            update notice set claimed_until = null, error = $2, send_at = $3 + make_interval(secs => ($4::int[])[greatest(least(attempts, {Pauses.Length}), 1)]) where id = any($1)
            """), Sql.Of(ids), Sql.Of(Short(error)), Sql.Of(now), Sql.Of([.. Pauses.Select(p => (int)p.TotalSeconds)]));

    public static Task MarkFailedAsync(this NpgsqlDataSource database, long[] ids, string error, DateTimeOffset now) => RunAsync(
        database, "update notice set claimed_until = null, error = $2, failed_at = $3 where id = any($1)", Sql.Of(ids), Sql.Of(Short(error)), Sql.Of(now));

    /// <summary>Several together were refused: each goes by itself, at once, so that one bad notice takes no other along.</summary>
    public static Task MarkAloneAsync(this NpgsqlDataSource database, long[] ids, string error, DateTimeOffset now) => RunAsync(
        database, "update notice set claimed_until = null, error = $2, send_at = $3, alone = true where id = any($1)", Sql.Of(ids), Sql.Of(Short(error)), Sql.Of(now));

    internal static string Short(string error) => error[..Math.Min(error.Length, LongestError)];

    // What happened to a letter is written down whoever stops meanwhile.
    private static async Task RunAsync(NpgsqlDataSource database, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
