using System.Collections.Immutable;
using System.Net;

namespace IocDashboard.Web.Platform.Access.Factors;

/// <summary>The networks that count as inside, setting <c>Ioc__OwnNetworks</c>.</summary>
public sealed class OwnNetworks
{
    /// <summary>This machine, and the private and link-local ranges of both kinds of addresses (RFC 1918, 3927, 4193, 4291).</summary>
    public const string Default = "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1/128, fc00::/7, fe80::/10";

    private readonly ImmutableArray<IPNetwork> _networks;

    private OwnNetworks(ImmutableArray<IPNetwork> networks) => _networks = networks;

    /// <param name="setting">Networks or single addresses, separated by commas; null for <see cref="Default"/>.</param>
    /// <exception cref="StartFailureException">One of them cannot be read.</exception>
    public static OwnNetworks Of(string? setting) =>
        new([.. (setting ?? Default).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)]);

    /// <summary>An address that nobody told is outside.</summary>
    public bool Contain(IPAddress? address)
    {
        if (address is null) return false;
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _networks.Any(n => n.Contains(plain));
    }

    private static IPNetwork Network(string entry)
    {
        if (IPNetwork.TryParse(entry, out var network)) return network;
        if (!entry.Contains('/') && IPAddress.TryParse(entry, out var address)) return new(address, address.GetAddressBytes().Length * 8);
        throw new StartFailureException(ExitCodes.BadSettings, $"Ioc__OwnNetworks: \"{entry}\" is neither an address nor a network such as 10.0.0.0/8.");
    }
}
