using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IocDashboard.Web.Platform.Webhooks;

/// <summary>
/// How a delivery is signed, as the Standard Webhooks specification has it, so that a receiver finds a library that checks it:
/// <c>webhook-signature: v1,BASE64(HMAC-SHA256(key, id + "." + timestamp + "." + body))</c> over the bytes as they were sent. The key is
/// what stands after <c>whsec_</c> in the secret, in Base64. https://www.standardwebhooks.com
/// </summary>
public static class WebhookSignature
{
    /// <summary>Names one delivery; the same each time that it is tried again.</summary>
    public const string IdHeader = "webhook-id";

    /// <summary>When this attempt was made, in seconds since 1970: a receiver turns away what is older than minutes.</summary>
    public const string TimestampHeader = "webhook-timestamp";

    public const string SignatureHeader = "webhook-signature";

    public const string SecretPrefix = "whsec_", Version = "v1";

    private const int KeyBytes = 32;

    public static string NewSecret() => SecretPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));

    /// <param name="secret">As <see cref="NewSecret"/> made it.</param>
    public static string Of(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        var key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        return $"{Version},{Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. head, .. body]))}";
    }
}
