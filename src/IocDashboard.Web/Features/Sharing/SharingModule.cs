namespace IocDashboard.Web.Features.Sharing;

internal static class SharingModule
{
    public static IServiceCollection AddSharing(this IServiceCollection services) => services
        .AddSingleton<Sights>()
        .AddSingleton<SpecificReads>()
        .AddSingleton<RecordAgreementHandler>()
        .AddSingleton<EndAgreementHandler>();
}
