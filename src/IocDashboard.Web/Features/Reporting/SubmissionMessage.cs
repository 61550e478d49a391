using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using IocDashboard.Domain.Catalogue;
using IocDashboard.Domain.Reporting;

namespace IocDashboard.Web.Features.Reporting;

/// <summary>What an agency says, whichever entrance it came through: one report's values, or a part of them as a draft.</summary>
public sealed record SubmissionMessage(
    string MessageId, string Form, string Agency, string Period, bool Complete, IReadOnlyList<SubmittedValue> Values)
{
    /// <summary>Why figures that stood are replaced; null where the message does not say.</summary>
    public string? Reason { get; init; }

    /// <summary>The newest change at its source that it reflects; null where the source does not say.</summary>
    public DateTimeOffset? SourceAt { get; init; }

    // Dividing by it takes closing zeros away.
    private const decimal Plain = 1.0000000000000000000000000000m;

    /// <summary>
    /// SHA-256 of what the message says, not of how it was written: white space, the order of properties, <c>4</c> or <c>4.0</c>
    /// make no difference; the order of values does.
    /// </summary>
    public byte[] ContentHash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var text = new StringBuilder(64 * (Values.Count + 1));
        Field(text, Form);
        Field(text, Agency);
        Field(text, Period);
        Field(text, Complete ? "1" : "0");
        foreach (var value in Values)
        {
            Field(text, value.Indicator);
            Field(text, value.Area ?? Area.ProvinceCode);
            Field(text, (value.Value / Plain)?.ToString(CultureInfo.InvariantCulture));
            Field(text, value.Status);
            Field(text, value.Note);
        }

        // Messages that were taken in before there was a reason keep their hash.
        if (Reason is not null) Field(text, Reason);
        if (SourceAt is { } at) Field(text.Append('@'), at.UtcTicks.ToString(CultureInfo.InvariantCulture));

        foreach (var chunk in text.GetChunks()) hash.AppendData(MemoryMarshal.AsBytes(chunk.Span));
        return hash.GetHashAndReset();
    }

    // Lengths keep the fields apart whatever they hold; null differs from empty.
    private static void Field(StringBuilder text, string? field)
    {
        if (field is null) text.Append('-');
        else text.Append(CultureInfo.InvariantCulture, $"{field.Length}:").Append(field);
    }
}
