using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.Observations;
using IocDashboard.Web.Features.Obligations;
using IocDashboard.Web.Features.ReportHistory;
using IocDashboard.Web.Features.Timeliness;

namespace IocDashboard.Web.Features;

internal static class QuestionsModule
{
    /// <summary>What can be asked: each answers from its own rows, and changes nothing.</summary>
    public static IServiceCollection AddQuestions(this IServiceCollection services) => services
        .AddSingleton<FindObservations>()
        .AddSingleton<FindUpdates>()
        .AddSingleton<FindChanges>()
        .AddSingleton<FindReportHistory>()
        .AddSingleton<FindObligations>()
        .AddSingleton<FindDue>()
        .AddSingleton<FindFeeds>()
        .AddSingleton<MeasureTimeliness>()
        .AddSingleton<MeasureAgency>()
        .AddSingleton<MeasureDiscipline>();
}
