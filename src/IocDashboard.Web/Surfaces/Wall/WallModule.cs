using IocDashboard.Web.Live.Frames;
using IocDashboard.Web.Surfaces.Wall.Discipline;

namespace IocDashboard.Web.Surfaces.Wall;

public static class WallModule
{
    /// <summary>The live hub finds a surface's scenes by their interface and knows none of them.</summary>
    public static IServiceCollection AddWall(this IServiceCollection services)
    {
        services.AddSingleton<OverviewScene>();
        services.AddSingleton<IScene>(s => s.GetRequiredService<OverviewScene>());
        services.AddSingleton<VerifiedScene>();
        services.AddSingleton<IScene>(s => s.GetRequiredService<VerifiedScene>());
        services.AddSingleton<DisciplineScene>();
        services.AddSingleton<IScene>(s => s.GetRequiredService<DisciplineScene>());
        services.AddSingleton<VerifiedDisciplineScene>();
        services.AddSingleton<IScene>(s => s.GetRequiredService<VerifiedDisciplineScene>());
        return services;
    }
}
