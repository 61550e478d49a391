using System.Globalization;
using System.IO.Compression;
using System.Text;
using IocDashboard.Tests.Access;
using IocDashboard.Tests.Fixtures;
using IocDashboard.Web.Documents.Forms.Templates;

namespace IocDashboard.Integration.Tests.Files;

/// <summary>Files that were damaged anyhow, drawn from a seed (<c>IOC_SEED</c>), are read or refused with a reason: the reader never throws.</summary>
[Collection(FilesCentre.Name)]
public sealed class DamagedFileTests(Centre centre)
{
    private const int Each = 300, UsualSeed = 20_261_124;

    [Fact]
    public async Task File_DamagedAnyhow_IsReadOrRefusedWithAReason()
    {
        var desk = await Desk.NextAsync(centre);
        using var filled = Workbook.Of(await desk.TemplateAsync());
        filled.Number(desk.Keys[0], desk.Plausible(desk.Keys[0])).Text(desk.Keys[1], "1,5").Formula(desk.Keys[2], "1+1", "2");
        var (book, rows) = (filled.Save(), CsvTemplate.Write(await desk.TemplateAsync()));
        var seed = int.TryParse(Environment.GetEnvironmentVariable("IOC_SEED"), CultureInfo.InvariantCulture, out var given) ? given : UsualSeed;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        int refused = 0, read = 0;

        for (var i = 0; i < Each; i++)
            foreach (var damaged in new[] { Damage.Of(random, book), Inside(random, book), Damage.Of(random, rows) })
            {
                var form = Should.NotThrow(() => desk.Read(damaged), $"seed {seed}, file {i}");
                if (form.Cells.IsEmpty && form.Faults.IsEmpty) continue;
                if (form.Faults.IsEmpty) read++;
                else refused++;
            }

        refused.ShouldBeGreaterThan(Each, "most of the damage is seen");
        read.ShouldBeGreaterThan(10, "and some of it is none to the figures");
    }

    /// <summary>One part is damaged and packed again: the archive itself is in order, so what reads the part gets to see it.</summary>
    private static byte[] Inside(Random random, byte[] book)
    {
        using var file = new MemoryStream();
        file.Write(book);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = archive.Entries[random.Next(archive.Entries.Count)];
            using var content = new MemoryStream();
            using (var packed = entry.Open()) packed.CopyTo(content);
            var name = entry.FullName;
            entry.Delete();
            using var again = archive.CreateEntry(name).Open();
            again.Write(random.Next(3) == 0 ? Words(random, content.ToArray()) : Damage.Of(random, content.ToArray()));
        }

        return file.ToArray();
    }

    /// <summary>Still XML, with a number or a name that is another.</summary>
    private static byte[] Words(Random random, byte[] part)
    {
        string[] others = ["-1", "0", "99999999999", "1E999", "", "A0", "XFE1048577", "../../x", "true", "&#0;", "inlineStr", "s"];
        var xml = Encoding.UTF8.GetString(part);
        var quotes = Enumerable.Range(0, xml.Length).Where(at => xml[at] == '"').ToList();
        if (quotes.Count < 2) return part;
        var first = 2 * random.Next(quotes.Count / 2);
        return Encoding.UTF8.GetBytes(xml[..(quotes[first] + 1)] + others[random.Next(others.Length)] + xml[quotes[first + 1]..]);
    }
}
