using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using IocDashboard.Domain;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Platform.Access;
using Npgsql;

namespace IocDashboard.Web.Features.DataRequests;

/// <summary>A message of an agency's own system.</summary>
/// <param name="Faults">What the entrance found wrong with the message's form: it is judged all the same, and refused.</param>
public sealed record AnswerMessage(string MessageId, IReadOnlyList<GivenAnswer> Answers, IReadOnlyList<JudgementError> Faults)
{
    public byte[] ContentHash(string number) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { number, Answers = Answers.Select(a => a with { Value = a.Value / 1.0000000000000000000000000000m }) }, EventJson.Options));
}

/// <summary>What an accepted answer is told.</summary>
public sealed record AnswerReceipt(
    string Request, string Agency, int Revision, AnswerState State, Punctuality Punctuality, DateTimeOffset DueAt, DateTimeOffset ReceivedAt, int Accepted);

/// <summary>What became of an answer. Refused: nothing was kept.</summary>
/// <param name="Repeated">The same was accepted before; the receipt is the one of then.</param>
public sealed record AnswerOutcome(AnswerReceipt? Receipt, bool Repeated, ImmutableArray<JudgementError> Errors)
{
    public bool Accepted => Errors.IsEmpty;

    internal static AnswerOutcome Refused(params ReadOnlySpan<JudgementError> errors) => new(null, Repeated: false, [.. errors]);
}

/// <summary>
/// Takes an agency's answer in: judged, one event, its row, in one transaction. From the portal it is what the drafts say, over what
/// was answered before; the drafts are closed with it. From a system it is the message; the same message twice is taken in once.
/// </summary>
public sealed class AnswerDataRequestHandler(NpgsqlDataSource database, DataRequestTransaction requests, CommitSignal committed, TimeProvider clock)
{
    /// <param name="version">Of the drafts that the sender looked at: what was typed since is not sent unseen.</param>
    /// <param name="scope">Of whoever sends; another agency's part of a request is not there.</param>
    public Task<AnswerOutcome> SendDrafts(string number, long version, AgencyScope scope, string by, CancellationToken cancellation) =>
        Run(number, scope.Agency, by, "portal", async (transaction, request, asked) =>
        {
            var drafts = await DraftsAsync(transaction, number, scope.Agency, cancellation);
            if (drafts.Count == 0) return (null, [JudgementError.At("", RequestCodes.DraftEmpty)]);
            if (OwnRequest.VersionOf(drafts) != version) return (null, [JudgementError.At("", RequestCodes.DraftChanged)]);
            return DraftContent.Of(request, asked, drafts);
        }, message: null, cancellation);

    public async Task<AnswerOutcome> Send(string number, AnswerMessage message, AgencyScope scope, string by, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await Run(number, scope.Agency, by, "api", (_, _, _) => Task.FromResult<(IReadOnlyList<GivenAnswer>?, IReadOnlyList<JudgementError>)>((message.Answers, message.Faults)), message, cancellation);
            }
            catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "data_request_message_once" })
            {
                // The same id came in for another request at the same moment: the next attempt finds it.
            }
        }
    }

    private async Task<AnswerOutcome> Run(
        string number, string agency, string by, string channel,
        Func<NpgsqlTransaction, DataRequest, AskedAgency, Task<(IReadOnlyList<GivenAnswer>? Answers, IReadOnlyList<JudgementError> Faults)>> content,
        AnswerMessage? message, CancellationToken cancellation)
    {
        if (!DataRequestNumber.Is(number)) return AnswerOutcome.Refused(JudgementError.At("", RequestCodes.Unknown, number));
        var at = Micros.Truncate(clock.GetUtcNow());
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await DataRequestTransaction.ReadAsync(transaction, number, cancellation) is not { } request || request.Find(agency) is not { } asked)
            return AnswerOutcome.Refused(JudgementError.At("", RequestCodes.Unknown, number));
        if (message is not null && await EarlierAsync(transaction, number, agency, message, cancellation) is { } earlier) return earlier;

        var (answers, faults) = await content(transaction, request, asked);
        if (answers is null) return new(null, Repeated: false, [.. faults]);
        var decision = DataRequestDecider.Answer(request, new(agency, answers, by, channel, at));
        if (faults.Count > 0 && !decision.Errors.Any(e => RequestCodes.IsClosed(e.Code))) return new(null, Repeated: false, JudgementError.Join(faults, decision.Errors));
        if (!decision.Accepted) return new(null, Repeated: false, decision.Errors);

        var after = decision.Request.Find(agency)!;
        var receipt = new AnswerReceipt(number, agency, after.Revision, after.State, after.Punctuality, after.JudgedBy, at, after.Answers.Length);
        List<NpgsqlBatchCommand> more = message is null ? [DraftRows.Delete(number, agency)] : [PutMessage(number, agency, message, receipt)];
        await requests.WriteAsync(transaction, request, decision, at, more, cancellation);
        await transaction.CommitAsync(CancellationToken.None);
        committed.Pulse();
        return new(receipt, Repeated: false, []);
    }

    private static async Task<List<DraftAnswer>> DraftsAsync(NpgsqlTransaction transaction, string number, string agency, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { DraftRows.Find(number, agency) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        return await DraftRows.ReadAsync(reader, cancellation);
    }

    private static async Task<AnswerOutcome?> EarlierAsync(
        NpgsqlTransaction transaction, string number, string agency, AnswerMessage message, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "select content_hash, receipt from data_request_message where agency = $1 and message_id = $2", transaction.Connection, transaction);
        command.Parameters.AddRange((NpgsqlParameter[])[Sql.Of(agency), Sql.Of(message.MessageId)]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation)) return null;
        return CryptographicOperations.FixedTimeEquals(message.ContentHash(number), reader.GetFieldValue<byte[]>(0))
            ? new(JsonSerializer.Deserialize<AnswerReceipt>(reader.GetString(1), EventJson.Options), Repeated: true, [])
            : AnswerOutcome.Refused(JudgementError.At("/messageId", Reporting.SubmissionCodes.MessageIdReused, message.MessageId));
    }

    private static NpgsqlBatchCommand PutMessage(string number, string agency, AnswerMessage message, AnswerReceipt receipt) =>
        new("insert into data_request_message (agency, message_id, number, content_hash, receipt) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                Sql.Of(agency), Sql.Of(message.MessageId), Sql.Of(number), Sql.Of(message.ContentHash(number)), Sql.Json(JsonSerializer.Serialize(receipt, EventJson.Options)),
            },
        };
}

/// <summary>What would be answered if it were sent now: each question as its draft has it, else as it was answered before.</summary>
public static class DraftContent
{
    public static (IReadOnlyList<GivenAnswer> Answers, IReadOnlyList<JudgementError> Faults) Of(DataRequest request, AskedAgency asked, IReadOnlyList<DraftAnswer> drafts)
    {
        var (answers, faults) = (new List<GivenAnswer>(), new List<JudgementError>());
        foreach (var question in request.Questions)
        {
            if (drafts.FirstOrDefault(d => d.Question == question.Id) is not { } draft)
            {
                if (asked.Answers.FirstOrDefault(a => a.Question == question.Id) is { } before) answers.Add(before);
                continue;
            }

            if (draft.IsBlank) continue;
            if (question.Kind == QuestionKind.Figure && draft is { Value: null, Content.Length: > 0 })
                faults.Add(JudgementError.At($"/answers/{answers.Count}/value", NumberReading.Read(draft.Content, NumberFormat.Vietnamese, MostDecimals).Code ?? JudgementCodes.AmbiguousNumber, draft.Content));
            answers.Add(question.Kind == QuestionKind.Figure
                ? new(question.Id, draft.Value, null, draft.Note)
                : new(question.Id, null, draft.Content.Length == 0 ? null : draft.Content, draft.Note));
        }

        return (answers, faults);
    }

    // Whoever typed it had a format and decimals of their own; what reads as a number in any is ambiguous and not unreadable.
    private const int MostDecimals = 28;
}
