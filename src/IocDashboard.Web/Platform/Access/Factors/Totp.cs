using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>Codes of an authenticator app: RFC 6238 with SHA-1, 30 seconds and 6 digits, the only parameters that every app knows.</summary>
public static class Totp
{
    public const int Digits = 6, SecondsAStep = 30;

    // A clock may be wrong by up to a step, and typing takes a while (RFC 6238, 5.2).
    private const int StepsBeside = 1;

    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The time step that the code belongs to, the latest where two share it; null when it belongs to none of now.</summary>
    public static long? StepOf(string key, string code, DateTimeOffset now)
    {
        if (code.Length != Digits || !code.All(char.IsAsciiDigit) || Decode(key) is not { Length: > 0 } secret) return null;
        var given = Encoding.ASCII.GetBytes(code);
        long? found = null;
        var current = now.ToUnixTimeSeconds() / SecondsAStep;
        for (var step = current - StepsBeside; step <= current + StepsBeside; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeOf(secret, step)), given)) found = step;
        return found;
    }

    /// <summary>What an app reads from a QR code.</summary>
    public static string Address(string key, string userName, string issuer) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(userName)}?secret={key}&issuer={Uri.EscapeDataString(issuer)}&digits={Digits}&period={SecondsAStep}";

    private static string CodeOf(byte[] secret, long step)
    {
        Span<byte> message = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
#pragma warning disable CA5350 // RFC 6238: apps know SHA-1 alone, and as a keyed hash it is not broken.
        var hash = HMACSHA1.HashData(secret, message);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <returns>Null when it is no Base32.</returns>
    private static byte[]? Decode(string key)
    {
        var (bytes, buffer, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in key.TrimEnd('='))
        {
            var value = Base32.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            buffer = ((buffer << 5) | value) & 0xFFF;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }
}
