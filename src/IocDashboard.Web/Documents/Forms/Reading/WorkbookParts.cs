using System.Globalization;
using System.Text;
using System.Xml;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>What a cell's number is shown as: a date or a share of a hundred is not the number that its sender sees.</summary>
internal enum ShownAs { Number, Date, Percent }

/// <summary>The parts of a workbook that its sheets refer to: shared strings, and what kinds of number its styles show.</summary>
internal sealed record WorkbookParts(IReadOnlyList<string> Strings, IReadOnlyList<ShownAs> Styles, IReadOnlyList<WorkbookSheet> Sheets, bool HasMacros)
{
    /// <summary>Null when the package holds no workbook.</summary>
    public static WorkbookParts? Read(WorkbookPackage package)
    {
        var workbook = package.Relations("").FirstOrDefault(r => r.Type == "officeDocument").Target;
        if (workbook is null || !package.Has(workbook)) return null;
        var parts = package.Relations(workbook).ToList();
        var strings = parts.FirstOrDefault(p => p.Type == "sharedStrings").Target;
        var styles = parts.FirstOrDefault(p => p.Type == "styles").Target;
        return new(
            strings is null ? [] : SharedStrings(package, strings), styles is null ? [] : NumbersShown(package, styles),
            SheetsOf(package, workbook, parts), parts.Exists(p => p.Type == "vbaProject"));
    }

    private static List<WorkbookSheet> SheetsOf(WorkbookPackage package, string workbook, List<(string Id, string Type, string Target)> parts)
    {
        var sheets = new List<WorkbookSheet>();
        using var xml = package.Read(workbook);
        while (xml is not null && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "sheet") continue;
            var id = Id(xml);
            var target = parts.FirstOrDefault(p => p.Id == id && p.Type == "worksheet").Target;
            if (target is not null) sheets.Add(new(xml.GetAttribute("name") ?? "", target));
        }

        return sheets;
    }

    // In the namespace of relationships, of which there are two (transitional and strict).
    private static string? Id(XmlReader xml)
    {
        string? id = null;
        while (xml.MoveToNextAttribute())
            if (xml is { LocalName: "id", Prefix.Length: > 0 }) id = xml.Value;
        xml.MoveToElement();
        return id;
    }

    private static List<string> SharedStrings(WorkbookPackage package, string part)
    {
        var strings = new List<string>();
        using var xml = package.Read(part);
        while (xml is not null && xml.Read())
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" }) strings.Add(RichText(xml));
        return strings;
    }

    /// <summary>The text of an element's runs together, without what is written above characters (phonetic runs). Leaves the reader at the element's end.</summary>
    public static string RichText(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var depth = xml.Depth;
        string? sole = null;
        StringBuilder? runs = null;
        xml.Read();
        while (xml.Depth > depth)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "t")
            {
                var text = xml.ReadElementContentAsString();
                if (sole is null) sole = text;
                else (runs ??= new StringBuilder(sole)).Append(text);
            }
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "rPh")
            {
                xml.Skip();
            }
            else
            {
                xml.Read();
            }
        }

        return runs?.ToString() ?? sole ?? "";
    }

    private static List<ShownAs> NumbersShown(WorkbookPackage package, string part)
    {
        var custom = new Dictionary<int, ShownAs>();
        var styles = new List<ShownAs>();
        var within = "";
        using var xml = package.Read(part);
        while (xml is not null && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName is "cellXfs" or "cellStyleXfs" or "dxfs" or "numFmts") within = xml.LocalName;
            else if (xml.LocalName == "numFmt" && within == "numFmts" && int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) custom[id] = KindOf(xml.GetAttribute("formatCode") ?? "");
            else if (xml.LocalName == "xf" && within == "cellXfs")
                styles.Add(int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var format) ? custom.GetValueOrDefault(format, BuiltIn(format)) : ShownAs.Number);
        }

        return styles;
    }

    /// <summary>ECMA-376 part 1, 18.8.30.</summary>
    private static ShownAs BuiltIn(int id) => id switch
    {
        9 or 10 => ShownAs.Percent,
        (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) => ShownAs.Date,
        _ => ShownAs.Number,
    };

    private static ShownAs KindOf(string format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            switch (format[i])
            {
                case '"':
                    i = format.IndexOf('"', i + 1);
                    if (i < 0) return ShownAs.Number;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                // A colour, a condition or a currency; but [h], [mm] and [s] count hours and minutes.
                case '[':
                    var end = format.IndexOf(']', i);
                    if (end < 0) return ShownAs.Number;
                    if (format.AsSpan(i + 1, end - i - 1).IndexOfAnyExcept("hmsHMS") < 0) return ShownAs.Date;
                    i = end;
                    break;
                case '%':
                    return ShownAs.Percent;
                case 'y' or 'Y' or 'm' or 'M' or 'd' or 'D' or 'h' or 'H' or 's' or 'S':
                    return ShownAs.Date;
                // "General" and "Standard" are words, whatever their letters.
                case 'G' or 'g':
                    i += "eneral".Length;
                    break;
            }
        }

        return ShownAs.Number;
    }
}

internal sealed record WorkbookSheet(string Name, string Part);
