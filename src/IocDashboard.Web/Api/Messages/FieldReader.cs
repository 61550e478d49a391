using System.Globalization;
using System.Text.Json;
using IocDashboard.Domain.Reporting;
using IocDashboard.Web.Api.Problems;

namespace IocDashboard.Web.Api.Messages;

/// <summary>
/// Reads the value of one property after another and notes what is wrong by pointer instead of stopping at the first fault.
/// A value of the wrong type reads as null. Pointers are spelt out only when something is wrong.
/// </summary>
/// <param name="errors">Where faults are noted.</param>
/// <param name="items">Pointer of the array that holds the items: <c>/values</c>, or empty when the body is the array.</param>
public sealed class FieldReader(List<JudgementError> errors, string items)
{
    /// <summary>The item number of a property of the message itself.</summary>
    public const int Message = -1;
    public const int MostTextLength = 2000;

    private const int MostPlainBytes = 256;

    // A date alone, or one with hours and minutes only, is not an RFC 3339 instant.
    private const int ShortestInstant = 19;

    /// <summary>Notes a property met before in the same object — which of the two is meant, nobody knows — and moves to its value.</summary>
    public void Enter(ref Utf8JsonReader reader, ref int seen, int bit, int item, string name)
    {
        if ((seen & bit) != 0) Add(item, name, "duplicate-key", name);
        seen |= bit;
        reader.Read();
    }

    public string? Text(ref Utf8JsonReader reader, ref int seen, int bit, int item, string name)
    {
        Enter(ref reader, ref seen, bit, item, name);
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) return WrongType<string>(ref reader, item, name, "string");
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: not a character, and no database keeps it.
            Add(item, name, "bad-text");
            return null;
        }

        if (text.Length > MostTextLength) Add(item, name, "too-long", "2000");
        else if (text.Contains('\0')) Add(item, name, "bad-text");
        else return text;
        return null;
    }

    public decimal? Decimal(ref Utf8JsonReader reader, ref int seen, int bit, int item, string name)
    {
        Enter(ref reader, ref seen, bit, item, name);
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType is not (JsonTokenType.Number or JsonTokenType.String))
        {
            WrongType<string>(ref reader, item, name, "number");
            return null;
        }

        Span<byte> plain = stackalloc byte[MostPlainBytes];
        var digits = reader.TokenType == JsonTokenType.Number ? reader.ValueSpan : plain[..CopyPlain(in reader, plain)];
        switch (DecimalText.Read(digits, out var value))
        {
            case DecimalText.Reading.Ok:
                return value;
            case DecimalText.Reading.TooManyDigits:
                Add(item, name, "too-many-digits", "28");
                return null;
            default:
                Add(item, name, "not-a-number");
                return null;
        }
    }

    public bool? Boolean(ref Utf8JsonReader reader, ref int seen, int bit, int item, string name)
    {
        Enter(ref reader, ref seen, bit, item, name);
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False) return reader.GetBoolean();
        WrongType<string>(ref reader, item, name, "boolean");
        return null;
    }

    public DateTimeOffset? Instant(ref Utf8JsonReader reader, ref int seen, int bit, int item, string name)
    {
        Enter(ref reader, ref seen, bit, item, name);
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String)
        {
            WrongType<string>(ref reader, item, name, "string");
            return null;
        }

        // An instant without an offset would be read in the host's zone: refused.
        Span<byte> plain = stackalloc byte[MostPlainBytes];
        if (plain[..CopyPlain(in reader, plain)] is [.., (byte)'Z'] or [.., (byte)'+' or (byte)'-', _, _, (byte)':', _, _]
            && reader.TryGetDateTimeOffset(out var instant)
            && instant.UtcDateTime.Year is >= 1900 and < 2200
            && reader.ValueSpan.Length > ShortestInstant)
            return instant;
        Add(item, name, "bad-time");
        return null;
    }

    public T? WrongType<T>(ref Utf8JsonReader reader, int item, string name, string expected)
        where T : class
    {
        Add(item, name, "wrong-type", expected);
        reader.Skip();
        return null;
    }

    /// <summary>Notes a property of the message that is not there, unless it is there and was wrong in another way.</summary>
    public void Require(bool present, string name)
    {
        var place = Pointer(Message, name);
        if (!present && errors.TrueForAll(e => e.Pointer != place)) Add(Message, name, "missing-field", name);
    }

    /// <returns>False when there are more than are taken: such a message is not judged further.</returns>
    public bool Limit(int count, int most, string name)
    {
        if (count <= most) return true;
        Add(Message, name, JudgementCodes.TooManyValues, count.ToString(CultureInfo.InvariantCulture), most.ToString(CultureInfo.InvariantCulture));
        return false;
    }

    public void Add(int item, string name, string code, params string[] arguments) =>
        errors.Add(JudgementError.At(Pointer(item, name), code, arguments));

    /// <summary>The characters that a number or an instant consists of: writers may escape any of them, and many do escape a plus.</summary>
    private static int CopyPlain(scoped in Utf8JsonReader reader, scoped Span<byte> into)
    {
        if (reader.ValueSpan.Length > into.Length) return 0;
        try
        {
            return reader.CopyString(into);
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    private string Pointer(int item, string name)
    {
        var place = item < 0 ? "" : items + "/" + item.ToString(CultureInfo.InvariantCulture);
        return name.Length == 0 ? place : place + "/" + name;
    }
}
