using System.Globalization;
using System.Text;
using QRCoder;

namespace IocDashboard.Web.Surfaces.Shared;

/// <summary>A QR code as one SVG path of unit squares, runs joined, without its quiet zone.</summary>
/// <param name="Size">Modules a side.</param>
internal sealed record QrPath(int Size, string Path)
{
    // The library draws a quiet zone of this many modules around the code.
    private const int Quiet = 4;

    public static readonly QrPath Empty = new(0, "");

    public static QrPath Of(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count - (2 * Quiet);
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (!IsDark(x, y)) continue;
                var start = x;
                while (x < size && IsDark(x, y)) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}Z");
            }
        }

        return new(size, path.ToString());

        bool IsDark(int x, int y) => data.ModuleMatrix[y + Quiet][x + Quiet];
    }
}
