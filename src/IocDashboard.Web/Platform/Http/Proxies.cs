using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace IocDashboard.Web.Platform.Http;

/// <summary>
/// Behind a proxy, the caller's address and scheme come from its <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c>: those of
/// proxies on this machine, and of the addresses in <c>Ioc__TrustedProxies</c>; from anybody else they are ignored.
/// </summary>
internal static class Proxies
{
    public static void AddProxies(this IServiceCollection services, IocSettings settings)
    {
        var trusted = (settings.TrustedProxies ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (var entry in trusted)
            {
                if (entry.Contains('/')) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(entry));
                else options.KnownProxies.Add(IPAddress.Parse(entry));
            }
        });
        foreach (var entry in trusted)
        {
            if (!System.Net.IPNetwork.TryParse(entry, out _) && !IPAddress.TryParse(entry, out _))
                throw new StartFailureException(ExitCodes.BadSettings, $"Ioc__TrustedProxies: \"{entry}\" is neither an address nor a network such as 10.0.0.0/24.");
        }
    }
}
