using System.Security.Cryptography;
using System.Text;

namespace IocDashboard.Web.Platform.Access.Displays;

/// <summary>A screen's secret, 256 random bits; only its SHA-256 is kept.</summary>
internal static class DisplayToken
{
    private const string Prefix = "iocd_";
    private const int Bytes = 32;

    public static string New() => Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    public static bool LooksRight(string token) => token.Length == Prefix.Length + (2 * Bytes) && token.StartsWith(Prefix, StringComparison.Ordinal);

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
