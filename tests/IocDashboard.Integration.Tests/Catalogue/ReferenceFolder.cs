using CsvHelper;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.Catalogue.Import;

namespace IocDashboard.Integration.Tests.Catalogue;

/// <summary>A copy of the shipped reference files that a test may spoil.</summary>
internal sealed class ReferenceFolder : IDisposable
{
    public ReferenceFolder()
    {
        foreach (var file in System.IO.Directory.GetFiles(ReferenceSet.ShippedDirectory, "*.csv"))
            File.Copy(file, Path.Combine(Directory, Path.GetFileName(file)));
    }

    public string Directory { get; } = TestPaths.NewDirectory("reference");

    public ReferenceFolder Replace(string file, string text, string by)
    {
        var path = Path.Combine(Directory, file);
        var content = File.ReadAllText(path);
        content.ShouldContain(text);
        File.WriteAllText(path, content.Replace(text, by, StringComparison.Ordinal));
        return this;
    }

    public ReferenceFolder Append(string file, string line)
    {
        File.AppendAllText(Path.Combine(Directory, file), line + "\n");
        return this;
    }

    /// <summary>The same file without these columns.</summary>
    public ReferenceFolder Drop(string file, params string[] columns)
    {
        var path = Path.Combine(Directory, file);
        using var csv = CsvReader.FromText(File.ReadAllText(path));
        var kept = Enumerable.Range(0, csv.Headers.Count).Where(i => !columns.Contains(csv.Headers[i])).ToArray();
        kept.Length.ShouldBe(csv.Headers.Count - columns.Length);
        List<string> lines = [Line(csv.Headers)];
        while (csv.Read()) lines.Add(Line(csv.Current.ToArray()));
        File.WriteAllLines(path, lines);
        return this;

        string Line(IReadOnlyList<string> cells) => string.Join(',', kept.Select(i => $"\"{cells[i].Replace("\"", "\"\"", StringComparison.Ordinal)}\""));
    }

    public ImportCatalogue Import(bool dryRun = false) =>
        new(Directory, ImportCatalogue.RegulationsStructure, AssignedFrom: null, "UBND", "Quyết định 1/QĐ-UBND", "test", dryRun);

    public (ReferenceSet? Set, List<string> Findings) Read()
    {
        var findings = new List<ImportFinding>();
        var set = ReferenceSet.Read(Directory, ImportCatalogue.RegulationsStructure, new DateOnly(2026, 11, 1), findings);
        return (set, findings.ConvertAll(f => f.ToString()));
    }

    public void Dispose() => TestPaths.Remove(Directory);
}
