using System.Globalization;
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
        await using var command = Command(question, below, limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var entries = new List<AuditEntry>();
        while (await reader.ReadAsync(cancellation)) entries.Add(AuditRows.Read(reader));
        return entries;
    }

    /// <summary>Only the conditions that were asked for: one statement for all of them would be planned without their indexes.</summary>
    public NpgsqlCommand Command(AuditQuestion question, long? below, int limit)
    {
        var command = database.CreateCommand();
        var conditions = new List<string>();
        void Where(string condition, object value, NpgsqlDbType type)
        {
            command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
            conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture)));
        }

        if (question.Action is { } action) Where("action = {0}", action, NpgsqlDbType.Text);
        if (!string.IsNullOrWhiteSpace(question.Who)) Where("(actor ilike {0} or subject ilike {0})", $"%{Escape(question.Who.Trim())}%", NpgsqlDbType.Text);
        if (question.From is { } from) Where("at >= {0}", from.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        if (question.Before is { } before) Where("at < {0}", before.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        if (below is { } last) Where("seq < {0}", last, NpgsqlDbType.Bigint);
        var where = conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);
        command.Parameters.Add(new() { Value = limit, NpgsqlDbType = NpgsqlDbType.Integer });
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"select {AuditRows.Columns} from audit_entry{where} order by seq desc limit ${command.Parameters.Count}");
        return command;
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
