using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace IocDashboard.Web.Platform.Limits;

/// <summary>How much anybody may ask for: sizes, rates, open connections.</summary>
internal static class LimitsModule
{
    public static void AddLimits(this WebApplicationBuilder builder, IocSettings settings)
    {
        builder.Services.AddSingleton(settings.Limits);
        builder.Services.AddSingleton<GuessLimit>();
        builder.Services.Configure<KestrelServerOptions>(server => ServerLimits.Configure(server, settings.Limits));
        builder.Services.Configure<FormOptions>(ServerLimits.Configure);
        builder.Services.AddSingleton<CallLimits>();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<CallLimits>((options, limits) =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.GlobalLimiter = limits.Limiter();
            options.OnRejected = LimitRefusal.Write;
        });
    }
}
