using IocDashboard.Web.Api.Description;
using IocDashboard.Web.Api.Reading;
using IocDashboard.Web.Api.V1.Contracts;
using IocDashboard.Web.Platform.Access;

namespace IocDashboard.Web.Api.V1;

/// <summary>The part of the interface that answers questions. Figures need scope <c>read</c>; what an agency needs to report, either scope.</summary>
public static class ReadingEndpoints
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services.AddSingleton<JsonAnswer>();

    public static void MapReading(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/observations", ObservationEndpoint.Get).RequireAuthorization(Policies.ReadApi)
            .Describe("listObservations", "Reading", "Figures as they are known now, or were known at an instant.")
            .WithQuery("indicator", "area", "agency", "from", "to", "asOf", "includeHistory", "updatedAfter", "limit", "cursor")
            .Produces<Page<ObservationItem>>(StatusCodes.Status200OK, "application/json", ObservationFormats.CsvType, ObservationFormats.SdmxType)
            .Produces(StatusCodes.Status304NotModified)
            .WithProblems(401, 403, 406, 422, 503);
        v1.MapGet("/changes", ChangeEndpoint.Get).RequireAuthorization(Policies.ReadApi)
            .Describe("listChanges", "Reading", "Figures that were revised since an instant, newest first: old, new, difference, reason, who.")
            .WithQuery("since", "indicator", "agency", "asOf", "limit", "cursor").Answers<Page<ChangeItem>>();
        v1.MapGet("/timeliness", TimelinessEndpoint.Get).RequireAuthorization(Policies.ReadApi)
            .Describe("listTimeliness", "Reading", "Expected, received, on time, late, missing, both rates, and the median time to receipt.")
            .WithQuery("from", "to", "groupBy", "asOf", "limit", "cursor").Answers<Page<TimelinessItem>>();

        v1.MapGet("/reports/{form}/{agency}/{period}", ReportEndpoint.Get).RequireAuthorization(Policies.AgencyApi)
            .Describe("getReport", "Reading", "One report: state, values, revisions, events.")
            .Answers<ReportItem>().WithProblems(404);
        v1.MapGet("/obligations", ObligationEndpoint.Get).RequireAuthorization(Policies.AgencyApi)
            .Describe("listObligations", "Reading", "What is owed, and how it stands or stood.")
            .WithQuery("state", "agency", "form", "from", "to", "asOf", "limit", "cursor").Answers<Page<ObligationItem>>();
        v1.MapGet("/forms", CatalogueEndpoints.GetForms).RequireAuthorization(Policies.AgencyApi)
            .Describe("listForms", "Catalogue", "Forms with the cells that each holds.")
            .WithQuery("agency", "limit", "cursor").Answers<Page<FormItem>>();
        v1.MapGet("/feeds", FeedListEndpoint.Get).RequireAuthorization(Policies.AgencyApi)
            .Describe("listFeeds", "Catalogue", "Sources of measurements and how each is heard.")
            .WithQuery("agency", "state", "limit", "cursor").Answers<Page<FeedItem>>();
        v1.MapGet("/agencies", CatalogueEndpoints.GetAgencies).RequireAuthorization(Policies.AgencyApi)
            .Describe("listAgencies", "Catalogue", "The register of agencies.")
            .WithQuery("kind", "limit", "cursor").Answers<Page<AgencyItem>>();
        v1.MapGet("/areas", CatalogueEndpoints.GetAreas).RequireAuthorization(Policies.AgencyApi)
            .Describe("listAreas", "Catalogue", "The register of areas.")
            .WithQuery("kind", "parent", "limit", "cursor").Answers<Page<AreaItem>>();
        v1.MapGet("/indicators", CatalogueEndpoints.GetIndicators).RequireAuthorization(Policies.AgencyApi)
            .Describe("listIndicators", "Catalogue", "The approved indicators with every column, in force now or on a day.")
            .WithQuery("agency", "field", "asOf", "limit", "cursor").Answers<Page<IndicatorItem>>();
    }

    private static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint) =>
        endpoint.Produces<T>().Produces(StatusCodes.Status304NotModified).WithProblems(401, 403, 422, 503);
}
