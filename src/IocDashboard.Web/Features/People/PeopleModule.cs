namespace IocDashboard.Web.Features.People;

internal static class PeopleModule
{
    /// <summary>The accounts of people: who there is, where they are signed in, and what an administrator does to one of them.</summary>
    public static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton<FindPeople>()
        .AddSingleton<FindOpenSessions>()
        .AddSingleton<AddPerson>()
        .AddSingleton<AdministerPerson>();
}
