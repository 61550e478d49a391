using IocDashboard.Web.Features.Catalogue;
using IocDashboard.Web.Features.DataRequests;
using IocDashboard.Web.Features.Escalation;
using IocDashboard.Web.Features.Feeds;
using IocDashboard.Web.Features.FocalPoints;
using IocDashboard.Web.Features.Governance;
using IocDashboard.Web.Features.Indicators;
using IocDashboard.Web.Features.People;
using IocDashboard.Web.Features.Reporting;
using IocDashboard.Web.Features.Reviews;
using IocDashboard.Web.Features.RightsReviews;
using IocDashboard.Web.Features.Rules;
using IocDashboard.Web.Features.Scheduling;
using IocDashboard.Web.Features.SecurityFacts;
using IocDashboard.Web.Features.Sharing;
using IocDashboard.Web.Features.Sheets;
using IocDashboard.Web.Features.Terms;
using IocDashboard.Web.Features.Urgings;

namespace IocDashboard.Web.Features;

public static class FeaturesModule
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<CommitSignal>();
        services.AddSingleton<CellGrids>();
        services.AddSingleton<IngestMetrics>();
        services.AddCatalogue();
        services.AddSharing();
        services.AddRules();
        services.AddGovernance();
        services.AddReporting();
        services.AddSheets();
        services.AddDataRequests();
        services.AddFeeds();
        services.AddQuestions();
        services.AddIndicators();
        services.AddFocalPoints();
        services.AddPeople();
        services.AddRightsReviews();
        services.AddSecurityFacts();
        services.AddReviews();
        services.AddTerms();
        services.AddEscalation();
        services.AddUrgings();
        services.AddScheduling();
        return services;
    }
}
