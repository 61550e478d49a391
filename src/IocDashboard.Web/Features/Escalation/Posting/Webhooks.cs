using Npgsql;

namespace IocDashboard.Web.Features.Escalation.Posting;

/// <summary>Where a body's notices are posted to.</summary>
/// <param name="Agency">Empty: the province, which is told of everything.</param>
public sealed record Webhook(Guid Id, string Agency, string Url, string By, DateTimeOffset CreatedAt, string? EndedBy, DateTimeOffset? EndedAt)
{
    public bool Covers(string reader) => Agency.Length == 0 || Agency == reader;
}

/// <summary>Table <c>webhook</c>.</summary>
public static class Webhooks
{
    /// <summary>What a post ends with that no receiver answered; the words are among those of all codes.</summary>
    public const string EndedCode = "webhook-ended", NotAllowedCode = "webhook-not-allowed";

    /// <summary>Open ones at a time; every notice looks through them.</summary>
    public const int Most = 200;

    private const int MostListed = 400;

    internal static Task<IReadOnlyList<Webhook>> ReadOpenAsync(NpgsqlConnection connection, CancellationToken cancellation) =>
        ReadAsync(new NpgsqlCommand($"select id, agency, url, created_by, created_at, ended_by, ended_at from webhook where ended_at is null order by created_at limit {Most}", connection), cancellation);

    /// <summary>Those that work first, then the newest.</summary>
    public static Task<IReadOnlyList<Webhook>> ReadAllAsync(NpgsqlDataSource database, CancellationToken cancellation) =>
        ReadAsync(database.CreateCommand($"select id, agency, url, created_by, created_at, ended_by, ended_at from webhook order by ended_at is not null, created_at desc limit {MostListed}"), cancellation);

    private static async Task<IReadOnlyList<Webhook>> ReadAsync(NpgsqlCommand select, CancellationToken cancellation)
    {
        await using var command = select;
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var found = new List<Webhook>();
        while (await rows.ReadAsync(cancellation))
            found.Add(new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4), rows.Text(5), rows.Instant(6)));
        return found;
    }
}
