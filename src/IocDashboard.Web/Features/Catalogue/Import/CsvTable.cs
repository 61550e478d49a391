using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using CsvHelper;
using IocDashboard.Domain.Catalogue;

namespace IocDashboard.Web.Features.Catalogue.Import;

/// <summary>
/// A reference file as text cells with their lines. Comma-separated, UTF-8, decimal point, ISO dates, whatever the host's
/// culture. Nothing is guessed: what does not read cleanly is a finding.
/// </summary>
internal static class CsvTable
{
    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        Separator = ',', TrackLineNumbers = true, DetectSeparatorHint = false, MalformedData = CsvMalformedDataHandling.Throw,
    };

    /// <param name="columns">Those that the file must have; it may have others, and their order does not matter.</param>
    public static IReadOnlyList<ReferenceRow> Read(string path, IReadOnlyList<string> columns, ICollection<ImportFinding> findings)
    {
        var file = Path.GetFileName(path);
        var rows = new List<ReferenceRow>();
        if (!File.Exists(path))
        {
            findings.Add(new(file, 0, null, "missing-file", path));
            return rows;
        }

        string text;
        try
        {
            text = File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            findings.Add(new(file, 1, null, "bad-encoding", "UTF-8"));
            return rows;
        }

        ReadText(text, file, columns, rows, findings);
        return rows;
    }

    /// <summary>What was sent as a file of that name.</summary>
    public static IReadOnlyList<ReferenceRow> Read(byte[] content, string file, IReadOnlyList<string> columns, ICollection<ImportFinding> findings)
    {
        var rows = new List<ReferenceRow>();
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
            ReadText(text, file, columns, rows, findings);
        }
        catch (DecoderFallbackException)
        {
            findings.Add(new(file, 1, null, "bad-encoding", "UTF-8"));
        }

        return rows;
    }

    private static void ReadText(string text, string file, IReadOnlyList<string> columns, List<ReferenceRow> rows, ICollection<ImportFinding> findings)
    {
        try
        {
            using var csv = CsvReader.FromText(text, Options);
            ReadRows(csv, file, columns, rows, findings);
        }
        catch (CsvFormatException malformed)
        {
            // An unclosed quote swallows what follows, so nothing after it can be trusted.
            findings.Add(new(file, (int)malformed.LineNumber, null, "bad-quotes", file));
        }
    }

    private static void ReadRows(CsvReader csv, string file, IReadOnlyList<string> columns, List<ReferenceRow> rows, ICollection<ImportFinding> findings)
    {
        var heading = csv.Headers.Select(h => h.Trim()).ToArray();
        foreach (var missing in columns.Except(heading, StringComparer.Ordinal)) findings.Add(new(file, 1, missing, "missing-column", missing));
        if (heading.GroupBy(h => h, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            findings.Add(new(file, 1, twice.Key, "duplicate-column", twice.Key));
            return;
        }

        while (csv.Read())
        {
            var line = (int)csv.LineNumber;
            var cells = csv.Current.ToArray();
            if (cells.Length != heading.Length)
            {
                findings.Add(new(file, line, null, "bad-row", cells.Length.ToString(CultureInfo.InvariantCulture)));
                continue;
            }

            rows.Add(new ReferenceRow(file, line, heading.Zip(cells).ToFrozenDictionary(
                c => c.First, c => c.Second.Trim().Normalize(NormalizationForm.FormC), StringComparer.Ordinal), findings));
        }
    }
}

/// <summary>One row; each reader notes what is wrong and returns a harmless value, so that all findings come at once.</summary>
internal sealed class ReferenceRow(string file, int line, FrozenDictionary<string, string> cells, ICollection<ImportFinding> findings)
{
    /// <summary>Longest short name that a wall tile shows whole.</summary>
    public const int LongestShortName = 24;

    public int Line => line;

    public void Find(string? column, string code, string argument) => findings.Add(new(file, line, column, code, argument));

    /// <summary>Empty when the column is absent; its absence was noted once for the whole file.</summary>
    public string Text(string column) => cells.GetValueOrDefault(column, "");

    public string? Optional(string column) => Text(column) is { Length: > 0 } text ? text : null;

    public string Required(string column, int longest = 400)
    {
        if (Optional(column, longest) is { } text) return text;
        if (cells.ContainsKey(column)) Find(column, "missing-value", column);
        return "";
    }

    private string? Optional(string column, int longest)
    {
        var text = Optional(column);
        if (text?.Length > longest) Find(column, "too-long", longest.ToString(CultureInfo.InvariantCulture));
        return text;
    }

    /// <summary>Codes appear in addresses and in the keys of streams.</summary>
    public string Code(string column)
    {
        var text = Required(column, longest: 35);
        if (text.Length > 0 && !text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-')) Find(column, "bad-code", text);
        return text;
    }

    public LocalText Both(string vietnamese, string english) => new(Required(vietnamese), Required(english));

    /// <summary>Both short names, each where its column is there and filled; else the name itself stands in their place, however long.</summary>
    public LocalText Short(LocalText otherwise) => new(
        Optional("short_vi", LongestShortName) ?? otherwise.Vi, Optional("short_en", LongestShortName) ?? otherwise.En);

    public decimal? Number(string column) => Optional(column) is { } text ? Parse(column, text) : null;

    public decimal RequiredNumber(string column) => Required(column) is { Length: > 0 } text ? Parse(column, text) : 0;

    public int? Integer(string column, int min, int max)
    {
        if (Optional(column) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Find(column, "bad-number", text);
        return null;
    }

    public DateOnly? Date(string column)
    {
        if (Optional(column) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Find(column, "bad-date", text);
        return null;
    }

    public T Word<T>(string column, IReadOnlyDictionary<string, T> words)
    {
        var text = Required(column);
        if (words.TryGetValue(text, out var value)) return value;
        if (text.Length > 0) Find(column, "unknown-word", text);
        return words.First().Value;
    }

    internal decimal Parse(string column, string text)
    {
        if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        Find(column, "bad-number", text);
        return 0;
    }
}
