using IocDashboard.Web.Live.Board;
using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Platform.Health;
using IocDashboard.Web.Platform.Limits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

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
        services.AddSingleton<DisciplineReading>();
        services.AddHostedService<DisciplineTail>();
        services.AddSingleton(new ReadinessCheck("live", (provider, _) => Task.FromResult(provider.GetRequiredService<TailStatus>().Problem(provider.GetRequiredService<TimeProvider>().GetUtcNow()))));

        services.AddSignalR(hub => hub.MaximumReceiveMessageSize = ServerLimits.MostHubMessageBytes).AddMessagePackProtocol();
        // Of two protocols with one name the later holds.
        services.AddSingleton<IHubProtocol>(s => new OptionalArguments(ActivatorUtilities.CreateInstance<JsonHubProtocol>(s)));
        services.AddSingleton<IHubProtocol>(s => new OptionalArguments(ActivatorUtilities.CreateInstance<MessagePackHubProtocol>(s)));
        services.AddSingleton<LiveConnections>();
        services.AddSingleton<HubLifetimeManager<LiveHub>>(s => s.GetRequiredService<LiveConnections>());
        services.AddSingleton<FramePublisher>();
        services.AddHostedService(s => s.GetRequiredService<FramePublisher>());
        services.AddHostedService<LiveRights>();
        return services;
    }

    public static IEndpointRouteBuilder MapLive(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<LiveHub>(HubPath);
        return routes;
    }
}
