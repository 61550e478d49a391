using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;
using IocDashboard.Web.Features.Reporting;

namespace IocDashboard.Web.Api.Messages;

/// <summary>
/// Reads a submission straight from its bytes into what the use case takes: no document in between. Throws
/// <see cref="JsonException"/> when the body is not JSON; what is JSON and has a wrong shape is noted by pointer. Null when it
/// does not say which report it is: then there is nothing to judge its values by.
/// Properties that the contract does not name are passed over.
/// </summary>
public static class SubmissionReader
{
    public const int MostIdLength = 200;

    /// <summary>The contract's bound of one JSON message.</summary>
    public const int MostValues = 10_000;

    public static SubmissionMessage? Read(ReadOnlySpan<byte> json, List<JudgementError> errors)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new FieldReader(errors, "/values");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            fields.WrongType<string>(ref reader, FieldReader.Message, "", "object");
            reader.Read();
            return null;
        }

        string? messageId = null, form = null, agency = null, period = null, reason = null;
        DateTimeOffset? sourceAt = null;
        var complete = true;
        List<SubmittedValue>? values = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageId"u8)) messageId = fields.Text(ref reader, ref seen, 1, FieldReader.Message, "messageId");
            else if (reader.ValueTextEquals("form"u8)) form = fields.Text(ref reader, ref seen, 2, FieldReader.Message, "form");
            else if (reader.ValueTextEquals("agency"u8)) agency = fields.Text(ref reader, ref seen, 4, FieldReader.Message, "agency");
            else if (reader.ValueTextEquals("period"u8)) period = fields.Text(ref reader, ref seen, 8, FieldReader.Message, "period");
            else if (reader.ValueTextEquals("complete"u8)) complete = fields.Boolean(ref reader, ref seen, 16, FieldReader.Message, "complete") ?? true;
            else if (reader.ValueTextEquals("reason"u8)) reason = fields.Text(ref reader, ref seen, 64, FieldReader.Message, "reason");
            else if (reader.ValueTextEquals("sourceAt"u8)) sourceAt = fields.Instant(ref reader, ref seen, 128, FieldReader.Message, "sourceAt");
            else if (reader.ValueTextEquals("values"u8)) values = Values(ref reader, fields, ref seen);
            else reader.Skip();
        }

        // Anything after the message is not JSON: the reader throws.
        reader.Read();
        if (messageId?.Length > MostIdLength) fields.Add(FieldReader.Message, "messageId", "too-long", "200");
        if (!CorrectionReason.TryKeep(reason, out reason)) fields.Add(FieldReader.Message, "reason", JudgementCodes.BadNote, $"{CorrectionReason.Longest}");
        fields.Require(!string.IsNullOrWhiteSpace(messageId), "messageId");
        fields.Require(form is not null, "form");
        fields.Require(agency is not null, "agency");
        fields.Require(period is not null, "period");
        fields.Require(values is not null, "values");
        return form is null || agency is null || period is null || values is null
            ? null
            : new SubmissionMessage(messageId ?? "", form, agency, period, complete, values) { Reason = reason, SourceAt = sourceAt is { } at ? Micros.Truncate(at) : null };
    }

    private static List<SubmittedValue>? Values(ref Utf8JsonReader reader, FieldReader fields, ref int seen)
    {
        fields.Enter(ref reader, ref seen, 32, FieldReader.Message, "values");
        if (reader.TokenType != JsonTokenType.StartArray)
            return fields.WrongType<List<SubmittedValue>>(ref reader, FieldReader.Message, "values", "array");

        var values = new List<SubmittedValue>();
        var item = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
        {
            if (item >= MostValues)
            {
                reader.Skip();
            }
            else if (reader.TokenType == JsonTokenType.StartObject)
            {
                values.Add(Value(ref reader, fields, item));
            }
            else
            {
                fields.WrongType<string>(ref reader, item, "", "object");
            }
        }

        return fields.Limit(item, MostValues, "values") ? values : null;
    }

    private static SubmittedValue Value(ref Utf8JsonReader reader, FieldReader fields, int item)
    {
        string? indicator = null, area = null, status = null, note = null;
        decimal? value = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("indicator"u8)) indicator = fields.Text(ref reader, ref seen, 1, item, "indicator");
            else if (reader.ValueTextEquals("area"u8)) area = fields.Text(ref reader, ref seen, 2, item, "area");
            else if (reader.ValueTextEquals("value"u8)) value = fields.Decimal(ref reader, ref seen, 4, item, "value");
            else if (reader.ValueTextEquals("status"u8)) status = fields.Text(ref reader, ref seen, 8, item, "status");
            else if (reader.ValueTextEquals("note"u8)) note = fields.Text(ref reader, ref seen, 16, item, "note");
            else reader.Skip();
        }

        return new SubmittedValue(item, indicator, area, value, status, note);
    }
}
