using System.Collections.Immutable;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.Urgings;
using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>A letter of urging as it was sent, and what became of it. Instants are UTC.</summary>
/// <param name="Body">On whose authority: an agency's code.</param>
/// <param name="Number">As it stands on the letter, e.g. <c>12/IOC-ĐĐ</c>.</param>
/// <param name="ReadAt">When somebody of the agency first opened it; null: nobody has.</param>
public sealed record Urging(
    Guid Id, string Body, string Number, string Agency, UrgingLevel Level, ImmutableArray<UrgingRecipient> Recipients, string Subject, string Text,
    DateTimeOffset AnswerBy, string SentBy, DateTimeOffset SentAt, DateTimeOffset? ReadAt, string? ReadBy,
    string? Reply, DateOnly? PromisedFor, string? RepliedBy, DateTimeOffset? RepliedAt)
{
    /// <summary>What it is about: keys of reports.</summary>
    public ImmutableArray<string> Reports { get; init; } = [];
}

/// <summary>Tables <c>urging</c> and <c>urging_report</c>.</summary>
internal static class UrgingRows
{
    /// <summary>Of table <c>urging u</c>.</summary>
    public const string Columns =
        "u.id, u.body, u.number, u.agency, u.level, u.recipients::text, u.subject, u.text, u.answer_by, u.sent_by, u.sent_at, u.read_at, u.read_by, u.reply, u.promised_for, " +
        "u.replied_by, u.replied_at, array(select r.report from urging_report r where r.urging = u.id order by r.report)";

    public static string NumberOf(int number, string body) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number}/{body}-ĐĐ");

    public static Urging Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), NumberOf(row.GetInt32(2), row.GetString(1)), row.GetString(3), (UrgingLevel)row.GetInt16(4),
        [.. JsonSerializer.Deserialize<UrgingRecipient[]>(row.GetString(5), EventJson.Options)!], row.GetString(6), row.GetString(7), row.GetFieldValue<DateTimeOffset>(8),
        row.GetString(9), row.GetFieldValue<DateTimeOffset>(10), row.Instant(11), row.Text(12), row.Text(13),
        row.IsDBNull(14) ? null : row.GetFieldValue<DateOnly>(14), row.Text(15), row.Instant(16)) { Reports = [.. row.GetFieldValue<string[]>(17)] };

    public static NpgsqlBatchCommand Insert(UrgeReports letter, string agency, int year, int number) => new("""
        insert into urging (id, body, year, number, agency, level, recipients, subject, text, answer_by, sent_by, sent_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = letter.Urging }, Sql.Of(letter.Body), Sql.Of((short)year), Sql.Of(number), Sql.Of(agency), Sql.Of((short)letter.Level),
            Sql.Json(JsonSerializer.Serialize(letter.Recipients, EventJson.Options)), Sql.Of(letter.Subject.Trim()), Sql.Of(letter.Text.Trim()), Sql.Of(letter.AnswerBy),
            Sql.Of(letter.By), Sql.Of(letter.At),
        },
    };

    public static NpgsqlBatchCommand InsertReports(Guid urging, IReadOnlyCollection<(string Report, int Time)> reports) =>
        new("insert into urging_report (urging, report, time) select $1, report, time from unnest($2, $3) as r (report, time)")
        {
            Parameters =
            {
                new NpgsqlParameter<Guid> { TypedValue = urging }, Sql.Of([.. reports.Select(r => (string?)r.Report)]), Sql.Of([.. reports.Select(r => (short)r.Time)]),
            },
        };
}
