using System.Net;
using System.Net.Sockets;
using IocDashboard.Web.Platform.Access.Factors;

namespace IocDashboard.Web.Platform.Webhooks;

/// <summary>The address of a webhook lies where none may be.</summary>
public sealed class ForbiddenAddressException(string message) : Exception(message);

/// <summary>
/// Which addresses may be posted to. Whoever registers a webhook must not make the centre knock at doors of its own network: the address is
/// judged when the connection is made, by what the name then stands for, and that very address is connected to. Redirects are not followed
/// and no proxy is used, because either would choose another.
/// </summary>
public sealed class WebhookGate(WebhookSettings settings, IHostEnvironment environment)
{
    public const int LongestUrl = 500;

    /// <summary>Private, local, shared, reserved, multicast, and what wraps an IPv4 address in IPv6 (RFC 6890 and its successors).</summary>
    private static readonly OwnNetworks Internal = OwnNetworks.Of(OwnNetworks.Default +
        ", 0.0.0.0/8, 100.64.0.0/10, 192.0.0.0/24, 192.0.2.0/24, 192.88.99.0/24, 198.18.0.0/15, 198.51.100.0/24, 203.0.113.0/24, 224.0.0.0/4, 240.0.0.0/4" +
        ", ::/96, 64:ff9b::/32, 100::/64, 2001::/23, 2001:db8::/32, 2002::/16, fec0::/10, ff00::/8");

    private readonly OwnNetworks _allowed = OwnNetworks.Of(settings.InternalNetworks ?? "");

    /// <summary>https alone; in Development http to this machine too.</summary>
    /// <returns>Null: it cannot be used.</returns>
    public Uri? Read(string? url) =>
        url is { Length: <= LongestUrl } && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && environment.IsDevelopment()))
        && address is { UserInfo.Length: 0, Fragment.Length: 0, HostNameType: UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6 } ? address : null;

    public bool Allows(IPAddress address) => !Internal.Contain(address) || _allowed.Contain(address) || (IPAddress.IsLoopback(address) && environment.IsDevelopment());

    /// <summary>A client whose every connection passes this gate.</summary>
    public HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseProxy = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = 16, PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectCallback = ConnectAsync,
    })
    {
        Timeout = settings.Patience,
    };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = await Dns.GetHostAddressesAsync(host, cancellation);
        var allowed = Array.FindAll(addresses, Allows);
        if (allowed.Length == 0) throw new ForbiddenAddressException($"{host} is {string.Join(", ", addresses.Select(a => a.ToString()))}, which Ioc__Webhooks__InternalNetworks does not allow.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
