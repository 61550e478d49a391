using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace IocDashboard.Web.Platform.Access.Keys;

/// <summary>The secret text of a machine key: <c>ioc_</c> and 32 random bytes in base64url. It is shown once and never stored.</summary>
public static class MachineToken
{
    public const string Prefix = "ioc_";
    private const int RandomBytes = 32;
    private const int Length = 4 + 43;

    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    public static bool LooksRight(string? token) =>
        token is { Length: Length } && token.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(token.AsSpan(Prefix.Length));

    /// <summary>SHA-256 of the token's text. The token has 256 random bits, so a salt or a slow hash would add nothing.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.ASCII.GetBytes(token));
}
