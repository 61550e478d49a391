using IocDashboard.Web.Features.Obligations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IocDashboard.Web.Features.Catalogue;

public static class CatalogueModule
{
    /// <summary>First among the features: its hosted service runs before those that need the catalogue.</summary>
    public static IServiceCollection AddCatalogue(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueCache>();
        services.AddSingleton<CatalogueLoader>();
        services.AddSingleton<ImportCatalogueHandler>();
        services.AddSingleton<RescheduleReports>();
        services.AddSingleton<EnterCalendarDaysHandler>();
        services.TryAddSingleton(new FirstAssignment(MonthsBefore: null));
        services.AddHostedService<CatalogueStartup>();
        return services;
    }
}
