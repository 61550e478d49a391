using Npgsql;
using NpgsqlTypes;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>What is looked for on the trail; null leaves it open.</summary>
/// <param name="Who">A part of the actor's name or of the subject, in any case.</param>
/// <param name="From">First instant.</param>
/// <param name="Before">First instant that no longer counts.</param>
public sealed record AuditQuestion(string? Action, string? Who, DateTimeOffset? From, DateTimeOffset? Before);

/// <summary>The trail, newest first, a page at a time by sequence.</summary>
public sealed class FindAudit(NpgsqlDataSource database)
{
    public const int MostPerPage = 100;

    /// <param name="below">Only entries with a smaller sequence: the last one of the page before.</param>
    public async Task<IReadOnlyList<AuditEntry>> Handle(AuditQuestion question, long? below, int limit, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"""
            select {AuditRows.Columns} from audit_entry
            where ($1::text is null or action = $1) and ($2::text is null or actor ilike $2 or subject ilike $2)
                and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4) and ($5::bigint is null or seq < $5)
            order by seq desc limit $6
            """);
        var who = string.IsNullOrWhiteSpace(question.Who) ? null : $"%{Escape(question.Who.Trim())}%";
        command.Parameters.AddRange((NpgsqlParameter[])
        [
            Of(question.Action, NpgsqlDbType.Text), Of(who, NpgsqlDbType.Text), Of(question.From?.ToUniversalTime(), NpgsqlDbType.TimestampTz),
            Of(question.Before?.ToUniversalTime(), NpgsqlDbType.TimestampTz), Of(below, NpgsqlDbType.Bigint), Of(limit, NpgsqlDbType.Integer),
        ]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellation)) entries.Add(AuditRows.Read(reader));
        return entries;
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static NpgsqlParameter Of(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
