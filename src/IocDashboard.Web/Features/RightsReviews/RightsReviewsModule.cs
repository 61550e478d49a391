namespace IocDashboard.Web.Features.RightsReviews;

internal static class RightsReviewsModule
{
    /// <summary>The half-yearly review: who may do what, as of any instant, and when somebody last looked.</summary>
    public static IServiceCollection AddRightsReviews(this IServiceCollection services) => services
        .AddSingleton<FindRights>()
        .AddSingleton<FindReviews>()
        .AddSingleton<RecordReview>();
}
