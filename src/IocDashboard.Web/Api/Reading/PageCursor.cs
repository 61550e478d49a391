using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace IocDashboard.Web.Api.Reading;

/// <summary>
/// Where a page ended, as text that a caller passes back unread. It holds the last item's own keys, so what is added or removed
/// meanwhile neither repeats nor skips anything else.
/// </summary>
internal static class PageCursor
{
    private const char Separator = '\n';

    public static string Write(params string[] parts) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, parts)));

    public static bool TryRead(string text, int parts, out string[] read)
    {
        read = [];
        if (text.Length > 1_000 || !Base64Url.IsValid(text)) return false;
        read = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(Separator);
        return read.Length == parts && !Array.Exists(read, part => part.Contains('\0'));
    }

    /// <summary>Microseconds since 1970, the database's own precision.</summary>
    public static string Of(DateTimeOffset instant) =>
        ((instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    public static bool TryInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        const long Range = 253_000_000_000L * 1_000_000;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros) || micros is < -Range / 5 or > Range) return false;
        instant = new DateTimeOffset(DateTimeOffset.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        return true;
    }
}
