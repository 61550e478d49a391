using System.Text;
using System.Xml;
using IocDashboard.Web.Features.Catalogue;

namespace IocDashboard.Web.Documents.Forms.Reading;

/// <summary>
/// Reads whatever file somebody sent for a form: a workbook, a file of rows, SDMX-CSV; known by what it holds and not by its name.
/// Says what is wrong with it by place; never throws for what a file holds.
/// </summary>
public sealed class FormFileReader(CatalogueCache catalogues)
{
    public const int MostBytes = 10 * 1024 * 1024;

    // The Compound File Binary format: workbooks of before 2007, and those of today that are encrypted.
    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    public FilledForm Read(byte[] file, IProgress<FileProgress>? progress, CancellationToken cancellation)
    {
        if (file.Length > MostBytes) return FilledForm.Unreadable(FileCodes.TooLarge, "10 MiB");
        var cells = new CellCollector(progress, cancellation);
        if (file.AsSpan().StartsWith(CompoundFile))
            return FilledForm.Unreadable(file.AsSpan().IndexOf(Encoding.Unicode.GetBytes("EncryptedPackage")) >= 0 ? FileCodes.Encrypted : FileCodes.OldFormat);
        if (file.AsSpan().StartsWith(Zip)) return ReadWorkbook(file, cells, cancellation);
        return RowsReader.Read(file, catalogues.Current, cells);
    }

    private FilledForm ReadWorkbook(byte[] file, CellCollector cells, CancellationToken cancellation)
    {
        try
        {
            var (package, refusal) = WorkbookPackage.Open(file, cancellation);
            using (package)
            {
                if (package is null) return FilledForm.Unreadable(refusal!);
                var workbook = WorkbookParts.Read(package);
                if (workbook is null) return FilledForm.Unreadable(FileCodes.UnknownFormat);
                if (workbook.HasMacros) return FilledForm.Unreadable(FileCodes.Macros);
                return new WorkbookReader(package, workbook, catalogues.Current, cells).Read();
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException or FormatException or ArgumentException)
        {
            return FilledForm.Unreadable(FileCodes.Damaged);
        }
    }
}
