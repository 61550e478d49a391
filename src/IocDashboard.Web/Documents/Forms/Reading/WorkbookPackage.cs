using System.IO.Compression;
using System.Xml;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>
/// The parts of an <c>.xlsx</c>, found by its relationships and read as XML one after another: never a document in memory. Entities
/// and DTDs are refused, addresses outside the package never followed. What it unpacks to is counted before anything is read, for
/// what a package says of its sizes need not be true.
/// </summary>
internal sealed class WorkbookPackage : IDisposable
{
    public const long MostUnpacked = 96L * 1024 * 1024;
    public const int MostEntries = 1_000;

    /// <summary>Sheets of equal rows pack well, some hundredfold; deflate's own bound, over a thousandfold, is a bomb's.</summary>
    public const int MostRatio = 300;

    private const long SmallEntry = 1024 * 1024;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _parts;

    private WorkbookPackage(ZipArchive archive)
    {
        _archive = archive;
        _parts = archive.Entries.GroupBy(e => e.FullName.TrimStart('/'), StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.First(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The package, or the code of why it is not read. Throws <see cref="InvalidDataException"/> when it is no package.</summary>
    public static (WorkbookPackage? Package, string? Refusal) Open(byte[] file, CancellationToken cancellation)
    {
        var archive = new ZipArchive(new MemoryStream(file, writable: false), ZipArchiveMode.Read);
        var refusal = Measure(archive, cancellation);
        if (refusal is null) return (new WorkbookPackage(archive), null);
        archive.Dispose();
        return (null, refusal);
    }

    public bool Has(string part) => _parts.ContainsKey(part);

    /// <summary>Null when there is no such part.</summary>
    public XmlReader? Read(string part) => _parts.TryGetValue(part, out var entry) ? XmlReader.Create(entry.Open(), Settings()) : null;

    /// <summary>The parts that a part refers to: id, the last word of the type, address within the package.</summary>
    public IEnumerable<(string Id, string Type, string Target)> Relations(string part)
    {
        var slash = part.LastIndexOf('/');
        var folder = slash < 0 ? "" : part[..(slash + 1)];
        using var xml = Read(folder + "_rels/" + part[(slash + 1)..] + ".rels");
        while (xml is not null && xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName != "Relationship" || xml.GetAttribute("TargetMode") == "External") continue;
            if (xml.GetAttribute("Target") is not { } target || xml.GetAttribute("Type") is not { } type) continue;
            yield return (xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Within(folder, target));
        }
    }

    public void Dispose() => _archive.Dispose();

    private static string Within(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        var steps = new List<string>(folder.Split('/', StringSplitOptions.RemoveEmptyEntries));
        foreach (var step in target.Split('/'))
        {
            if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
            else if (step is not ("." or "..")) steps.Add(step);
        }

        return string.Join('/', steps);
    }

    private static string? Measure(ZipArchive archive, CancellationToken cancellation)
    {
        if (archive.Entries.Count > MostEntries) return FileCodes.TooLargeUnpacked;
        var buffer = new byte[64 * 1024];
        var all = 0L;
        foreach (var entry in archive.Entries)
        {
            if (entry.IsEncrypted) return FileCodes.Encrypted;
            using var content = entry.Open();
            var most = Math.Max(SmallEntry, entry.CompressedLength * MostRatio);
            var length = 0L;
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                cancellation.ThrowIfCancellationRequested();
                (length, all) = (length + read, all + read);
                if (all > MostUnpacked || length > most) return FileCodes.TooLargeUnpacked;
            }
        }

        return null;
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true, IgnoreProcessingInstructions = true,
        MaxCharactersInDocument = MostUnpacked,
    };
}
