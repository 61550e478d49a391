using System.Globalization;
using System.Security.Cryptography;

namespace IocDashboard.Tests.Fixtures;

/// <summary>A person's authenticator app, by RFC 6238 and nothing of the application's own.</summary>
public static class OneTimeCode
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="later">Codes on from the one of now.</param>
    public static string Of(string key, DateTimeOffset now, int later = 0)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString(Base32.IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        byte[] secret = [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
        var step = BitConverter.GetBytes((now.ToUnixTimeSeconds() / 30) + later);
        Array.Reverse(step);
#pragma warning disable CA5350 // RFC 6238
        var hash = HMACSHA1.HashData(secret, step);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = ((hash[at] & 0x7F) << 24) | (hash[at + 1] << 16) | (hash[at + 2] << 8) | hash[at + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
