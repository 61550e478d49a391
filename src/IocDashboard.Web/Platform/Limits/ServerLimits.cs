using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>What the server takes from anybody before it knows who it is: connections, headers, bodies, and how slowly they may come.</summary>
public static class ServerLimits
{
    /// <summary>A call of the public interface: docs/data-exchange.md.</summary>
    public const long MostBytes = 5 * 1024 * 1024;

    /// <summary>A form of a page. An endpoint that takes files says how much by <see cref="IRequestSizeLimitMetadata"/>.</summary>
    public const long MostFormBytes = 256 * 1024;

    /// <summary>One message of a live client: the longest right one names 500 indicators.</summary>
    public const long MostHubMessageBytes = 16 * 1024;

    private const double SlowestBytesPerSecond = 240;
    private static readonly TimeSpan SlowestStart = TimeSpan.FromSeconds(5), HeadersWithin = TimeSpan.FromSeconds(15), IdleFor = TimeSpan.FromMinutes(2);

    public static void Configure(KestrelServerOptions server, LimitSettings settings)
    {
        server.AddServerHeader = false;
        var limits = server.Limits;
        limits.MaxConcurrentConnections = settings.Connections;
        limits.MaxConcurrentUpgradedConnections = settings.WebSockets;
        limits.KeepAliveTimeout = IdleFor;
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 64;
        // One byte over the limit of the interface still reaches it, and gets its answer and not only a status.
        limits.MaxRequestBodySize = MostBytes + 64 * 1024;
        limits.MinRequestBodyDataRate = new(SlowestBytesPerSecond, SlowestStart);
        limits.MinResponseDataRate = new(SlowestBytesPerSecond, SlowestStart);
    }

    public static void Configure(FormOptions form)
    {
        form.ValueCountLimit = 1_024;
        form.KeyLengthLimit = 256;
        form.ValueLengthLimit = (int)MostFormBytes;
        form.MultipartBodyLengthLimit = MostBytes;
        form.MultipartHeadersCountLimit = 8;
    }

    /// <summary>After routing: what is no call of the public interface is a form, and small.</summary>
    public static Task LimitForms(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/api")
            && http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null
            && http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = MostFormBytes;
        return next(http);
    }
}
