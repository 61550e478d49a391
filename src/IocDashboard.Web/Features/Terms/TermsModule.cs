namespace IocDashboard.Web.Features.Terms;

internal static class TermsModule
{
    public static IServiceCollection AddTerms(this IServiceCollection services) => services
        .AddSingleton<SetTermsHandler>()
        .AddSingleton<ExtendLockHandler>()
        .AddSingleton<FindLockExceptions>();
}
