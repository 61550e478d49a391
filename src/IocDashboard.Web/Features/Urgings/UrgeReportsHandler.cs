using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using IocDashboard.Domain;
using IocDashboard.Domain.Escalation;
using IocDashboard.Domain.Reporting;
using IocDashboard.Domain.Urgings;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Platform.Audit;
using IocDashboard.Web.Platform.Mail;
using Marten;
using Npgsql;

namespace IocDashboard.Web.Features.Urgings;

/// <summary>A letter as its sender wrote it.</summary>
/// <param name="Id">Of the sender's making: the same letter sent again is not sent twice.</param>
/// <param name="ByEmail">Beside the portal, which every letter goes to.</param>
public sealed record WrittenLetter(
    Guid Id, string Agency, ImmutableArray<string> Reports, UrgingLevel Level, ImmutableArray<UrgingRecipient> Recipients, string Subject, string Text,
    DateTimeOffset AnswerBy, bool ByEmail);

/// <summary>Its number, or why it was not sent.</summary>
public sealed record UrgingOutcome(string? Number, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;
}

/// <summary>
/// Urges one agency about its reports (articles 4.2, 6.1): one event on each report's stream, the letter with its number, the notice in
/// the agency's portal and the e-mails, all in one transaction. Either the whole letter goes or nothing of it.
/// </summary>
public sealed class UrgeReportsHandler(
    NpgsqlDataSource database, IDocumentStore history, CommitSignal committed, AuditTrail audit, MailSettings mail, ProvinceTime time, TimeProvider clock)
{
    public const int MostReports = 100;

    /// <param name="body">On whose authority (<see cref="UrgingRights.BodyOf"/>).</param>
    public async Task<UrgingOutcome> Handle(WrittenLetter letter, string body, bool isOffice, AuditActor by, CancellationToken cancellation)
    {
        if (letter.Reports.Length > MostReports)
            return Refused(JudgementError.At("/reports", UrgingCodes.TooManyReports, MostReports.ToString(CultureInfo.InvariantCulture)));
        letter = letter with { Reports = [.. letter.Reports.Distinct(StringComparer.Ordinal)] };
        if (letter.Reports.Length == 0 || letter.Reports.Any(r => !ReportKey.TryParse(r, out _, out var agency, out _) || agency != letter.Agency))
            return Refused(JudgementError.At("/reports", UrgingCodes.NotOwed, letter.Agency));
        var now = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var reports = await FindAsync(transaction, letter, cancellation);
        var year = time.DayOf(now).Year;
        var (earlier, number) = await NumberAsync(transaction, letter.Id, body, year, cancellation);
        if (earlier is { } sent) return new(UrgingRows.NumberOf(sent, body), []);
        var before = await CountBeforeAsync(connection, letter, cancellation);

        var command = new UrgeReports(
            letter.Id, letter.Level, body, isOffice, UrgingRows.NumberOf(number, body), letter.Subject, letter.Text, letter.Recipients, letter.AnswerBy, by.Name, now);
        var decisions = reports.Select(r => UrgingDecider.Urge(r, command, before.GetValueOrDefault(r.Id))).ToList();
        if (reports.Count < letter.Reports.Length) return Refused(JudgementError.At("/reports", UrgingCodes.NotOwed, letter.Reports.Except(reports.Select(r => r.Id), StringComparer.Ordinal).First()));
        if (decisions.Find(d => !d.Accepted) is { } refused) return new(null, refused.Errors);

        await history.AppendAsync(transaction, decisions.Select(d => (d.Report.Id, d.Events[0])), cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(UrgingRows.Insert(command, letter.Agency, year, number));
            batch.BatchCommands.Add(UrgingRows.InsertReports(letter.Id, [.. decisions.Select(d => (d.Report.Id, ((ReportUrged)d.Events[0]).Time))]));
            var items = JsonSerializer.Serialize(reports.Select(r => new NoticeItem(r.Id, "urge", r.DueAt, now, IsMissed: false)), EventJson.Options);
            batch.BatchCommands.Add(Notice(letter, items, NoticeChannel.Inbox, null, now));
            foreach (var address in letter.ByEmail && mail.IsConfigured ? letter.Recipients.Select(r => r.Email).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase) : [])
                batch.BatchCommands.Add(Notice(letter, items, NoticeChannel.Email, address, now));
            batch.BatchCommands.Add(ChangeRow.Put(now, reports: [.. letter.Reports]));
            await batch.ExecuteNonQueryAsync(cancellation);
        }

        await audit.AppendAsync(transaction, AuditActions.ReportUrged, command.Number, AuditOutcome.Done, after: Told(command, letter), by: by, cancellation: cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return new(command.Number, []);
    }

    /// <summary>Under the locks of all their forms, taken in the order of their names.</summary>
    private static async Task<List<Report>> FindAsync(NpgsqlTransaction transaction, WrittenLetter letter, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        string[] locks = [.. letter.Reports.Select(r => WriteLock.OfReports(ReportKey.Parse(r).Form, letter.Agency)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (var name in locks) batch.BatchCommands.Add(WriteLock.Take(name));
        batch.BatchCommands.Add(new($"select {ReportRows.Columns} from report where id = any($1) order by id") { Parameters = { Sql.Of([.. letter.Reports.Select(r => (string?)r)]) } });
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        for (var i = 0; i < locks.Length; i++) await reader.NextResultAsync(cancellation);
        var found = new List<Report>();
        while (await ReportRows.ReadAsync(reader, cancellation) is { } report) found.Add(report);
        return found;
    }

    /// <summary>One letter at a time gets the next number of its body's year, so that none is left out.</summary>
    private static async Task<(int? Earlier, int Number)> NumberAsync(NpgsqlTransaction transaction, Guid id, string body, int year, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction)
        {
            BatchCommands =
            {
                WriteLock.Take(WriteLock.OfUrgingNumbers(body)),
                new("select (select number from urging where id = $1), (select coalesce(max(number), 0) + 1 from urging where body = $2 and year = $3)")
                {
                    Parameters = { new NpgsqlParameter<Guid> { TypedValue = id }, Sql.Of(body), Sql.Of((short)year) },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        await reader.NextResultAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return (reader.IsDBNull(0) ? null : reader.GetInt32(0), reader.GetInt32(1));
    }

    private static async Task<Dictionary<string, int>> CountBeforeAsync(NpgsqlConnection connection, WrittenLetter letter, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select report, max(time)::int from urging_report where report = any($1) group by report", connection)
        {
            Parameters = { Sql.Of([.. letter.Reports.Select(r => (string?)r)]) },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var before = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation)) before[reader.GetString(0)] = reader.GetInt32(1);
        return before;
    }

    private static NpgsqlBatchCommand Notice(WrittenLetter letter, string items, NoticeChannel channel, string? address, DateTimeOffset now) => new("""
        insert into notice (kind, agency, reader, audiences, channel, address, items, made_at, send_at, urging) values ($1, $2, $2, $3, $4, $5, $6, $7, $7, $8)
        """)
    {
        Parameters =
        {
            Sql.Of((short)NoticeKind.Urging), Sql.Of(letter.Agency),
            Sql.Of(letter.Level == UrgingLevel.FocalPoint ? [(short)Audience.FocalPoint] : new[] { (short)Audience.FocalPoint, (short)Audience.Head }),
            Sql.Of((short)channel), Sql.Of(address), Sql.Json(items), Sql.Of(now), new NpgsqlParameter<Guid> { TypedValue = letter.Id },
        },
    };

    private static JsonObject Told(UrgeReports command, WrittenLetter letter) => new()
    {
        ["agency"] = letter.Agency, ["level"] = command.Level.ToString(), ["reports"] = string.Join(',', letter.Reports), ["subject"] = command.Subject,
        ["recipients"] = string.Join(", ", command.Recipients.Select(r => r.Name)), ["answerBy"] = command.AnswerBy.ToString("O", CultureInfo.InvariantCulture), ["byEmail"] = letter.ByEmail,
    };

    private static UrgingOutcome Refused(JudgementError error) => new(null, [error]);
}
