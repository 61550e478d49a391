using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace IocDashboard.Web.Platform.Http;

/// <summary>Compresses what is made anew for each answer. Files are compressed by the build.</summary>
internal static class Compression
{
    public static void AddCompression(this IServiceCollection services)
    {
        services.AddResponseCompression(options =>
        {
            // No answer mixes a secret with text that a stranger chose: antiforgery tokens are masked anew each time.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html", "text/plain", "text/csv", "application/json", "application/problem+json", "application/schema+json", "application/vnd.sdmx.data+csv"];
        });
        services.Configure<BrotliCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(options => options.Level = CompressionLevel.Fastest);
    }
}
