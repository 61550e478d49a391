namespace IocDashboard.Web.Features.Sheets;

public static class SheetsModule
{
    public static IServiceCollection AddSheets(this IServiceCollection services)
    {
        services.AddSingleton<FindDesk>();
        services.AddSingleton<FindSheet>();
        services.AddSingleton<FindCellPast>();
        services.AddSingleton<WriteCellsHandler>();
        services.AddSingleton<CompleteSheetHandler>();
        services.AddSingleton<HandSheetOverHandler>();
        services.AddSingleton<AgencySettings>();
        return services;
    }
}
