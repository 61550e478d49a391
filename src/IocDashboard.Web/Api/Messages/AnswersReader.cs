using System.Text.Json;
using IocDashboard.Domain.DataRequests;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Features.DataRequests;

namespace IocDashboard.Web.Api.Messages;

/// <summary>
/// Reads the answers to a data request straight from their bytes, as <see cref="SubmissionReader"/> reads a report: what is JSON and
/// has a wrong shape is noted by pointer, and judged all the same. Null when there are no answers to judge.
/// </summary>
public static class AnswersReader
{
    public static AnswerMessage? Read(ReadOnlySpan<byte> json, List<JudgementError> errors)
    {
        var reader = new Utf8JsonReader(json);
        var fields = new FieldReader(errors, "/answers");
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            fields.WrongType<string>(ref reader, FieldReader.Message, "", "object");
            reader.Read();
            return null;
        }

        string? messageId = null;
        List<GivenAnswer>? answers = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("messageId"u8)) messageId = fields.Text(ref reader, ref seen, 1, FieldReader.Message, "messageId");
            else if (reader.ValueTextEquals("answers"u8)) answers = Answers(ref reader, fields, ref seen);
            else reader.Skip();
        }

        // Anything after the message is not JSON: the reader throws.
        reader.Read();
        if (messageId?.Length > SubmissionReader.MostIdLength) fields.Add(FieldReader.Message, "messageId", "too-long", "200");
        fields.Require(!string.IsNullOrWhiteSpace(messageId), "messageId");
        fields.Require(answers is not null, "answers");
        return answers is null ? null : new(messageId ?? "", answers, errors);
    }

    private static List<GivenAnswer>? Answers(ref Utf8JsonReader reader, FieldReader fields, ref int seen)
    {
        fields.Enter(ref reader, ref seen, 2, FieldReader.Message, "answers");
        if (reader.TokenType != JsonTokenType.StartArray)
            return fields.WrongType<List<GivenAnswer>>(ref reader, FieldReader.Message, "answers", "array");

        var answers = new List<GivenAnswer>();
        var item = 0;
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
        {
            // One more than may be asked is one too many whatever it says.
            if (item > AskJudge.MostQuestions) reader.Skip();
            else if (reader.TokenType == JsonTokenType.StartObject) answers.Add(Answer(ref reader, fields, item));
            else fields.WrongType<string>(ref reader, item, "", "object");
        }

        return fields.Limit(item, AskJudge.MostQuestions, "answers") ? answers : null;
    }

    private static GivenAnswer Answer(ref Utf8JsonReader reader, FieldReader fields, int item)
    {
        string? question = null, text = null, note = null;
        decimal? value = null;
        var seen = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("question"u8)) question = fields.Text(ref reader, ref seen, 1, item, "question");
            else if (reader.ValueTextEquals("value"u8)) value = fields.Decimal(ref reader, ref seen, 2, item, "value");
            else if (reader.ValueTextEquals("text"u8)) text = fields.Text(ref reader, ref seen, 4, item, "text");
            else if (reader.ValueTextEquals("note"u8)) note = fields.Text(ref reader, ref seen, 8, item, "note");
            else reader.Skip();
        }

        return new(question ?? "", value, text, note);
    }
}
