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
            .WithQuery("indicator", "area", "agency", "from", "to", "asOf", "includeHistory", "updatedAfter", "limit", "cursor")
            .Produces<Page<ObservationItem>>(StatusCodes.Status200OK, "application/json", ObservationFormats.CsvType, ObservationFormats.SdmxType)
            .Produces(StatusCodes.Status304NotModified);
        v1.MapGet("/timeliness", TimelinessEndpoint.Get).RequireAuthorization(Policies.ReadApi)
            .WithQuery("from", "to", "groupBy", "limit", "cursor").Produces<Page<TimelinessItem>>();

        v1.MapGet("/reports/{form}/{agency}/{period}", ReportEndpoint.Get).RequireAuthorization(Policies.AgencyApi).Produces<ReportItem>();
        v1.MapGet("/obligations", ObligationEndpoint.Get).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("state", "agency", "form", "from", "to", "asOf", "limit", "cursor").Produces<Page<ObligationItem>>();
        v1.MapGet("/forms", CatalogueEndpoints.GetForms).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("agency", "limit", "cursor").Produces<Page<FormItem>>();
        v1.MapGet("/feeds", FeedListEndpoint.Get).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("agency", "state", "limit", "cursor").Produces<Page<FeedItem>>();
        v1.MapGet("/agencies", CatalogueEndpoints.GetAgencies).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("kind", "limit", "cursor").Produces<Page<AgencyItem>>();
        v1.MapGet("/areas", CatalogueEndpoints.GetAreas).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("kind", "parent", "limit", "cursor").Produces<Page<AreaItem>>();
        v1.MapGet("/indicators", CatalogueEndpoints.GetIndicators).RequireAuthorization(Policies.AgencyApi)
            .WithQuery("agency", "field", "limit", "cursor").Produces<Page<IndicatorItem>>();
    }

    /// <summary>Said once: the reader refuses any other parameter, and the OpenAPI document lists these.</summary>
    private static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params string[] names) => endpoint.WithMetadata(new QueryParameters(names));
}
