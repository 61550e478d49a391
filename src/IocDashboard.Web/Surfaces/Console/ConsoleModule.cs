using IocDashboard.Web.Surfaces.Console.View;
using MudBlazor.Services;

namespace IocDashboard.Web.Surfaces.Console;

public static class ConsoleModule
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.AddMudServices();
        services.AddSingleton<BoardSummaries>();
        return services;
    }
}
