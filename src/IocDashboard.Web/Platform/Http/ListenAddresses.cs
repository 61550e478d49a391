using System.Net;
using System.Net.Sockets;

namespace IocDashboard.Web.Platform.Http;

/// <summary>
/// Where the centre will listen. Each address is tried before anything else is touched: whoever mistyped a port hears of it at
/// once, and not after a database was made and filled.
/// </summary>
internal static class ListenAddresses
{
    private const string Default = "http://127.0.0.1:5080";

    /// <summary>The settings that say where; Kestrel reads them in this order, and the first that is there counts.</summary>
    private static readonly string[] Settings = ["urls", "http_ports", "https_ports"];

    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        if (!HasEndpoints(builder.Configuration) && !Settings.Any(key => builder.Configuration[key] is { Length: > 0 })) builder.WebHost.UseUrls(Default);
    }

    /// <summary>Takes each address and gives it back. What takes it within the seconds of the start is still told of, by the web server itself.</summary>
    /// <exception cref="StartFailureException">An address is taken, or cannot be used.</exception>
    public static void Try(WebApplicationBuilder builder)
    {
        // Endpoints of their own (certificates, protocols) are the web server's to judge.
        if (HasEndpoints(builder.Configuration)) return;
        foreach (var address in Wanted(builder.Configuration)) Try(address);
    }

    private static bool HasEndpoints(IConfiguration configuration) => configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();

    private static IEnumerable<string> Wanted(IConfiguration configuration)
    {
        if (Parts(configuration["urls"]) is { Length: > 0 } urls) return urls;
        string[] ports =
        [
            .. Parts(configuration["http_ports"]).Select(port => $"http://*:{port}"),
            .. Parts(configuration["https_ports"]).Select(port => $"https://*:{port}"),
        ];
        return ports.Length > 0 ? ports : [Default];
    }

    private static string[] Parts(string? list) => list?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static void Try(string address)
    {
        BindingAddress wanted;
        try
        {
            wanted = BindingAddress.Parse(address);
        }
        catch (FormatException)
        {
            throw Unusable(address, "it is not an address such as http://127.0.0.1:5081");
        }

        if (wanted.IsUnixPipe || wanted.IsNamedPipe) return;
        if (wanted.Scheme is not ("http" or "https")) throw Unusable(address, "it must begin with http:// or https://");
        if (wanted.PathBase.Length > 0) throw Unusable(address, "it must end with the port");
        if (wanted.Port is < 0 or > IPEndPoint.MaxPort) throw Unusable(address, $"a port is at most {IPEndPoint.MaxPort}");
        var isLocal = string.Equals(wanted.Host, "localhost", StringComparison.OrdinalIgnoreCase);
        if (isLocal && wanted.Port == 0) throw Unusable(address, "port 0 needs an address such as 127.0.0.1");
        if (!isLocal) Bind(address, new(AddressOf(wanted.Host), wanted.Port));
        else BindEither(address, wanted.Port);
    }

    /// <summary>As the web server does: any name that is no address means every address of the machine.</summary>
    private static IPAddress AddressOf(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    /// <summary>A machine may have only one of the two; then the other serves.</summary>
    private static void BindEither(string address, int port)
    {
        try
        {
            Bind(address, new(IPAddress.Loopback, port));
        }
        catch (StartFailureException failure) when (failure.ExitCode != ExitCodes.PortTaken)
        {
            Bind(address, new(IPAddress.IPv6Loopback, port));
            return;
        }

        try
        {
            Bind(address, new(IPAddress.IPv6Loopback, port));
        }
        catch (StartFailureException failure) when (failure.ExitCode != ExitCodes.PortTaken)
        {
            // IPv4 alone is enough.
        }
    }

    private static void Bind(string address, IPEndPoint endpoint)
    {
        try
        {
            using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endpoint.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw StartFailureException.Taken($"Failed to bind to address {address}: address already in use.");
        }
        catch (SocketException e)
        {
            throw Unusable(address, e.SocketErrorCode switch
            {
                SocketError.AddressNotAvailable => "this machine does not have it",
                SocketError.AccessDenied => "a port below 1024 needs more rights",
                _ => e.Message,
            });
        }
    }

    private static StartFailureException Unusable(string address, string why) =>
        new(ExitCodes.BadSettings, $"ASPNETCORE_URLS cannot be used: the centre cannot listen at \"{address}\", {why}.");
}
