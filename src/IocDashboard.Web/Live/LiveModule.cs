using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using Microsoft.AspNetCore.SignalR;

namespace IocDashboard.Web.Live;

public static class LiveModule
{
    public const string HubPath = "/hubs/live";

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveBoard>();
        services.AddSingleton<BoardLoader>();
        services.AddSingleton<AsOfBoards>();
        services.AddSingleton<TailStatus>();
        services.AddHostedService<BoardTail>();

        services.AddSignalR().AddMessagePackProtocol();
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(s => s.GetRequiredService<LiveConnections>());
        services.AddSingleton<FramePublisher>();
        services.AddHostedService(s => s.GetRequiredService<FramePublisher>());
        return services;
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<LiveHub>(HubPath);
        return routes;
    }
}
