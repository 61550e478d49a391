namespace IocDashboard.Web.Features.Reviews;

internal static class ReviewsModule
{
    public static IServiceCollection AddReviews(this IServiceCollection services) => services
        .AddSingleton<FindQueue>()
        .AddSingleton<ReviewQueue>()
        .AddSingleton<FindReview>()
        .AddSingleton<ClaimReview>()
        .AddSingleton<KeepReviewDraft>();
}
