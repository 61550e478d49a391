using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using IocDashboard.Domain.Reporting;
using Npgsql;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>
/// What a submission is answered with, kept beside its message so that the same message gets the same answer again.
/// Warnings are kept by code: each caller reads them in a language of its own.
/// </summary>
/// <param name="SubmissionId">Null for a dry run: nothing was kept.</param>
public sealed record Receipt(
    Guid? SubmissionId, string Report, int Revision, ReportState State, Punctuality Punctuality,
    DateTimeOffset DueAt, DateTimeOffset ReceivedAt, int Accepted, ImmutableArray<JudgementError> Warnings);

/// <summary>Table <c>message</c>: a message that was accepted is never taken in twice.</summary>
public static class MessageRows
{
    /// <summary>Two messages with one id that did not share a lock: the later one finds the earlier only when it writes.</summary>
    public const string UniqueKey = "message_pkey";

    public static NpgsqlBatchCommand Find(string agency, string messageId) =>
        new("select content_hash, receipt from message where agency = $1 and message_id = $2")
        {
            Parameters = { Sql.Of(agency), Sql.Of(messageId) },
        };

    public static async Task<(byte[] ContentHash, Receipt Receipt)?> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation)
            ? (reader.GetFieldValue<byte[]>(0), JsonSerializer.Deserialize(reader.GetString(1), ReceiptJson.Default.Receipt)!)
            : null;

    public static NpgsqlBatchCommand Put(SubmissionMessage message, byte[] contentHash, Receipt receipt) =>
        new("insert into message (agency, message_id, content_hash, receipt, received_at) values ($1, $2, $3, $4, $5)")
        {
            Parameters =
            {
                Sql.Of(message.Agency), Sql.Of(message.MessageId), Sql.Of(contentHash),
                Sql.Json(JsonSerializer.Serialize(receipt, ReceiptJson.Default.Receipt)), Sql.Of(receipt.ReceivedAt),
            },
        };
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
