using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features;

namespace IocDashboard.Web.Api.Messages;

/// <summary>What a source says of itself, as the entrance hands it on.</summary>
public sealed record SourceChangeMessage(DateTimeOffset ChangedAt);

/// <summary>Reads it as <see cref="SubmissionReader"/> reads a report. Null where it does not say when.</summary>
public static class SourceChangeReader
{
    public static SourceChangeMessage? Read(ReadOnlySpan<byte> json, List<JudgementError> errors)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new FieldReader(errors, "");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            fields.WrongType<string>(ref reader, FieldReader.Message, "", "object");
            reader.Read();
            return null;
        }

        DateTimeOffset? changedAt = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("changedAt"u8)) changedAt = fields.Instant(ref reader, ref seen, 1, FieldReader.Message, "changedAt");
            else reader.Skip();
        }

        // Anything after the message is not JSON: the reader throws.
        reader.Read();
        fields.Require(changedAt is not null, "changedAt");
        return changedAt is { } at && errors.Count == 0 ? new(Micros.Truncate(at)) : null;
    }
}
