using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IocDashboard.Web.Platform.Audit;

/// <summary>The hash of an entry over all that it says and the hash of the entry before it.</summary>
internal static class AuditChain
{
    /// <summary>Stands before the first entry.</summary>
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    public static byte[] Hash(byte[] previous, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        Number(hash, entry.Seq);
        Number(hash, Microseconds(entry.At));
        Number(hash, (long)entry.Outcome);
        foreach (var field in (string?[])[
            entry.Actor.Kind, entry.Actor.Name, entry.Actor.Agency, entry.Actor.Address, entry.Actor.Trace,
            entry.Action, entry.Subject, entry.Before, entry.After])
            Text(hash, field);
        return hash.GetHashAndReset();
    }

    private static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    // Lengths keep the fields apart whatever they hold; null differs from empty.
    private static void Text(IncrementalHash hash, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Number(hash, text is null ? -1 : bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
