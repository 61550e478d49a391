using System.Reflection;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>
/// How much one caller may ask for: settings <c>Ioc__Limits__…</c>. Generous to a real agency's system and to an office behind
/// one address; what goes beyond is answered with 429 and <c>Retry-After</c>.
/// </summary>
public sealed class LimitSettings
{
    /// <summary>Calls with one machine key, in the long run; <see cref="KeyBurst"/> may come at once.</summary>
    public int KeyCallsPerSecond { get; set; } = 100;

    public int KeyBurst { get; set; } = 1_000;

    /// <summary>Requests of one person, in all of their sessions, or of one display.</summary>
    public int PersonCallsPerSecond { get; set; } = 50;

    public int PersonBurst { get; set; } = 500;

    /// <summary>Requests of whoever is not known, by address; many people may share one.</summary>
    public int AddressCallsPerSecond { get; set; } = 50;

    public int AddressBurst { get; set; } = 1_000;

    /// <summary>Tokens and display credentials from one address that did not hold: beyond this, only those are looked up that have held before.</summary>
    public int FailuresPerMinute { get; set; } = 60;

    /// <summary>Open live connections and circuits from one address together.</summary>
    public int ConnectionsPerAddress { get; set; } = 256;

    /// <summary>Open live connections of one key.</summary>
    public int ConnectionsPerKey { get; set; } = 32;

    /// <summary>Open live connections of one display: a reload opens the next before the last has ended.</summary>
    public int ConnectionsPerDisplay { get; set; } = 4;

    /// <summary>Open live connections and circuits of one person: browser tabs.</summary>
    public int ConnectionsPerPerson { get; set; } = 24;

    /// <summary>Channels that one live connection listens to.</summary>
    public int ChannelsPerConnection { get; set; } = 32;

    /// <summary>Connections of all kinds to this node.</summary>
    public int Connections { get; set; } = 5_000;

    /// <summary>WebSockets among them.</summary>
    public int WebSockets { get; set; } = 2_500;

    /// <summary>Null when every limit can be used; else which cannot.</summary>
    public string? Problem() => typeof(LimitSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(p => (int)p.GetValue(this)! < 1)
        .Select(p => $"Ioc__Limits__{p.Name} is {p.GetValue(this)}; it is a number from 1.")
        .FirstOrDefault();
}
