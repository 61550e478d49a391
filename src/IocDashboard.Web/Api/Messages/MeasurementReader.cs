using System.Text.Json;
using IocDashboard.Domain.Feeds;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Api.Messages;

/// <summary>Reads a JSON array, or one object a line, of measurements straight from the bytes.</summary>
public static class MeasurementReader
{
    public static List<SubmittedMeasurement>? ReadArray(ReadOnlySpan<byte> json, List<JudgementError> errors)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new FieldReader(errors, "");
        var measurements = new List<SubmittedMeasurement>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            fields.WrongType<string>(ref reader, FieldReader.Message, "", "array");
            reader.Read();
            return null;
        }

        var item = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++) Item(ref reader, fields, item, measurements);
        reader.Read();
        return fields.Limit(item, MeasurementJudge.MostMeasurements, "") ? measurements : null;
    }

    /// <summary>Items are counted over the lines that are not blank. A fault in a line's JSON names the line of the body.</summary>
    public static List<SubmittedMeasurement>? ReadLines(ReadOnlySpan<byte> body, List<JudgementError> errors)
    {
        var fields = new FieldReader(errors, "");
        var measurements = new List<SubmittedMeasurement>();
        var item = 0;
        var lineNumber = 0;
        foreach (var range in body.Split((byte)'\n'))
        {
            var line = body[range];
            if (line.Trim(" \t\r"u8).Length > 0)
            {
                var reader = new Utf8JsonReader(line);
                try
                {
                    reader.Read();
                    Item(ref reader, fields, item++, measurements);
                    reader.Read();
                }
                catch (JsonException fault)
                {
                    throw new JsonException(fault.Message, fault.Path, lineNumber, fault.BytePositionInLine, fault);
                }
            }

            lineNumber++;
        }

        return fields.Limit(item, MeasurementJudge.MostMeasurements, "") ? measurements : null;
    }

    private static void Item(ref Utf8JsonReader reader, FieldReader fields, int item, List<SubmittedMeasurement> measurements)
    {
        if (item >= MeasurementJudge.MostMeasurements)
        {
            reader.Skip();
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            measurements.Add(Measurement(ref reader, fields, item));
        }
        else
        {
            fields.WrongType<string>(ref reader, item, "", "object");
        }
    }

    private static SubmittedMeasurement Measurement(ref Utf8JsonReader reader, FieldReader fields, int item)
    {
        string? indicator = null, area = null;
        DateTimeOffset? at = null;
        decimal? value = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("indicator"u8)) indicator = fields.Text(ref reader, ref seen, 1, item, "indicator");
            else if (reader.ValueTextEquals("area"u8)) area = fields.Text(ref reader, ref seen, 2, item, "area");
            else if (reader.ValueTextEquals("at"u8)) at = fields.Instant(ref reader, ref seen, 4, item, "at");
            else if (reader.ValueTextEquals("value"u8)) value = fields.Decimal(ref reader, ref seen, 8, item, "value");
            else reader.Skip();
        }

        return new SubmittedMeasurement(item, indicator, area, at, value);
    }
}
