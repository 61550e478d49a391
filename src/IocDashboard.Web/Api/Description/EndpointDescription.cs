using IocDashboard.Web.Api.Problems;
using IocDashboard.Web.Api.V1.Contracts;

namespace IocDashboard.Web.Api.Description;

/// <summary>What the OpenAPI document says of an endpoint beyond its types.</summary>
internal static class EndpointDescription
{
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string tag, string summary) =>
        endpoint.WithName(name).WithTags(tag).WithSummary(summary);

    /// <summary>Said once: the reader refuses any other parameter, and the OpenAPI document lists these.</summary>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params string[] names) => endpoint.WithMetadata(new QueryParameters(names));

    public static RouteHandlerBuilder WithProblems(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses) endpoint.Produces<ProblemBody>(status, ApiProblem.ContentType);
        return endpoint;
    }
}
